import { foldTokens } from '../../../shared/domain/fold.ts'
import { documentAddresses } from './search-document.ts'
import type { LookupAddress, LookupDocument } from './search-document.ts'
import { isLegalForm, isNumberWord, isParticle, isStreetType, joinedForms, joinSingleLetters } from './word-lists.ts'

/** Searchable words of one address. */
export type PlaceWords = {
  readonly streets: readonly string[]
  readonly towns: readonly string[]
  /** House number as digits and, where it has a letter, whole ("14", "14a"); also figures inside the street name. */
  readonly houses: readonly string[]
  readonly postalCode: string
  readonly province: string
}

/** Searchable words of a customer, folded, by where they come from; each list without duplicates. */
export type DocumentWords = {
  /** Surname in full, in order; [] for companies. */
  readonly surname: readonly string[]
  /** First names in full, in order. */
  readonly first: readonly string[]
  /** Ragione sociale in full, in order, legal form included; [] for persons. */
  readonly company: readonly string[]
  /** Company words worth searching by. */
  readonly companyWords: readonly string[]
  /** Surname written together: "derossi". */
  readonly joined: readonly string[]
  /** What a surname is typed as first: its first word, or with a particle in front the two together. */
  readonly heads: readonly string[]
  /** The other words of the surname; particles only count as part of `joined`. */
  readonly compound: readonly string[]
  /** Words of the e-mail's local part that are not in the name. */
  readonly email: readonly string[]
  readonly birthYear: string
  readonly places: readonly PlaceWords[]
}

/** Longer words are cut alike in keys and queries. */
export const MAX_WORD = 24

/** Folded words of a text, cut to `MAX_WORD`. */
export function words(text: string | null): string[] {
  if (text === null) return []
  const found = foldTokens(text)
  for (let i = 0; i < found.length; i++) {
    const word = found[i] ?? ''
    if (word.length > MAX_WORD) found[i] = word.slice(0, MAX_WORD)
  }
  return found
}

function distinct(list: readonly string[]): readonly string[] {
  return list.length < 2 ? list : [...new Set(list)]
}

function cut(list: string[]): string[] {
  return list.map(word => word.slice(0, MAX_WORD))
}

const figures = /^[0-9]+[a-z]?$/

/** Searchable words of an address. */
export function placeWords(address: LookupAddress): PlaceWords {
  const street = words(address.street)
  const town = words(address.town)
  const houses: string[] = []
  const streets: string[] = []
  for (const word of street) {
    if (figures.test(word)) houses.push(word)
    else if (word.length > 1 && !isStreetType(word) && !isParticle(word) && !isNumberWord(word)) streets.push(word)
  }
  streets.push(...cut(joinedForms(street)))
  // A street named only by common words ("Borgo Strada") still needs a word to be found by.
  if (streets.length === 0) streets.push(...street.filter(word => word.length > 1 && !figures.test(word)).slice(-1))
  const towns = town.filter(word => word.length > 1 && !isParticle(word))
  towns.push(...cut(joinedForms(town)))
  if (address.houseNumber !== null) {
    const parts = words(address.houseNumber)
    for (const part of parts) if (/^[0-9]/.test(part)) houses.push(/^[0-9]+/.exec(part)?.[0] ?? part)
    const whole = parts.join('').slice(0, MAX_WORD)
    if (figures.test(whole)) houses.push(whole)
  }
  return {
    streets: distinct(streets),
    towns: distinct(towns),
    houses: distinct(houses),
    postalCode: address.postalCode ?? '',
    province: address.province === null ? '' : words(address.province).join(''),
  }
}

function emailWords(email: string | null, taken: readonly (readonly string[])[]): string[] {
  if (email === null) return []
  const at = email.indexOf('@')
  const found: string[] = []
  for (const word of words(at < 0 ? email : email.slice(0, at))) {
    for (const part of word.split(/[0-9]+/)) {
      if (part.length >= 3 && !found.includes(part) && !taken.some(list => list.includes(part))) found.push(part)
    }
  }
  return found
}

/** All searchable words of a customer. */
export function documentWords(doc: LookupDocument): DocumentWords {
  const person = doc.kind === 'person'
  const surname = person ? words(doc.lastName) : []
  const first = person ? words(doc.firstName) : []
  const company = person ? [] : joinSingleLetters(words(doc.companyName ?? doc.lastName))
  const searchable = company.filter(word => word.length > 1 && !isLegalForm(word) && !isParticle(word))
  const companyWords = [...(searchable.length > 0 ? searchable : company), ...cut(joinedForms(company))]
  const joined = surname.length > 1 ? cut(joinedForms(surname)) : []
  const [surname0] = surname
  const begins = surname0 === undefined ? [] : [isParticle(surname0) ? (joined[0] ?? surname0) : surname0]
  const compound = [...surname, ...joined].filter(word => !begins.includes(word) && !(isParticle(word) && joined.length > 0))
  return {
    surname: distinct(surname),
    first: distinct(first),
    company,
    companyWords: distinct(companyWords),
    joined: distinct(joined),
    heads: begins,
    compound: distinct(compound),
    email: emailWords(doc.email, [surname, first, company, joined]),
    birthYear: doc.birthYear === null ? '' : String(doc.birthYear),
    places: documentAddresses(doc).map(placeWords),
  }
}
