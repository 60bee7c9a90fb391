import type { TerritoryRule } from '../../../../shared/contract/administration.ts'

/** The hub's own territory for customers that fit no other; it has no rules. */
export const restId = 'all'

/** A rule as it is typed: free text that becomes lists when it is saved. */
export type RuleDraft = { readonly key: string; brandIds: string[]; provinces: string; towns: string }

export function draftOf(rule: TerritoryRule | null): RuleDraft {
  return { key: crypto.randomUUID(), brandIds: [...(rule?.brandIds ?? [])], provinces: rule?.provinces.join(' ') ?? '', towns: rule?.towns.join('\n') ?? '' }
}

/** Two-letter codes in any spelling and with any separator, each once. */
export function provincesOf(text: string): readonly string[] {
  return [...new Set(text.toUpperCase().split(/[\s,;]+/u).filter((one) => one !== ''))]
}

/** The first thing typed that cannot be a province; `undefined` when all can. */
export function wrongProvince(text: string): string | undefined {
  return provincesOf(text).find((one) => !/^[A-Z]{2}$/u.test(one))
}

/** One town per line (names hold spaces), each once whatever its case. */
export function townsOf(text: string): readonly string[] {
  const towns = new Map<string, string>()
  for (const line of text.split(/[\n;]+/u)) {
    const town = line.trim().replace(/\s+/gu, ' ')
    if (town !== '' && !towns.has(town.toLowerCase())) towns.set(town.toLowerCase(), town)
  }
  return [...towns.values()]
}

export function ruleOf(draft: RuleDraft): { brandIds: string[]; provinces: string[]; towns: string[] } {
  return { brandIds: [...draft.brandIds], provinces: [...provincesOf(draft.provinces)], towns: [...townsOf(draft.towns)] }
}

/** A whole number from 0 to 1000 as it was typed; `null` for anything else. */
export function priorityOf(text: string): number | null {
  const plain = text.trim()
  return /^\d{1,4}$/u.test(plain) && Number(plain) <= 1000 ? Number(plain) : null
}
