import type { MatchReason } from '../../../shared/contract/lookup.ts'
import { codeAnswers, readCodeKey } from './code-keys.ts'
import type { CodeText } from './code-keys.ts'
import { family, LAST, nextPair, nextSecond, PAIR_LETTERS, pairBegins, prefixRange, states } from './key-space.ts'
import type { Family, Range, State } from './key-space.ts'
import type { Query } from './query.ts'

/** One stretch of keys to read, in the order of rank. A customer is shown in the first pass that finds it. */
export type Pass = {
  readonly family: Family
  readonly range: Range
  readonly why: readonly MatchReason[]
  /** Whether a key inside the range counts; absent where all do. */
  readonly accepts?: (key: string) => boolean
  /** From a key that does not count, the first key behind it that may: long stretches of wrong ones are jumped over. */
  readonly jump?: (key: string) => string
  /** Whether the customer itself has to be compared with the query, because the key does not say all. */
  readonly verify: boolean
}

function withState(fam: Family, state: State, text: string): string {
  return `${fam}${state}${text}`
}

/** Reading the pairs of `a` and `b` in one family: three letters of one, any beginning of the other; null when both are shorter. */
function pairPass(fam: Family, state: State, a: string, b: string, why: readonly MatchReason[], verify: boolean): Pass | null {
  if (a.length < PAIR_LETTERS) return null
  const range = prefixRange(`${withState(fam, state, a.slice(0, PAIR_LETTERS))}!${b}`)
  if (a.length === PAIR_LETTERS) return { family: fam, range, why, verify }
  return { family: fam, range, why, verify, accepts: key => pairBegins(key, a), jump: key => nextPair(key, a) }
}

/** Same where both orders are stored in one family: the shorter word gives the three letters, so that fewer keys are read in vain. */
function eitherPass(fam: Family, state: State, a: string, b: string, why: readonly MatchReason[], verify: boolean): Pass | null {
  const aFirst = b.length < PAIR_LETTERS || (a.length >= PAIR_LETTERS && a.length <= b.length)
  return aFirst ? pairPass(fam, state, a, b, why, verify) : pairPass(fam, state, b, a, why, verify)
}

type Made = (state: State) => readonly (Pass | null)[]

function forStates(out: Pass[], tiers: readonly Made[]): void {
  for (const tier of tiers) {
    for (const state of states) for (const pass of tier(state)) if (pass) out.push(pass)
  }
}

/** Whole names that begin with the words as typed. */
function wholeNames(q: Query, verify: boolean): Made[] {
  const text = q.typed.join('!')
  const exact = (fam: Family, why: MatchReason) => (state: State): Pass => {
    const key = withState(fam, state, text)
    return { family: fam, range: { lo: key, hi: key, after: false }, why: [why], verify }
  }
  const longer = (fam: Family, why: MatchReason) => (state: State): Pass => {
    const key = withState(fam, state, text)
    return { family: fam, range: { lo: key, hi: key + LAST, after: true }, why: [why], verify }
  }
  const names = [exact(family.surname, 'name'), exact(family.first, 'name'), longer(family.surname, 'name'), longer(family.first, 'name')]
  const companies = [exact(family.company, 'company'), longer(family.company, 'company')]
  return [
    state => names.slice(0, 2).map(make => make(state)),
    state => [names[2]?.(state) ?? null],
    state => [names[3]?.(state) ?? null],
    state => companies.map(make => make(state)),
  ]
}

/** Where a pair of words can be found, by rank: name tiers and address tiers apart, so that "via" can exchange them. */
export function pairTiers(a: string, b: string, verify: boolean): { readonly names: readonly Made[]; readonly places: readonly Made[] } {
  const name: readonly MatchReason[] = ['name']
  const bySurname = (surname: string, first: string) => (state: State) => [
    pairPass(family.bySurname, state, first, surname, name, verify) ?? pairPass(family.byFirst, state, surname, first, name, verify),
  ]
  const inTown = (who: string, town: string) => (state: State) => [
    pairPass(family.townName, state, town, who, ['name', 'town'], verify) ?? pairPass(family.nameTown, state, who, town, ['name', 'town'], verify),
  ]
  const either = (fam: Family, ...why: MatchReason[]) => (state: State) => [eitherPass(fam, state, a, b, why, verify)]
  return {
    names: [
      bySurname(a, b), bySurname(b, a), either(family.companyPair, 'company'), either(family.namePair, 'other_name'),
      inTown(a, b), inTown(b, a), either(family.nameStreet, 'name', 'address'), either(family.emailPair, 'email'),
    ],
    places: [either(family.placePair, 'address')],
  }
}

/** Two words of one or two letters: surname and first name, nothing else. */
function shortNames(q: Query, verify: boolean): Made[] {
  const [a = '', b = ''] = q.required
  const names = (surname: string, first: string) => (state: State): Pass[] => [{
    family: family.bySurname, range: prefixRange(withState(family.bySurname, state, first)), why: ['name'], verify,
    accepts: key => key.startsWith(surname, key.indexOf('!') + 1), jump: key => nextSecond(key, surname),
  }]
  return [names(a, b), names(b, a)]
}

/** One word anywhere. */
function singleTiers(word: string, verify: boolean): { names: Made[]; places: Made[] } {
  const whole = (fam: Family, why: MatchReason) => (state: State): Pass => {
    const text = withState(fam, state, word)
    return { family: fam, range: { lo: `${text}!`, hi: `${text}!${LAST}`, after: false }, why: [why], verify }
  }
  const alone = (fam: Family, why: MatchReason) => (state: State): Pass => {
    const text = withState(fam, state, word)
    return { family: fam, range: { lo: text, hi: text, after: false }, why: [why], verify }
  }
  const longer = (fam: Family, why: MatchReason) => (state: State): Pass => {
    const text = withState(fam, state, word)
    return { family: fam, range: { lo: `${text}!${LAST}`, hi: text + LAST, after: true }, why: [why], verify }
  }
  const any = (fam: Family, why: MatchReason) => (state: State): Pass => ({
    family: fam, range: prefixRange(withState(fam, state, word)), why: [why], verify,
  })
  const tier = (...made: ((state: State) => Pass)[]): Made => state => made.map(make => make(state))
  return {
    names: [
      tier(alone(family.surname, 'surname'), whole(family.surname, 'surname')),
      tier(longer(family.surname, 'surname')),
      tier(alone(family.first, 'first_name'), whole(family.first, 'first_name')),
      tier(longer(family.first, 'first_name')),
      tier(any(family.company, 'company')),
      tier(any(family.companyWord, 'company')),
      tier(any(family.nameWord, 'other_name')),
      tier(any(family.emailWord, 'email')),
    ],
    places: [tier(any(family.street, 'address')), tier(any(family.town, 'town'))],
  }
}

/** A figure beside a word: house number or birth year with a name, house number with a street. */
export function figureTiers(number: string, word: string, verify: boolean): { names: Made[]; places: Made[] } {
  const make = (fam: Family, reasons: readonly MatchReason[]): Made => state => [{
    family: fam, range: prefixRange(`${withState(fam, state, number)}!${word}`), why: reasons, verify,
  }]
  return { names: [make(family.numberName, number.length === 4 ? ['name'] : ['name', 'address'])], places: [make(family.numberPlace, ['address'])] }
}

/** Passes over the codes: all that equal the typed one, then all that begin with it. */
function codePasses(codes: readonly CodeText[], begin: boolean, verify: boolean): Pass[] {
  const passes: Pass[] = []
  const kindOf = (typed: CodeText) => (key: string): boolean => {
    const { text, zeros } = readCodeKey(key)
    return codeAnswers(typed, text, zeros)
  }
  for (const code of codes) {
    passes.push({ family: family.code, range: prefixRange(`${family.code}${code.text}!`), why: [], verify, accepts: kindOf(code) })
  }
  if (!begin) return passes
  for (const code of codes) {
    const lo = `${family.code}${code.text}!${LAST}`
    passes.push({ family: family.code, range: { lo, hi: family.code + code.text + LAST, after: true }, why: [], verify, accepts: kindOf(code) })
  }
  return passes
}

function lettersOnly(q: Query): boolean {
  return q.required.length === 1 && q.codes.length > 0 && !/[0-9]/.test(q.text)
}

/** What the words of a query are driven by: two of its words, or a figure and a word. */
export type Driver = { readonly kind: 'pair'; readonly a: string; readonly b: string } | { readonly kind: 'figure'; readonly number: string; readonly word: string }

/** The drivers among which the most selective may be chosen; each of them alone finds every match. */
export function drivers(q: Query): Driver[] {
  const found: Driver[] = []
  const { required } = q
  for (let i = 0; i < required.length; i++) {
    for (let j = i + 1; j < required.length; j++) {
      const a = required[i] ?? ''
      const b = required[j] ?? ''
      if (a.length >= PAIR_LETTERS || b.length >= PAIR_LETTERS) found.push({ kind: 'pair', a, b })
    }
  }
  found.sort((x, y) => weight(y) - weight(x))
  const pairs = found.slice(0, 4)
  // A longer figure may also be a whole code, which is keyed with no word: it would not find every match.
  for (const number of q.figures) {
    if (number.length > 3) continue
    const longest = required.reduce((best, word) => word.length > best.length ? word : best, '')
    if (longest !== '') pairs.push({ kind: 'figure', number, word: longest })
  }
  return pairs
}

function weight(driver: Driver): number {
  return driver.kind === 'pair' ? Math.min(driver.a.length, 6) + Math.min(driver.b.length, 6) : 0
}

/** The tiers a driver opens. */
export function driverTiers(driver: Driver, verify: boolean): { readonly names: readonly Made[]; readonly places: readonly Made[] } {
  switch (driver.kind) {
    case 'pair': return pairTiers(driver.a, driver.b, verify)
    case 'figure': return figureTiers(driver.number, driver.word, verify)
  }
}

/** Passes of one driver, for comparing drivers by how many keys they read. */
export function driverPasses(driver: Driver): Pass[] {
  const out: Pass[] = []
  const { names, places } = driverTiers(driver, false)
  forStates(out, [...names, ...places])
  return out
}

/**
 * Every stretch of keys to read for a query, in the order of rank. `driver` is the chosen one of `drivers(q)`; needed from two words on.
 */
export function passesFor(q: Query, driver: Driver | null): Pass[] {
  const out: Pass[] = []
  const beside = q.figures.length
  const word = q.required[0]
  if (!lettersOnly(q)) out.push(...codePasses(q.codes, true, false), ...codePasses(q.wholeCodes, false, false))
  if (q.email !== '') out.push({ family: family.email, range: prefixRange(family.email + q.email), why: ['email'], verify: false })
  if (word === undefined) return out
  let tiers: { readonly names: readonly Made[]; readonly places: readonly Made[] }
  if (q.required.length === 1 && beside === 0) tiers = singleTiers(word, false)
  else if (q.required.length === 1) tiers = figureTiers(q.figures[0] ?? '', word, beside > 1)
  else if (driver) tiers = driverTiers(driver, q.required.length > 2 || beside > 0)
  else tiers = { names: shortNames(q, q.required.length > 2 || beside > 0), places: [] }
  out.push(...codePasses(q.figureCodes, false, true))
  const whole = q.typed.length > 1 ? wholeNames(q, false) : []
  forStates(out, q.wantsAddress ? [...whole, ...tiers.places, ...tiers.names] : [...whole, ...tiers.names, ...tiers.places])
  if (lettersOnly(q)) out.push(...codePasses(q.codes, true, false))
  return out
}
