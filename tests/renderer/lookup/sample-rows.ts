import type { LookupPage, LookupRow } from '../../../shared/contract/lookup.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract/call.ts'
import { lookupCalls } from '../../../shared/contract/lookup.ts'

export type SearchInput = InputOf<typeof lookupCalls.search>
export type SearchReply = ReplyOf<typeof lookupCalls.search>

export function sampleRow(customerId: string, change: Partial<LookupRow> = {}): LookupRow {
  return {
    customerId,
    kind: 'person',
    name: { text: `Prova ${customerId}`, marks: [] },
    code: { text: customerId, marks: [] },
    brand: 'Prova',
    birthYear: 1980,
    address: null,
    matched: null,
    reasons: ['name'],
    supplies: [],
    alerts: [],
    ...change,
  }
}

export function samplePage(rows: readonly LookupRow[], change: Partial<LookupPage> = {}): SearchReply {
  return { ok: true, value: { rows, cursor: null, corrected: null, suggestions: [], index: { done: 1, total: 1, finished: true }, ...change } }
}

/** `total` matches whatever the text, each named after the text, page after page. */
export function searchOf(total: number): (input: SearchInput) => SearchReply {
  return (input) => {
    const { text, cursor, limit } = lookupCalls.search.input.parse(input)
    const from = cursor === null ? 0 : Number(cursor)
    const rows = Array.from({ length: Math.max(0, Math.min(limit, total - from)) }, (_, index) => sampleRow(`${text}-${from + index}`))
    const end = from + rows.length
    return samplePage(rows, { cursor: end < total ? String(end) : null })
  }
}
