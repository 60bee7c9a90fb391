import { z } from '../domain/schema.ts'
import type { CivilDay } from '../domain/civil-day.ts'
import { ticketAreas, ticketChannels, ticketStates, ticketTypes } from '../domain/records/tickets.ts'
import type { TicketChannel, TicketEventKind, TicketState } from '../domain/records/tickets.ts'
import { answerTicket, cancelTicket, closeTicket, noteTicket, openTicket, reopenTicket, takeTicket, waitTicket } from '../operations/tickets.ts'
import { call, everyone } from './call.ts'
import type { Page, ReceiptState, TicketSummary } from './customers.ts'

export type TicketEventView = {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly desk: string | null
  readonly kind: TicketEventKind
  readonly fromState: TicketState | null
  readonly toState: TicketState
  readonly text: string | null
  readonly receipt: ReceiptState | null
}
export type TicketDetail = TicketSummary & {
  readonly channel: TicketChannel
  readonly priority: 'normal' | 'high'
  readonly origin: 'desk' | 'former'
  readonly supplyLabel: string | null
  readonly events: readonly TicketEventView[]
  /** Steps that the rules allow from here. */
  readonly steps: readonly ('take' | 'note' | 'wait' | 'answer' | 'close' | 'reopen' | 'cancel')[]
  readonly today: CivilDay
}

export const ticketsCalls = {
  open: call({ input: openTicket.input, errors: openTicket.refusals, access: everyone, audit: 'wrote' }).returns<TicketDetail>(),
  get: call({ input: z.strictObject({ ticketId: z.string().max(64) }), errors: ['ticket_not_found'], access: everyone, audit: 'opened_ticket' }).returns<TicketDetail>(),
  take: call({ input: takeTicket.input, errors: takeTicket.refusals, access: everyone, audit: 'wrote' }).returns<TicketDetail>(),
  note: call({ input: noteTicket.input, errors: noteTicket.refusals, access: everyone, audit: 'wrote' }).returns<TicketDetail>(),
  wait: call({ input: waitTicket.input, errors: waitTicket.refusals, access: everyone, audit: 'wrote' }).returns<TicketDetail>(),
  answer: call({ input: answerTicket.input, errors: answerTicket.refusals, access: everyone, audit: 'wrote' }).returns<TicketDetail>(),
  close: call({ input: closeTicket.input, errors: closeTicket.refusals, access: everyone, audit: 'wrote' }).returns<TicketDetail>(),
  reopen: call({ input: reopenTicket.input, errors: reopenTicket.refusals, access: everyone, audit: 'wrote' }).returns<TicketDetail>(),
  cancel: call({ input: cancelTicket.input, errors: cancelTicket.refusals, access: everyone, audit: 'wrote' }).returns<TicketDetail>(),
  /** The office's tickets, oldest received first. */
  queue: call({
    input: z.strictObject({
      states: z.array(z.enum(ticketStates)).default(['new', 'in_charge', 'waiting']),
      areas: z.array(z.enum(ticketAreas)).default([...ticketAreas]),
      types: z.array(z.enum(ticketTypes)).default([...ticketTypes]),
      channels: z.array(z.enum(ticketChannels)).default([...ticketChannels]),
      mine: z.boolean().default(false),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    errors: [],
    access: everyone,
    audit: 'listed',
  }).returns<Page<TicketSummary>>(),
}
