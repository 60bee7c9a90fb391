import { codeKey, documentCodes } from './code-keys.ts'
import type { DocumentCode } from './code-keys.ts'
import { documentWords } from './document-words.ts'
import type { DocumentWords, PlaceWords } from './document-words.ts'
import { emailKeyText, family, pairKey } from './key-space.ts'
import type { Family, State } from './key-space.ts'
import { isClosed } from './search-document.ts'
import type { LookupDocument } from './search-document.ts'

type Add = (key: string) => void

/** Letters of the other name kept behind a town's pair, so that one surname in one town is listed by first name. */
const SORT_LETTERS = 6

function bothOrders(add: Add, fam: Family, state: State, a: string, b: string): void {
  add(pairKey(fam, state, a, b))
  add(pairKey(fam, state, b, a))
}

function rotations(add: Add, state: State, w: DocumentWords): void {
  const { surname, first, company, joined } = w
  const surnameText = surname.join('!')
  const firstText = first.join('!')
  const name = surnameText === '' || firstText === '' ? surnameText + firstText : `${surnameText}!${firstText}`
  if (surname.length > 0) add(`s${state}${name}`)
  if (first.length > 0) add(surname.length > 0 ? `f${state}${firstText}!${surnameText}` : `f${state}${firstText}`)
  for (const word of joined) add(`s${state}${word}${firstText === '' ? '' : `!${firstText}`}`)
  for (let i = 1; i < surname.length; i++) add(`k${state}${surname.slice(i).join('!')}!${firstText}`)
  for (let i = 1; i < first.length; i++) add(`k${state}${first.slice(i).join('!')}!${surnameText}`)
  if (company.length > 0) add(`c${state}${company.join('!')}`)
  for (const word of w.companyWords) if (word !== company[0]) add(`d${state}${word}!${company[0] ?? ''}`)
}

function namePairs(add: Add, state: State, w: DocumentWords): void {
  const [first0, ...otherFirst] = w.first
  for (const head of w.heads) {
    if (first0 !== undefined) {
      add(pairKey(family.bySurname, state, first0, head))
      add(pairKey(family.byFirst, state, head, first0))
    }
    for (const word of w.compound) bothOrders(add, family.namePair, state, head, word)
    for (const word of otherFirst) bothOrders(add, family.namePair, state, head, word)
  }
  for (const word of w.compound) for (const other of w.first) bothOrders(add, family.namePair, state, word, other)
  pairsWithin(add, family.namePair, state, w.compound)
  pairsWithin(add, family.namePair, state, w.first)
  pairsWithin(add, family.companyPair, state, w.companyWords)
}

function placeKeys(add: Add, state: State, w: DocumentWords, names: readonly string[], place: PlaceWords): void {
  const head = w.surname[0] ?? w.company[0] ?? ''
  const other = (w.first[0] ?? w.company[1] ?? '').slice(0, SORT_LETTERS)
  const { streets, towns, houses } = place
  for (const town of towns) {
    add(`t${state}${town}!${head}!${other}`)
    for (const name of names) {
      add(`${pairKey(family.townName, state, town, name)}!${other}`)
      add(pairKey(family.nameTown, state, name, town))
    }
    for (const word of w.email) bothOrders(add, family.emailPair, state, word, town)
    for (const street of streets) bothOrders(add, family.placePair, state, street, town)
  }
  for (const street of streets) {
    add(`w${state}${street}!${(houses.at(-1) ?? '').padStart(4, '0')}!${towns[0] ?? ''}`)
    for (const name of names) bothOrders(add, family.nameStreet, state, name, street)
    for (const word of w.email) bothOrders(add, family.emailPair, state, word, street)
  }
  pairsWithin(add, family.placePair, state, streets)
  pairsWithin(add, family.placePair, state, towns)
  const figures = place.postalCode === '' ? houses : [...houses, place.postalCode]
  for (const number of figures) numberKeys(add, state, number, w, names)
  for (const number of w.birthYear === '' ? figures : [...figures, w.birthYear]) {
    for (const street of streets) add(`z${state}${number}!${street}`)
    for (const town of towns) add(`z${state}${number}!${town}`)
  }
}

/** A figure with each word of the name and the e-mail. */
function numberKeys(add: Add, state: State, number: string, w: DocumentWords, names: readonly string[]): void {
  for (const name of names) add(`y${state}${number}!${name}`)
  for (const word of w.email) add(`y${state}${number}!${word}`)
}

function pairsWithin(add: Add, fam: Family, state: State, list: readonly string[]): void {
  for (let i = 0; i < list.length; i++) {
    for (let j = i + 1; j < list.length; j++) bothOrders(add, fam, state, list[i] ?? '', list[j] ?? '')
  }
}

/** Words of the name that are searched by: without particles, which count as part of the joined surname, and legal forms. */
export function nameWords(w: DocumentWords): string[] {
  return [...w.heads, ...w.compound, ...w.first, ...w.companyWords]
}

/** Keys made of words, without the codes. */
export function wordKeys(w: DocumentWords, state: State): string[] {
  const keys: string[] = []
  const add = (key: string): void => { keys.push(key) }
  const names = nameWords(w)
  rotations(add, state, w)
  namePairs(add, state, w)
  for (const word of w.email) {
    add(`e${state}${word}`)
    for (const name of names) bothOrders(add, family.nameStreet, state, word, name)
  }
  pairsWithin(add, family.emailPair, state, w.email)
  if (w.birthYear !== '') numberKeys(add, state, w.birthYear, w, names)
  for (const place of w.places) placeKeys(add, state, w, names, place)
  return keys
}

/** Keys of the codes, the telephone numbers and the e-mail address. */
export function codeKeys(doc: LookupDocument, codes: readonly DocumentCode[]): string[] {
  const keys: string[] = []
  for (const code of codes) {
    const key = codeKey(code)
    if (key !== '') keys.push(key)
  }
  if (doc.email !== null) keys.push(family.email + emailKeyText(doc.email))
  return keys
}

/** Every key a customer is found by. Pure; two documents with the same searchable content give the same keys. */
export function documentKeys(doc: LookupDocument): string[] {
  return [...codeKeys(doc, documentCodes(doc)), ...wordKeys(documentWords(doc), isClosed(doc) ? '1' : '0')]
}
