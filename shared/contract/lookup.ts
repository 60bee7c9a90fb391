import { z } from '../domain/schema.ts'
import type { IdentifierKind } from '../domain/recognise.ts'
import type { Commodity } from '../domain/records/master.ts'
import { call, everyone } from './call.ts'

/** Why a row is in the list, shown beside it. */
export const matchReasons = [
  'customer_code', 'tax_code', 'vat_number', 'pod', 'pdr', 'meter_serial', 'service_code', 'phone', 'email',
  'invoice_number', 'ticket_code', 'name', 'surname', 'first_name', 'company', 'other_name', 'address', 'town', 'typo',
] as const
export type MatchReason = (typeof matchReasons)[number]

export const lookupScopes = ['all', 'customers', 'supplies', 'invoices', 'tickets'] as const
export type LookupScope = (typeof lookupScopes)[number]

/** Half-open range of characters to highlight in the field it belongs to. */
export type MarkedText = { readonly text: string; readonly marks: readonly (readonly [number, number])[] }

export type LookupRow = {
  readonly customerId: string
  readonly kind: 'person' | 'company'
  readonly name: MarkedText
  readonly code: MarkedText
  readonly brand: string
  readonly birthYear: number | null
  readonly address: MarkedText | null
  /** The field that matched, masked but for the matched characters, when it is none of those above. */
  readonly matched: { readonly reason: MatchReason; readonly value: MarkedText } | null
  readonly reasons: readonly MatchReason[]
  readonly supplies: readonly { readonly commodity: Commodity; readonly active: boolean }[]
  readonly alerts: readonly LookupAlert[]
}
export type LookupAlert =
  | { readonly kind: 'complaint_open'; readonly receivedDay: string }
  | { readonly kind: 'overdue'; readonly cents: number }
  | { readonly kind: 'vulnerable' }
  | { readonly kind: 'closed'; readonly year: number | null }

export type IndexProgress = { readonly done: number; readonly total: number; readonly finished: boolean }

export type LookupPage = {
  readonly rows: readonly LookupRow[]
  /** Give it back to read on; `null` after the very last match. */
  readonly cursor: string | null
  /** What was searched instead, when the text itself found nothing. */
  readonly corrected: { readonly from: string; readonly to: string } | null
  /** Other readings of what was typed, such as a code with one character put right. */
  readonly suggestions: readonly { readonly text: string; readonly kind: IdentifierKind }[]
  readonly index: IndexProgress
}

export type RecentCustomer = { readonly customerId: string; readonly name: string; readonly code: string; readonly kind: 'person' | 'company'; readonly at: string }

const text = z.string().max(2000)
const scope = z.enum(lookupScopes).default('all')

export const lookupCalls = {
  /** One page of matches, best first. Called at every keystroke, so it leaves no trace by itself: `count` does. */
  search: call({
    input: z.strictObject({ text, scope, cursor: z.string().max(4000).nullable().default(null), limit: z.int().min(1).max(200).default(50) }),
    errors: ['stale_cursor'],
    access: everyone,
    audit: 'none',
  }).returns<LookupPage>(),
  /** The exact total of a search that has settled; this is what the audit log counts as a search. */
  count: call({ input: z.strictObject({ text, scope }), errors: ['superseded'], access: everyone, audit: 'searched' }).returns<{ readonly total: number }>(),
  recent: call({ input: z.strictObject({}), errors: [], access: everyone, audit: 'none' }).returns<readonly RecentCustomer[]>(),
  indexProgress: call({ input: z.strictObject({}), errors: [], access: everyone, audit: 'none' }).returns<IndexProgress & { readonly customers: number }>(),
}
