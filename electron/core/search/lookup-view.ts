import type { LookupAlert, LookupRow as LookupRowView, MarkedText, MatchReason } from '../../../shared/contract/lookup.ts'
import type { LookupRow } from './lookup-types.ts'

/** Fields of a person that stay covered in a list: only what the agent typed, and so knows, is shown. */
const covered: ReadonlySet<MatchReason> = new Set<MatchReason>(['tax_code', 'vat_number', 'phone', 'email'])
const dot = '•'

/** A row as the list may show it. */
export function lookupView(row: LookupRow, brandName: string, alerts: readonly LookupAlert[]): LookupRowView {
  return {
    customerId: row.id,
    kind: row.kind,
    name: { text: row.name, marks: row.marks.name },
    code: { text: row.code, marks: row.marks.code },
    brand: brandName,
    birthYear: row.birthYear,
    address: addressText(row),
    matched: row.matched && row.matched.reason !== 'customer_code' ? { reason: row.matched.reason, value: cover(row.matched.reason, { text: row.matched.value, marks: row.matched.marks }) } : null,
    reasons: row.why,
    supplies: [...row.active.map((commodity) => ({ commodity, active: true })), ...row.closed.map((commodity) => ({ commodity, active: false }))],
    alerts,
  }
}

/** "Via Battisti 14, Trieste", with the marks of street and town moved to where they stand in it. */
function addressText({ address, marks }: LookupRow): MarkedText | null {
  if (!address) return null
  const street = [address.street, address.houseNumber].filter(Boolean).join(' ')
  const start = street.length + 2
  return { text: `${street}, ${address.town}`, marks: [...marks.street, ...marks.town.map(([from, to]) => [from + start, to + start] as const)] }
}

/** Dots for every letter and digit outside the marks; separators stay, so that the shape is recognised. */
export function cover(reason: MatchReason, { text, marks }: MarkedText): MarkedText {
  if (!covered.has(reason)) return { text, marks }
  const shown = (index: number) => marks.some(([from, to]) => index >= from && index < to)
  const letters = Array.from({ length: text.length }, (_, index) => (shown(index) || /[\s@.+/-]/.test(text.charAt(index)) ? text.charAt(index) : dot))
  return { text: letters.join(''), marks }
}
