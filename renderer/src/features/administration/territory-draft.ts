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

type TerritoryFields = { name: string; priority: string }

/** The whole form as a text, to be kept until it is saved; the keys of rules are of the screen alone. */
export function territoryText({ name, priority }: TerritoryFields, rules: readonly RuleDraft[]): string {
  return JSON.stringify({ name, priority, rules: rules.map(({ brandIds, provinces, towns }) => ({ brandIds, provinces, towns })) })
}

/** Puts a kept text back; answers the rules, `null` where the text is none. */
export function fillTerritory(fields: TerritoryFields, text: string): RuleDraft[] | null {
  const kept = readKept(text)
  if (kept === null) return null
  Object.assign(fields, { name: kept.name, priority: kept.priority })
  return kept.rules.map((rule) => ({ key: crypto.randomUUID(), brandIds: [...rule.brandIds], provinces: rule.provinces, towns: rule.towns }))
}

type KeptTerritory = TerritoryFields & { readonly rules: readonly Pick<RuleDraft, 'brandIds' | 'provinces' | 'towns'>[] }

function readKept(text: string): KeptTerritory | null {
  try {
    const kept = JSON.parse(text) as Partial<KeptTerritory>
    return typeof kept.name === 'string' && typeof kept.priority === 'string' && Array.isArray(kept.rules) && kept.rules.every(isRule) ? { name: kept.name, priority: kept.priority, rules: kept.rules } : null
  } catch {
    return null
  }
}

function isRule(rule: Partial<RuleDraft> | null): boolean {
  return typeof rule?.provinces === 'string' && typeof rule.towns === 'string' && Array.isArray(rule.brandIds) && rule.brandIds.every((id) => typeof id === 'string')
}
