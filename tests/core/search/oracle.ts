import type { LookupAddress, LookupDocument } from '../../../electron/core/search/search-document.ts'
import { address, company, person, supply } from './search-support.ts'

/**
 * A second, slow opinion on what a text finds, from a small world whose words are written out by hand. It knows nothing of keys,
 * families or passes: it looks at every customer and decides.
 */
type Named = {
  readonly text: string
  /** All words, for matches from the beginning of the name. */ readonly whole: readonly string[]
  /** Words one searches by. */ readonly words: readonly string[]
  /** Spellings that count as the beginning of a surname. */ readonly heads: readonly string[]
  /** Spelled together, if it is. */ readonly joined: readonly string[]
}

function name(text: string, whole: string, words = whole, heads = words.split(' ').slice(0, 1).join(' '), joined = ''): Named {
  const list = (joinedWords: string): string[] => joinedWords.split(' ').filter(word => word !== '')
  return { text, whole: list(whole), words: list(words), heads: list(heads), joined: list(joined) }
}

export const surnames: readonly Named[] = [
  name('Rossi', 'rossi'), name('Rosso', 'rosso'), name('ROSSINI', 'rossini'), name('De Rossi', 'de rossi', 'derossi rossi', 'derossi', 'derossi'),
  name("D'Amico", 'd amico', 'damico amico', 'damico', 'damico'), name('Rossi Bianchi', 'rossi bianchi'), name('Marino', 'marino'),
  name('Hu', 'hu'), name('Roma', 'roma'), name('Lo Bianco', 'lo bianco', 'lobianco bianco', 'lobianco', 'lobianco'),
]
export const firsts: readonly Named[] = [
  name('Mario', 'mario'), name('Maria Grazia', 'maria grazia'), name('Marco', 'marco'), name('Li', 'li'), name('Nicolò', 'nicolo'), name('Rosa', 'rosa'),
]
export const companies: readonly Named[] = [
  name('Rossi Mario S.r.l.', 'rossi mario srl', 'rossi mario'), name('Bar Roma di Marco Rossi', 'bar roma di marco rossi', 'bar roma marco rossi dimarco'),
  name('PANIFICIO MARINO SNC', 'panificio marino snc', 'panificio marino'),
]
export const streets: readonly Named[] = [
  name('Via Roma', 'roma'), name('Via Mario Rossi', 'mario rossi'), name("Viale D'Annunzio", 'annunzio dannunzio'), name('Corso Italia', 'italia'),
]
export const towns: readonly Named[] = [
  name('Roma', 'roma'), name('Reggio nell’Emilia', 'reggio emilia nellemilia'), name('Trieste', 'trieste'), name('Marino', 'marino'),
]
export const mailboxes: readonly (readonly [string, readonly string[]])[] = [['info@x.example', ['info']], ['mario.lux7@x.example', ['mario', 'lux']], ['', []]]
export const houses = ['1', '14', '14/A'] as const
const houseWords: Record<string, readonly string[]> = { 1: ['1'], 14: ['14'], '14/A': ['14', '14a'] }

/** What a customer is made of: an index into each list above. */
export type Seed = {
  readonly person: boolean
  readonly surname: number
  readonly first: number
  readonly company: number
  readonly mailbox: number
  readonly places: readonly (readonly [street: number, house: number, town: number])[]
  readonly code: number
  readonly year: number
  readonly active: boolean
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length]
  if (item === undefined) throw new Error('empty list')
  return item
}

function addressOf([street, house, town]: readonly [number, number, number]): LookupAddress {
  return address(at(streets, street).text, at(houses, house), at(towns, town).text)
}

export function documentOf(n: number, seed: Seed): LookupDocument {
  const [main, ...others] = seed.places.map(addressOf)
  const rest = {
    code: String(seed.code).padStart(6, '0'), email: at(mailboxes, seed.mailbox)[0] || null, birthYear: seed.person ? seed.year : null, address: main ?? null,
    supplies: others.map((place, i) => supply({ serviceCode: `S${n}Z${i}`, code: `P${n}Z${i}`, commodity: 'water' as const, address: place, active: seed.active, endDay: '2024-01-01' })),
  }
  return seed.person ? person(n, at(surnames, seed.surname).text, at(firsts, seed.first).text, rest) : company(n, at(companies, seed.company).text, rest)
}

function nameWordsOf(seed: Seed): string[] {
  return seed.person ? [...at(surnames, seed.surname).words, ...at(firsts, seed.first).words] : [...at(companies, seed.company).words]
}

function mailWordsOf(seed: Seed): string[] {
  const taken = nameWordsOf(seed)
  return at(mailboxes, seed.mailbox)[1].filter(word => !taken.includes(word))
}

/** Whether each wanted word begins a word of its own in the pool; tries every way. */
function apart(wanted: readonly string[], pool: readonly string[]): boolean {
  const [first, ...others] = wanted
  if (first === undefined) return true
  return pool.some((word, i) => word.startsWith(first) && apart(others, [...pool.slice(0, i), ...pool.slice(i + 1)]))
}

function begins(typed: readonly string[], whole: readonly string[]): boolean {
  return whole.join(' ').startsWith(typed.join(' '))
}

function wholeName(seed: Seed, typed: readonly string[]): boolean {
  if (typed.length < 2) return false
  if (!seed.person) return begins(typed, at(companies, seed.company).whole)
  const surname = at(surnames, seed.surname)
  const first = at(firsts, seed.first).whole
  return begins(typed, [...surname.whole, ...first]) || begins(typed, [...first, ...surname.whole]) || surname.joined.some(joined => begins(typed, [joined, ...first]))
}

/** Words that need not match: the short ones unless typed last, where they may be a name half typed. */
const short = new Set(['a', 'ai', 'al', 'c', 'co', 'd', 'da', 'dai', 'de', 'di', 'e', 'ed', 'i', 'il', 'in', 'l', 'la', 'le', 'li', 'lo', 'nell', 'nel', 'su'])
const besideFigures = new Set(['n', 'nr', 'int', 'bis'])
const always = new Set(['via', 'viale', 'corso', 'srl', 'snc'])

/** Whether a text of words, perhaps with one house number or year, finds the customer. The text is folded already. */
export function matches(seed: Seed, text: string): boolean {
  const typed = text.split(' ').filter(word => word !== '')
  const figures = typed.length > 1 ? typed.filter(word => /^\d/.test(word)) : []
  const letters = typed.filter(word => !figures.includes(word))
  const strong = letters.filter((word, i) => !always.has(word) && (i === letters.length - 1 || !(short.has(word) || (figures.length > 0 && besideFigures.has(word)))))
  const wanted = strong.length > 0 ? strong : letters
  if (wholeName(seed, typed)) return true
  const names = nameWordsOf(seed)
  const mail = mailWordsOf(seed)
  if (wanted.length > 1 && wanted.every(word => word.length < 3) && figures.every(figure => figure.length > 3)) {
    const [a = '', b = ''] = wanted
    const first = at(firsts, seed.first).whole[0] ?? ''
    const heads = seed.person ? at(surnames, seed.surname).heads : []
    const both = (surname: string, other: string): boolean => first.startsWith(other) && heads.some(head => head.startsWith(surname))
    if (!both(a, b) && !both(b, a)) return false
  }
  const places = seed.places.length > 0 ? seed.places : [null]
  return places.some((place) => {
    const words = place ? [...at(streets, place[0]).words, ...at(towns, place[2]).words] : []
    const numbers = place ? (houseWords[at(houses, place[1])] ?? []) : []
    return apart(wanted, [...names, ...mail, ...words])
      && figures.every(figure => numbers.includes(figure) || (seed.person && figure === String(seed.year)) || (figure.length > 3 && Number(figure) === seed.code))
  })
}
