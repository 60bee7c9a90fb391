/**
 * How keys are spelled. A key is a family letter, '0' (active) or '1' (only closed contracts left), and words joined by '!', which
 * sorts before every letter and digit. Pair keys begin with three letters of one word and the whole of the other: "g0mar!rossi!mario"
 * finds "ross mar" and "rossi mari" alike by one range, see `pairRange`.
 */

/** Families of keys; the letter is the first character of the key. */
export const family = {
  /** Full name from the surname on. */ surname: 's',
  /** Full name from the first name on. */ first: 'f',
  /** Company name from its first word on. */ company: 'c',
  /** Company name from a later word on. */ companyWord: 'd',
  /** Person's name from a later word on. */ nameWord: 'k',
  /** Word of the e-mail that is not in the name. */ emailWord: 'e',
  /** Word of a street. */ street: 'w',
  /** Word of a town. */ town: 't',
  /** Pair first name, surname: sorts by surname. */ bySurname: 'g',
  /** Pair surname, first name: sorts by first name. */ byFirst: 'h',
  /** Pair of company words. */ companyPair: 'i',
  /** Other pair of words of a person's name. */ namePair: 'j',
  /** Pair town, name: sorts by name. */ townName: 'n',
  /** Pair name, town: sorts by town. */ nameTown: 'm',
  /** Pair of a name with a street or the e-mail. */ nameStreet: 'o',
  /** Pair of e-mail words, or of one with a place. */ emailPair: 'p',
  /** Pair of words of one address. */ placePair: 'l',
  /** House number, birth year or postal code, then a name. */ numberName: 'y',
  /** House number, birth year or postal code, then a street or town. */ numberPlace: 'z',
  /** Codes of all kinds and telephone numbers; no state. */ code: 'q',
  /** Whole e-mail address; no state. */ email: 'a',
} as const

export type Family = (typeof family)[keyof typeof family]

/** Sorts after every key with the same beginning. */
export const LAST = '\u{10FFFF}'

/** Letters of the first word of a pair that its key keeps. */
export const PAIR_LETTERS = 3

/** A stretch of keys, `lo` and `hi` included unless `after`: then `lo` itself is left out. */
export type Range = { readonly lo: string; readonly hi: string; readonly after: boolean }

export function prefixRange(prefix: string): Range {
  return { lo: prefix, hi: prefix + LAST, after: false }
}

export type State = '0' | '1'
export const states: readonly State[] = ['0', '1']

/** Key of a pair: found by the beginning of `a` (three letters at least) and any beginning of `b`. */
export function pairKey(fam: Family, state: State, a: string, b: string): string {
  return `${fam}${state}${a.slice(0, PAIR_LETTERS)}!${b}!${a}`
}

/** Whether the `a` word of a pair key begins with the given letters. */
export function pairBegins(key: string, a: string): boolean {
  return key.startsWith(a, key.indexOf('!', key.indexOf('!') + 1) + 1)
}

/** Behind a pair key with another first word: the next key of the same second word that may have it, else the next second word. */
export function nextPair(key: string, a: string): string {
  const second = key.indexOf('!', key.indexOf('!') + 1) + 1
  const wanted = key.slice(0, second) + a
  return key < wanted ? wanted : key.slice(0, second) + LAST
}

/** Behind a pair key whose second word begins otherwise: where that word may begin so, here or under the next first letters. */
export function nextSecond(key: string, b: string): string {
  const first = key.indexOf('!') + 1
  const wanted = key.slice(0, first) + b
  return key < wanted ? wanted : key.slice(0, first) + LAST
}

/** An e-mail address as it is keyed: characters outside the key alphabet become '_'. */
export function emailKeyText(email: string): string {
  return email.toLowerCase().replace(/[^a-z0-9._@+-]/g, '_').slice(0, 80)
}
