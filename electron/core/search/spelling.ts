import type { RawDatabase } from '../store/cipher.ts'
import { LAST } from './key-space.ts'
import { MIN_TERM } from './search-indexer.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz'
/** Longer words are typed by machines. */
const MAX_CORRECTED = 20

/** A name some customer has, one slip away from the typed word. `cost` orders them: 0 for exchanged or doubled letters. */
export type Spelling = { readonly word: string; readonly cost: number }

/** Every text one slip away: a letter missing, too many, wrong, or two neighbours exchanged. The first spelling costs least. */
export function oneSlip(word: string): Map<string, number> {
  const found = new Map<string, number>()
  const offer = (text: string, cost: number): void => {
    const known = found.get(text)
    if (text !== word && text.length >= MIN_TERM && (known === undefined || cost < known)) found.set(text, cost)
  }
  for (let i = 0; i < word.length; i++) {
    const before = word.slice(0, i)
    const here = word.charAt(i)
    const behind = word.slice(i + 1)
    const doubled = here === word.charAt(i - 1)
    offer(before + behind, doubled ? 0 : i === 0 ? 4 : 2)
    if (behind !== '') offer(before + behind.charAt(0) + here + behind.slice(1), 0)
    for (const letter of letters) {
      offer(before + letter + behind, i === 0 ? 4 : 2)
      offer(before + letter + here + behind, letter === here ? 0 : i === 0 ? 4 : 2)
    }
  }
  for (const letter of letters) offer(word + letter, letter === word.at(-1) ? 0 : 2)
  return found
}

/** Finds names near a mistyped one among the words customers' names are made of. */
export function createSpelling(db: RawDatabase) {
  const near = db.prepare<[string, string], { typed: string; term: string | null }>(`
    SELECT j.value AS typed, (SELECT t.term FROM search_term t WHERE t.term >= j.value AND t.term <= j.value || ? LIMIT 1) AS term
    FROM json_each(?) j`)

  /**
   * Names one slip away from `word`, whole ones before beginnings of longer ones, at most `limit`. About 54 index seeks for every letter
   * of the word, whatever the number of customers.
   */
  return function spellings(word: string, limit: number): Spelling[] {
    if (word.length < MIN_TERM + 1 || word.length > MAX_CORRECTED || !/^[a-z]+$/.test(word)) return []
    const slips = oneSlip(word)
    const found: Spelling[] = []
    for (const { typed, term } of near.all(LAST, JSON.stringify([...slips.keys()]))) {
      if (term === null) continue
      found.push({ word: typed, cost: (slips.get(typed) ?? 0) + (term === typed ? 0 : 3) })
    }
    found.sort((a, b) => a.cost - b.cost || (a.word < b.word ? -1 : 1))
    return found.slice(0, limit)
  }
}
