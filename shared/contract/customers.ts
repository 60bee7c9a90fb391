import { z } from '../domain/schema.ts'
import { callerChecks } from '../domain/caller-check.ts'
import type { CallerCheck } from '../domain/caller-check.ts'
import type { CivilDay } from '../domain/civil-day.ts'
import type { Commodity, MeterKind } from '../domain/records/master.ts'
import type { ReadingSource, ReadingState } from '../domain/records/readings.ts'
import type { TicketArea, TicketState, TicketType } from '../domain/records/tickets.ts'
import { contactFields, correctIdentity, identityFields } from '../operations/customers.ts'
import type { ContactField, IdentityField } from '../operations/customers.ts'
import { call, everyone, supervisors } from './call.ts'
import type { DecisionView } from './decisions.ts'

/** Personal data as the door lets it through: dots of the true length's class until the caller is verified. */
export type PersonalText = { readonly text: string; readonly masked: boolean }

export type CustomerAlert =
  | { readonly kind: 'complaint_open'; readonly ticketId: string; readonly receivedDay: CivilDay }
  | { readonly kind: 'overdue'; readonly cents: number; readonly sinceDay: CivilDay }
  | { readonly kind: 'vulnerable' }
  | { readonly kind: 'email_unreachable' }
  /** Two desks changed the same field: what stands, and how many values wait for a decision. */
  | { readonly kind: 'data_conflict'; readonly open: number }
  | { readonly kind: 'all_closed'; readonly sinceDay: CivilDay | null }
  /** A newer hub has said more than this desk understands: the record is not written to here. */
  | { readonly kind: 'newer' }

export type SupplyView = {
  readonly contractId: string
  readonly supplyPointId: string
  readonly commodity: Commodity
  readonly code: string
  readonly serviceCode: string
  readonly active: boolean
  readonly domestic: boolean
  readonly startDay: CivilDay
  readonly endDay: CivilDay | null
  readonly directDebit: boolean
  readonly billDelivery: 'paper' | 'email'
  readonly address: string | null
  readonly powerW: number | null
  readonly useClass: string | null
  readonly resident: boolean | null
  readonly surfaceM2: number | null
  readonly occupants: number | null
  readonly meters: readonly MeterView[]
}
export type MeterView = {
  readonly meterId: string
  readonly serial: string
  readonly kind: MeterKind
  readonly digits: number
  readonly decimals: number
  readonly corrector: boolean
  readonly correctorSerial: string | null
  readonly correctorDigits: number | null
  readonly installedDay: CivilDay | null
  readonly removedDay: CivilDay | null
}

export type CustomerSheet = {
  readonly customerId: string
  readonly kind: 'person' | 'company'
  readonly name: string
  readonly code: string
  readonly brandId: string
  readonly brandName: string
  readonly portal: string
  readonly domestic: boolean | null
  readonly sinceDay: CivilDay | null
  /** What this customer's caller can be asked; the answers are compared in the core and never kept. */
  readonly possibleChecks: readonly CallerCheck[]
  readonly verification: { readonly checks: readonly CallerCheck[]; readonly at: string } | null
  readonly taxCode: PersonalText | null
  readonly vatNumber: PersonalText | null
  readonly birthDay: PersonalText | null
  readonly phone: PersonalText | null
  readonly mobile: PersonalText | null
  readonly email: PersonalText | null
  readonly address: PersonalText | null
  readonly alerts: readonly CustomerAlert[]
  readonly supplies: readonly SupplyView[]
  readonly counts: { readonly invoices: number; readonly readings: number; readonly tickets: number; readonly links: number }
}

export type ReadingView = {
  readonly meterId: string
  readonly serial: string
  readonly entry: string
  readonly day: CivilDay
  readonly value: number
  readonly value2: number | null
  readonly value3: number | null
  readonly correctorValue: number | null
  /** Difference to the reading before on the same meter; `null` for the first. */
  readonly consumption: number | null
  readonly source: ReadingSource
  readonly state: ReadingState
  readonly enteredBy: string | null
  readonly enteredAt: string | null
  readonly receipt: ReceiptState | null
}
/** How far a record written here has travelled. Without a hub nothing goes beyond `queued`. */
export const receiptStates = ['saved', 'queued', 'delivered', 'confirmed', 'refused'] as const
export type ReceiptState = (typeof receiptStates)[number]

export type InvoiceView = {
  readonly invoiceId: string
  readonly contractId: string
  readonly number: string
  readonly issueDay: CivilDay
  readonly dueDay: CivilDay
  readonly periodFrom: CivilDay | null
  readonly periodTo: CivilDay | null
  readonly amountCents: number
  readonly paidCents: number
  readonly consumptionMilli: number | null
  readonly estimated: boolean
  readonly hasPdf: boolean
  readonly state: 'paid' | 'due' | 'overdue' | 'credit'
  /** S4: outstanding and no active direct debit. */
  readonly payable: boolean
}

export type TicketSummary = {
  readonly ticketId: string
  readonly code: string
  readonly customerId: string
  readonly customerName: string
  readonly supplyPointId: string | null
  readonly area: TicketArea
  readonly type: TicketType
  readonly subject: string
  readonly state: TicketState
  readonly receivedDay: CivilDay
  readonly openedAt: string
  readonly updatedAt: string
  readonly assignee: string | null
  readonly receipt: ReceiptState | null
}

export type TimelineItem =
  | { readonly kind: 'reading'; readonly at: string; readonly supplyPointId: string; readonly commodity: Commodity; readonly value: number; readonly source: ReadingSource; readonly state: ReadingState; readonly receipt: ReceiptState | null }
  | { readonly kind: 'invoice'; readonly at: string; readonly supplyPointId: string | null; readonly number: string; readonly amountCents: number }
  | { readonly kind: 'ticket'; readonly at: string; readonly supplyPointId: string | null; readonly ticketId: string; readonly step: string; readonly subject: string; readonly actor: string; readonly receipt: ReceiptState | null }
  | { readonly kind: 'contract_started' | 'contract_ended'; readonly at: string; readonly supplyPointId: string; readonly commodity: Commodity }
  | { readonly kind: 'linked' | 'unlinked'; readonly at: string; readonly supplyPointId: string; readonly commodity: Commodity; readonly actor: string; readonly receipt: ReceiptState | null }

/** Who a customer is, in clear: what a supervisor corrects. */
export type IdentityView = {
  readonly customerId: string
  readonly kind: 'person' | 'company'
  readonly values: { readonly [F in IdentityField]: string | null }
}

export type FieldConflictView = {
  readonly conflictId: string
  readonly field: ContactField
  /** What both had on the screen. */
  readonly before: PersonalText | null
  /** What won, and what stood when it came. */
  readonly kept: PersonalText | null
  readonly lost: PersonalText | null
  readonly keptBy: string
  readonly at: string
  /** Where the hub still knows. */
  readonly lostBy: string | null
  readonly lostAt: string | null
  /** Which of the two whoever asks has written. */
  readonly mine: 'kept' | 'lost' | null
  /** Which of the two stands in the field now; `null` for a third value. */
  readonly stands: 'kept' | 'lost' | null
  /** The newest last. */
  readonly decisions: readonly DecisionView[]
  readonly state: 'open' | 'settled'
  readonly settledBy: string | null
  readonly settledAt: string | null
}

const customerId = z.string().min(1).max(80)
const fieldText = z.string().trim().max(254)
const seenChanges = <F extends readonly [string, ...string[]]>(fields: F) => z.array(z.strictObject({ field: z.enum(fields), seen: fieldText, to: fieldText })).min(1).max(fields.length).refine((changes) => new Set(changes.map(({ field }) => field)).size === changes.length, 'each_field_once')
const supplyPointId = z.string().min(1).max(80).nullable().default(null)
const page = { customerId, supplyPointId, offset: z.int().min(0).default(0), limit: z.int().min(1).max(500).default(100) }
export type Page<T> = { readonly rows: readonly T[]; readonly total: number }

export const exportTables = ['readings', 'invoices', 'tickets', 'timeline'] as const

export const customersCalls = {
  open: call({ input: z.strictObject({ customerId }), errors: ['customer_not_found'], access: everyone, audit: 'opened_customer' }).returns<CustomerSheet>(),
  /**
   * Holds what the caller said against the records and lifts the mask for this session when enough fits. Which checks were passed or
   * failed is logged, never an answer.
   */
  verify: call({
    input: z.strictObject({
      customerId,
      answers: z.array(z.strictObject({ check: z.enum(callerChecks), answer: z.string().trim().min(1).max(200) })).min(1).max(callerChecks.length),
    }),
    errors: ['customer_not_found', 'too_few_checks', 'check_failed', 'too_many_tries'],
    access: everyone,
    audit: 'verified_caller',
  }).returns<CustomerSheet>(),
  /** Puts the mask back: the call has ended. */
  forget: call({ input: z.strictObject({ customerId }), errors: [], access: everyone, audit: 'none' }).returns<{ readonly forgotten: true }>(),
  /**
   * Changes how the customer is reached. `seen` is what the screen showed, so that a change made elsewhere meanwhile is noticed; `to` empty
   * takes the value away.
   */
  changeContact: call({
    input: z.strictObject({ customerId, changes: seenChanges(contactFields) }),
    errors: ['customer_not_found', 'not_verified', 'nothing_changed', 'changed_meanwhile', 'phone_invalid', 'email_invalid'],
    access: everyone,
    audit: 'wrote',
  }).returns<CustomerSheet>(),
  identity: call({ input: z.strictObject({ customerId }), errors: ['customer_not_found', 'not_verified'], access: supervisors, audit: 'opened_customer' }).returns<IdentityView>(),
  /**
   * Corrects who the customer is, after a document was seen. As with contacts `seen` is what the screen showed. What another desk corrected
   * meanwhile is not settled by machine: the hub refuses with `review`, and a supervisor looks at both.
   */
  correctIdentity: call({
    input: z.strictObject({ customerId, changes: seenChanges(identityFields), reason: correctIdentity.input.shape.reason }),
    errors: [...correctIdentity.refusals, 'not_verified'],
    access: supervisors,
    audit: 'wrote',
  }).returns<CustomerSheet>(),
  /** Values that lost when two desks changed the same field, newest first. */
  conflicts: call({ input: z.strictObject({ customerId }), errors: ['customer_not_found'], access: everyone, audit: 'opened_customer' }).returns<readonly FieldConflictView[]>(),
  settleConflict: call({
    input: z.strictObject({ customerId, conflictId: z.string().min(1).max(120), choice: z.enum(['keep', 'restore']) }),
    errors: ['customer_not_found', 'not_verified', 'conflict_not_found', 'already_settled', 'changed_meanwhile'],
    access: everyone,
    audit: 'wrote',
  }).returns<CustomerSheet>(),
  readings: call({ input: z.strictObject(page), errors: ['customer_not_found'], access: everyone, audit: 'opened_customer' }).returns<Page<ReadingView>>(),
  invoices: call({ input: z.strictObject(page), errors: ['customer_not_found'], access: everyone, audit: 'opened_customer' }).returns<Page<InvoiceView>>(),
  tickets: call({ input: z.strictObject(page), errors: ['customer_not_found'], access: everyone, audit: 'opened_customer' }).returns<Page<TicketSummary>>(),
  timeline: call({ input: z.strictObject(page), errors: ['customer_not_found'], access: everyone, audit: 'opened_customer' }).returns<Page<TimelineItem>>(),
  /** A table of the sheet as CSV (`;`, BOM, formulas neutralised), whole, not only the page in view. */
  exportTable: call({
    input: z.strictObject({ customerId, supplyPointId, table: z.enum(exportTables), language: z.enum(['it', 'en']) }),
    errors: ['customer_not_found', 'not_verified'],
    access: everyone,
    audit: 'exported',
  }).returns<{ readonly fileName: string; readonly csv: string; readonly rows: number }>(),
}
