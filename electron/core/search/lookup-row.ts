import type { MatchReason } from '../../../shared/contract/lookup.ts'
import { displayName } from '../../../shared/domain/customer-name.ts'
import { foldTokens, matchMarks } from '../../../shared/domain/fold.ts'
import type { Mark } from '../../../shared/domain/fold.ts'
import type { Commodity } from '../../../shared/domain/records/master.ts'
import { codeAnswers, codeText, documentCodes, readCodeKey } from './code-keys.ts'
import type { CodeText } from './code-keys.ts'
import { documentWords, placeWords } from './document-words.ts'
import { emailKeyText, family } from './key-space.ts'
import type { LookupRow } from './lookup-types.ts'
import { matchingPlace } from './match.ts'
import type { Pass } from './passes.ts'
import type { Query } from './query.ts'
import { documentAddresses, isClosed } from './search-document.ts'
import type { LookupAddress, LookupDocument, LookupSupply } from './search-document.ts'

type Matched = LookupRow['matched']

function commoditiesOf(supplies: readonly LookupSupply[], active: boolean): Commodity[] {
  return [...new Set(supplies.filter(supply => supply.active === active).map(supply => supply.commodity))]
}

function closedYear(doc: LookupDocument): number | null {
  if (!isClosed(doc)) return null
  let last = ''
  for (const { endDay } of doc.supplies) if (endDay !== null && endDay > last) last = endDay
  return last === '' ? null : Number(last.slice(0, 4))
}

const counted = /[0-9a-z]/i

/** Where a code answers to what was typed: its first letters and digits after the leading zeros, separators in between included. */
function codeMarks(value: string, searched: string, typed: CodeText): Mark[] {
  // The searched form may be the end of the shown one (a POD's tail, a number without +39): line up from the right.
  const shown: number[] = []
  for (let i = 0; i < value.length; i++) if (counted.test(value.charAt(i))) shown.push(i)
  const whole = codeText(searched).text
  const compactLength = searched.replace(/[^0-9a-z]/gi, '').length
  const tail = value.replace(/[^0-9a-z]/gi, '').toUpperCase().indexOf(searched.replace(/[^0-9a-z]/gi, '').toUpperCase())
  const first = (tail < 0 ? Math.max(0, shown.length - compactLength) : tail) + compactLength - whole.length
  const start = shown[first]
  const end = shown[Math.min(first + typed.text.length, shown.length) - 1]
  return start === undefined || end === undefined || end < start ? [] : [[start, end + 1]]
}

function matchedCode(doc: LookupDocument, q: Query, key: string): Matched {
  const { text, kind } = readCodeKey(key)
  for (const code of documentCodes(doc)) {
    const own = codeText(code.searched)
    if (code.kind !== kind || own.text !== text) continue
    const typed = [...q.codes, ...q.wholeCodes, ...q.figureCodes].find(candidate => codeAnswers(candidate, own.text, own.zeros))
    const supply = doc.supplies.find(s => s.code === code.value || s.serviceCode === code.value || s.serials.includes(code.value))
    return { reason: kind, value: code.value, marks: typed ? codeMarks(code.value, code.searched, typed) : [], serviceCode: supply?.serviceCode ?? null }
  }
  return null
}

function matchedEmail(doc: LookupDocument, q: Query): Matched {
  if (doc.email === null) return null
  const whole = q.email !== '' && emailKeyText(doc.email).startsWith(q.email)
  return { reason: 'email', value: doc.email, marks: whole ? [[0, q.email.length]] : matchMarks(doc.email, q.required), serviceCode: null }
}

/** The address to show: the one whose words matched, else the main one. */
function shownAddress(doc: LookupDocument, q: Query, why: readonly MatchReason[], supplyCode: string | null): LookupAddress | null {
  const main = doc.address ?? doc.supplies.find(supply => supply.address !== null)?.address ?? null
  if (supplyCode !== null) return doc.supplies.find(supply => supply.serviceCode === supplyCode)?.address ?? main
  if (!why.includes('address') && !why.includes('town')) return main
  const words = documentWords(doc)
  const place = matchingPlace(doc, words, q)
  const at = place === null ? -1 : words.places.indexOf(place)
  const found = documentAddresses(doc)
  const byWords = (address: LookupAddress): boolean => {
    const { streets, towns } = placeWords(address)
    return q.required.some(word => [...streets, ...towns].some(own => own.startsWith(word)))
  }
  return (at >= 0 && found[at] && byWords(found[at]) ? found[at] : found.find(byWords)) ?? main
}

/** A result row: why this customer is here and what to highlight. */
export function lookupRow(doc: LookupDocument, q: Query, pass: Pass, key: string, corrected: boolean): LookupRow {
  const matched = pass.family === family.code ? matchedCode(doc, q, key)
    : pass.why.includes('email') || (pass.family === family.nameStreet && q.required.length > 0 && !placeFits(doc, q)) ? matchedEmail(doc, q) : null
  const why: MatchReason[] = matched !== null && matched.reason !== 'email' ? [matched.reason]
    : matched !== null && !pass.why.includes('email') ? ['name', 'email'] : [...pass.why]
  return buildRow(doc, q, corrected ? [...why, 'typo'] : why, matched)
}

/** Whether name and places alone explain the match, without the e-mail address. */
function placeFits(doc: LookupDocument, q: Query): boolean {
  const words = { ...documentWords(doc), email: [] }
  return matchingPlace(doc, words, q) !== null
}

/** A row for a customer found through an invoice or ticket. */
export function numberRow(doc: LookupDocument, q: Query, reason: 'invoice_number' | 'ticket_code', value: string, serviceCode: string | null): LookupRow {
  return buildRow(doc, q, [reason], { reason, value, marks: [[0, value.length]], serviceCode })
}

function buildRow(doc: LookupDocument, q: Query, why: readonly MatchReason[], matched: Matched): LookupRow {
  const name = displayName({ kind: doc.kind, lastName: doc.lastName, firstName: doc.firstName, companyName: doc.companyName })
  const address = shownAddress(doc, q, why, matched?.serviceCode ?? null)
  const named = matched === null || why.includes('name')
  const placed = why.includes('address') || why.includes('town')
  return {
    n: doc.n, id: doc.id, brandId: doc.brandId, code: doc.code, kind: doc.kind, name,
    birthYear: doc.birthYear, sinceDay: doc.sinceDay, taxCode: doc.taxCode, vatNumber: doc.vatNumber, phones: doc.phones,
    email: doc.email, emailUnreachable: doc.emailUnreachable, vulnerable: doc.vulnerable, address,
    active: commoditiesOf(doc.supplies, true), closed: commoditiesOf(doc.supplies, false), closedYear: closedYear(doc),
    why, matched,
    marks: {
      name: named ? matchMarks(name, markedWords(q, why, foldTokens(name))) : [],
      street: placed && address ? matchMarks(address.street, q.required) : [],
      town: placed && address ? matchMarks(address.town, q.required) : [],
      code: matched?.reason === 'customer_code' ? matched.marks : [],
    },
  }
}

/** The two parts of a word typed as one that the name writes apart: "damico" in "D'Amico"; [] if it is not. */
function writtenApart(word: string, name: readonly string[]): string[] {
  const at = name.findIndex((own, i) => word.length > own.length && word.startsWith(own) && name[i + 1]?.startsWith(word.slice(own.length)))
  const front = name[at]
  return front === undefined ? [] : [front, word.slice(front.length)]
}

function markedWords(q: Query, why: readonly MatchReason[], name: readonly string[]): readonly string[] {
  if (why[0] === 'address' || why[0] === 'town' || why[0] === 'email') return []
  const typed = q.typed.filter(word => !q.figures.includes(word) && word.length > 1)
  return [...q.required, ...typed, ...q.required.flatMap(word => writtenApart(word, name))]
}
