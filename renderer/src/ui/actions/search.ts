import type { Action } from './registry.ts'

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Actions whose title holds every word of the query, those that begin with it first. */
export function searchActions(actions: readonly Action[], query: string, title: (action: Action) => string): Action[] {
  const words = plain(query).split(/\s+/).filter((word) => word !== '')
  const rank = (action: Action): number => (plain(title(action)).startsWith(words[0] ?? '') ? 0 : 1)
  return actions
    .filter((action) => action.quiet !== true && words.every((word) => plain(title(action)).includes(word)))
    .toSorted((one, other) => rank(one) - rank(other))
}
