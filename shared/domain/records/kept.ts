import type { CustomerId, PersonId, TicketId } from '../ids.ts'

/** A value that lost when two desks changed the same field: kept, shown, and restorable in one step (reliability, table 3.6). */
export type FieldConflictRow = {
  /** Operation whose arrival overwrote the value, and the field: `<opId>:<field>`. */
  id: string
  customerId: CustomerId
  field: string
  /** What stands now, and what it stands in place of; empty is null. */
  kept: string | null
  lost: string | null
  lostBy: PersonId | null
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
