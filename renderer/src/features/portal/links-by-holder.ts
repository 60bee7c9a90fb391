import type { LinkView } from '../../../../shared/contract/portal.ts'

export type Holder = { readonly name: string; readonly code: string; readonly links: readonly LinkView[] }

/** The guide's cards (S4): one per holder, in the order in which they first appear; services in force before ended ones. */
export function linksByHolder(links: readonly LinkView[]): Holder[] {
  const holders = new Map<string, { name: string; code: string; links: LinkView[] }>()
  for (const link of links) {
    const known = holders.get(link.holderCode)
    if (known === undefined) holders.set(link.holderCode, { name: link.holderName, code: link.holderCode, links: [link] })
    else known.links.push(link)
  }
  return [...holders.values()].map((holder) => ({ ...holder, links: holder.links.toSorted((one, other) => Number(other.active) - Number(one.active)) }))
}
