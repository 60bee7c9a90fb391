import { codeText, documentCodes } from './code-keys.ts'
import { nameWords } from './document-keys.ts'
import { documentWords } from './document-words.ts'
import type { DocumentWords, PlaceWords } from './document-words.ts'
import type { Query } from './query.ts'
import type { LookupDocument } from './search-document.ts'

/** Whether each wanted word begins a different word of `pool`; wanted words are few. */
export function matchesApart(wanted: readonly string[], pool: readonly string[], from = 0, used = new Set<number>()): boolean {
  const word = wanted[from]
  if (word === undefined) return true
  for (let i = 0; i < pool.length; i++) {
    if (used.has(i) || !pool[i]?.startsWith(word)) continue
    used.add(i)
    if (matchesApart(wanted, pool, from + 1, used)) return true
    used.delete(i)
  }
  return false
}

const noPlace: PlaceWords = { streets: [], towns: [], houses: [], postalCode: '', province: '' }

/** The address with which all words and figures of the query match, or null; places must come from one address. */
export function matchingPlace(doc: LookupDocument, w: DocumentWords, q: Query): PlaceWords | null {
  const own = [...nameWords(w), ...w.email]
  const codes = q.figures.length === 0 ? [] : documentCodes(doc).map(code => codeText(code.searched).text)
  for (const place of w.places.length > 0 ? w.places : [noPlace]) {
    const figuresFit = q.figures.every(number => number === w.birthYear || number === place.postalCode || place.houses.includes(number)
      || (q.figureCodes.length > 0 && number.length >= 4 && codes.includes(codeText(number).text)))
    if (figuresFit && matchesApart(q.required, [...own, ...place.streets, ...place.towns])) return place
  }
  return null
}

/** Whether a customer has every word and figure of the query. */
export function matchesQuery(doc: LookupDocument, q: Query): boolean {
  return matchingPlace(doc, documentWords(doc), q) !== null
}
