import type { IdentifierKind } from './recognise.ts'

/** A word that says what follows it. */
export type Label = { readonly kinds: readonly IdentifierKind[]; readonly start: number; readonly end: number }

/** Not glued to the label: "CFN 70A01" is a piece of a code, not a label with its "n.". */
const NUMBER = String.raw`(?:\s*(?<!\p{L})(?:n(?:r|um|umero|o)?\b\.?|n°|nº|#))?`

const sources: readonly (readonly [readonly IdentifierKind[], string])[] = [
  [['tax_code', 'vat_number'], String.raw`c\.?\s?f\.?\s?(?:[/\-]|e)\s?p\.?\s?iva|cod(?:ice|\.)?\s?fisc(?:ale|\.)?\s?(?:[/\-]|e)\s?p(?:artita|\.)?\s?iva`],
  [['tax_code'], String.raw`c\.\s?f\.|c\.?f\.?|cod(?:ice|\.)?\s?fisc(?:ale|\.)?|tax\s?code`],
  [['vat_number', 'tax_code'], String.raw`p\.?\s?i\.?v\.?a\.?|part(?:ita|\.)?\s?iva|vat(?:\s?(?:number|no|n)\b\.?)?`],
  [['pod'], String.raw`(?:codice\s)?pod`],
  [['pdr'], String.raw`(?:codice\s)?pdr`],
  [['meter_serial'], String.raw`matr(?:icola|\.)?(?:\s(?:del\s)?contatore)?|contatore|meter(?:\sserial)?|serial(?:\snumber)?`],
  [['invoice_number'], String.raw`(?:fattura|fatt\.?|ft\.?|bolletta|invoice|bill)`],
  [['ticket_code'], String.raw`(?:ticket|reclamo|segnalazione|pratica|richiesta|complaint)`],
  [['service_code'], String.raw`cod(?:ice|\.)?\s?(?:servizio|serv\.|fornitura|contratto|utenza)|service\scode|contratto`],
  [['customer_code'], String.raw`cod(?:ice|\.)?\s?(?:cliente|cli\.|utente)|customer\s(?:code|number)|cliente|nic|customer`],
  [['email'], String.raw`e-?mail|mail|pec`],
  [['phone'], String.raw`tel(?:efono|\.|ef\.)?|cell(?:ulare|\.)?|mobile|mob\.?|phone|fax|numero\sdi\stelefono`],
]

// Digits may be glued to a label, a code may not: the FAX of "FAX70A01A001W" is a name's.
const patterns = sources.map(([kinds, source]) => ({
  kinds,
  pattern: new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${source})${NUMBER}(?!\p{N}*\p{L})[\s:.=]*`, 'giu'),
}))

/** The labels in a text, in order, without overlap: the longer one wins where two begin together. */
export function findLabels(text: string): Label[] {
  const found: Label[] = []
  for (const { kinds, pattern } of patterns) {
    for (const match of text.matchAll(pattern)) found.push({ kinds, start: match.index, end: match.index + match[0].length })
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: Label[] = []
  for (const label of found) {
    const last = kept.at(-1)
    if (!last || label.start >= last.end) kept.push(label)
  }
  return kept
}
