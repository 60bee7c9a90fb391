/** What waits for somebody to decide: refused entries, reviews, contested readings, conflicts of fields, steps that came too late. */
import { z } from '../domain/schema.ts'
import type { CivilDay } from '../domain/civil-day.ts'
import type { Json } from '../domain/json.ts'
import type { TicketState } from '../domain/records/tickets.ts'
import { operationRefusals } from '../operations/all.ts'
import { takeTicket } from '../operations/tickets.ts'
import { call, everyone } from './call.ts'
import type { ContactField } from '../operations/customers.ts'
import type { MeterView, Page } from './customers.ts'
import type { DecisionView } from './decisions.ts'
import type { OutboxItem } from './outbox.ts'
import type { TicketEventView } from './tickets.ts'

export const inboxKinds = ['refused', 'review', 'contested', 'conflict', 'superseded'] as const
export type InboxKind = (typeof inboxKinds)[number]

export type InboxItem = {
  /** Refused and review: the operation. Contested: `<meter> <day>`. Conflict: its id. Superseded: the step. */
  readonly id: string
  readonly kind: InboxKind
  /** Kind of the operation it comes from. */
  readonly what: string
  readonly at: string
  readonly writers: readonly string[]
  readonly mine: boolean
  readonly customer: OutboxItem['customer']
  readonly ticketId: string | null
  /** Code of the refusal. */
  readonly reason: string | null
  readonly field: ContactField | null
  readonly reading: { readonly meterId: string; readonly serial: string; readonly day: CivilDay } | null
  /** Whether whoever asks may decide, and the people who may, by name. */
  readonly mayDecide: boolean
  readonly deciders: readonly string[]
}
export type InboxCounts = { readonly [K in InboxKind]: number }

/** Something refused with everything that was typed, so that it can be written again. */
export type RefusedEntry = {
  readonly opId: string
  readonly kind: string
  readonly at: string
  readonly actor: string
  readonly desk: string
  readonly reason: string
  readonly details: Json
  readonly customer: OutboxItem['customer']
  readonly ticketId: string | null
  /** As it was sent. */
  readonly input: Json
  /** What stands now in the fields it names; `null` where it names none. */
  readonly stands: { readonly [field: string]: string | null } | null
  /** `administration`: whoever follows a hub does this there. `no`: there is nothing to write again. */
  readonly correct: 'here' | 'administration' | 'no'
  readonly decisions: readonly DecisionView[]
}

export type ContestedReading = {
  readonly entry: string
  readonly value: number
  readonly value2: number | null
  readonly value3: number | null
  readonly correctorValue: number | null
  readonly state: string
  readonly by: string
  readonly mine: boolean
  readonly at: string | null
  readonly reason: string | null
}
export type ContestedDay = {
  readonly customerId: string
  readonly customer: string
  readonly meter: MeterView
  readonly commodity: 'electricity' | 'gas' | 'water'
  readonly day: CivilDay
  /** What the meter showed before, of the readings that count. */
  readonly before: { readonly day: CivilDay; readonly value: number } | null
  readonly readings: readonly ContestedReading[]
  readonly mayDecide: boolean
  readonly deciders: readonly string[]
  readonly decisions: readonly DecisionView[]
}

/** A step that came too late, beside those that were there first. */
export type SupersededStep = {
  readonly ticketId: string
  readonly customerId: string
  readonly subject: string
  /** What the ticket was when the step was written, and what it had become when it arrived. */
  readonly writtenFor: TicketState | null
  readonly found: TicketState
  readonly mine: TicketEventView
  readonly byMe: boolean
  readonly theirs: readonly TicketEventView[]
  readonly decisions: readonly DecisionView[]
  /** Whether it can be taken now, as the ticket is. */
  readonly allowedNow: boolean
}

const opId = z.string().min(1).max(64)
const reason = z.string().trim().min(3).max(500)
const settling = ['entry_not_found', 'already_settled', 'not_settled', 'reason_missing', 'forbidden_decision'] as const

export const inboxCalls = {
  /** Oldest first. Agents see what they wrote; supervisors see all of it. */
  list: call({
    input: z.strictObject({ kind: z.enum(inboxKinds).nullable().default(null), offset: z.int().min(0).default(0), limit: z.int().min(1).max(200).default(100) }),
    errors: [],
    access: everyone,
    audit: 'listed',
  }).returns<Page<InboxItem> & { readonly counts: InboxCounts }>(),
  /** Personal values only for a caller who was verified. */
  refused: call({ input: z.strictObject({ opId }), errors: ['entry_not_found', 'not_verified', 'forbidden_decision'], access: everyone, audit: 'opened_customer' }).returns<RefusedEntry>(),
  /** Writes it again with these fields, and says so of the one that was refused. */
  correct: call({
    input: z.strictObject({ opId, fields: z.record(z.string(), z.json()) }),
    errors: [...operationRefusals, 'entry_not_found', 'not_verified', 'not_correctable', 'forbidden_decision', 'field_invalid', 'role'],
    access: everyone,
    audit: 'wrote',
  }).returns<{ readonly opId: string; readonly customerId: string | null; readonly ticketId: string | null }>(),
  /** Nothing is written again, for this reason. */
  letGo: call({ input: z.strictObject({ about: z.enum(['refused', 'superseded']), opId, customerId: z.string().max(80).nullable().default(null), reason }), errors: [...settling, 'customer_not_found'], access: everyone, audit: 'wrote' }).returns<null>(),
  /** What was let go waits again. */
  takeBack: call({ input: z.strictObject({ about: z.enum(['refused', 'superseded']), opId, customerId: z.string().max(80).nullable().default(null) }), errors: [...settling, 'customer_not_found'], access: everyone, audit: 'wrote' }).returns<null>(),
  contested: call({ input: z.strictObject({ meterId: z.string().min(1).max(120), day: z.string().max(10) }), errors: ['reading_not_found'], access: everyone, audit: 'opened_customer' }).returns<ContestedDay>(),
  /** Takes the step now, with these words; the one that came too late stays in the story and is settled. */
  again: call({ input: z.strictObject({ eventId: z.string().min(1).max(64), text: z.string().trim().max(20_000) }), errors: [...takeTicket.refusals, 'entry_not_found', 'already_settled', 'not_settled', 'reason_missing', 'customer_not_found', 'forbidden_decision', 'field_invalid'], access: everyone, audit: 'wrote' }).returns<{ readonly ticketId: string }>(),
  superseded: call({ input: z.strictObject({ eventId: z.string().min(1).max(64) }), errors: ['entry_not_found'], access: everyone, audit: 'opened_ticket' }).returns<SupersededStep>(),
}
