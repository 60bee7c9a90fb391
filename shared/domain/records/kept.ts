import type { CustomerId, PersonId, TicketId } from '../ids.ts'

/** A value that lost when two desks changed the same field: kept, shown, and restorable in one step (reliability, table 3.6). */
export type FieldConflictRow = {
  /** Operation whose arrival overwrote the value, and the field: `<opId>:<field>`. */
  id: string
  customerId: CustomerId
  field: string
  /** What both had on the screen before either wrote; `null` also where it was not kept yet. */
  before: string | null
  /** What stood when the conflict came up, and what it stood in place of; empty is null. */
  kept: string | null
  lost: string | null
  /** Who wrote the value that lost and when, where the hub still knows. */
  lostBy: PersonId | null
  lostAt: string | null
  keptBy: PersonId
  at: string
  state: 'open' | 'settled'
  settledBy: PersonId | null
  settledAt: string | null
}

/** A file beside a ticket: the content lies elsewhere, by its hash, and may arrive later. */
export type AttachmentRow = {
  id: string
  ticketId: TicketId
  customerId: CustomerId
  name: string
  mediaType: string
  /** Bytes. */
  size: number
  /** Of the content, lower-case hexadecimal. */
  sha256: string
  addedBy: PersonId
  addedAt: string
}

/** What a decision is about: something refused, a step that came too late, several readings of one day, or a field two desks changed. */
export const decisionSubjects = ['refused', 'superseded', 'reading', 'conflict'] as const
export type DecisionSubject = (typeof decisionSubjects)[number]

/** Who decided what about something that could not stand as it was written, and why: a history, of which the last one counts. */
export type DecisionRow = {
  /** Of the operation that decided. */
  id: string
  customerId: CustomerId
  about: DecisionSubject
  /** Refused: its operation. Superseded: its step. Reading: `<meter> <day>`. Conflict: its id. */
  subjectId: string
  /** From 1 in the order of arrival at the hub. */
  seq: number
  choice: 'corrected' | 'let_go' | 'taken_back' | 'entry' | 'new_value' | 'keep' | 'restore'
  /** The operation that stands in its place: the corrected one, or the reading that counts. */
  opId: string | null
  reason: string | null
  by: PersonId
  at: string
}

/** How the decisions about the readings of a day are called. */
export const readingSubject = (meterId: string, day: string): string => `${meterId} ${day}`
