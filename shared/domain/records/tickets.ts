import type { CivilDay } from '../civil-day.ts'
import type { CustomerId, PersonId, SupplyPointId, TicketId } from '../ids.ts'

export const ticketAreas = ['water', 'waste', 'energy'] as const
export type TicketArea = (typeof ticketAreas)[number]
export const ticketTypes = ['information', 'report', 'praise', 'complaint', 'rectification', 'double_billing', 'anomalous_bill'] as const
export type TicketType = (typeof ticketTypes)[number]
export const ticketChannels = ['phone', 'counter', 'mail', 'email', 'pec', 'web', 'portal'] as const
export type TicketChannel = (typeof ticketChannels)[number]
export const ticketStates = ['new', 'in_charge', 'waiting', 'answered', 'closed', 'cancelled'] as const
export type TicketState = (typeof ticketStates)[number]
export const ticketEventKinds = ['opened', 'taken', 'noted', 'waiting', 'answered', 'closed', 'reopened', 'cancelled', 'attached'] as const
export type TicketEventKind = (typeof ticketEventKinds)[number]

export type TicketRow = {
  id: TicketId
  /** Made by the desk, also with no line; stays valid for ever. */
  code: string
  /** Protocol number, given by the hub: `2026/000123`. */
  number: string | null
  customerId: CustomerId
  supplyPointId: SupplyPointId | null
  area: TicketArea
  type: TicketType
  channel: TicketChannel
  subject: string
  receivedDay: CivilDay
  state: TicketState
  priority: 'normal' | 'high'
  /** Person of the staff, or the former system's name for one. */
  assignee: string | null
  openedAt: string
  updatedAt: string
  origin: 'desk' | 'former'
}

/** One step of a ticket's story. Append-only: the database refuses update and delete. */
export type TicketEventRow = {
  id: string
  ticketId: TicketId
  at: string
  actor: PersonId | string
  desk: string | null
  kind: TicketEventKind
  fromState: TicketState | null
  toState: TicketState
  text: string | null
  seq: number
  /** Another desk had already moved the ticket on: kept in the story, without the effect it was meant to have. */
  superseded: boolean
}
