import { z } from '../domain/schema.ts'
import type { CivilDay } from '../domain/civil-day.ts'
import { ticketAreas, ticketChannels, ticketStates, ticketTypes } from '../domain/records/tickets.ts'
import type { TicketChannel, TicketEventKind, TicketState } from '../domain/records/tickets.ts'
import { attachmentLimits } from '../domain/attachment.ts'
import { attachFile } from '../operations/attachments.ts'
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
  /** It came too late: kept with its words, and without effect. */
  readonly superseded: boolean
}
export type TicketDetail = TicketSummary & {
  /** The hub's protocol number; the short code goes on being valid beside it. */
  readonly number: string | null
  readonly channel: TicketChannel
  readonly priority: 'normal' | 'high'
  readonly origin: 'desk' | 'former'
  readonly supplyLabel: string | null
  readonly events: readonly TicketEventView[]
  /** Steps that the rules allow from here. */
  readonly steps: readonly ('take' | 'note' | 'wait' | 'answer' | 'close' | 'reopen' | 'cancel')[]
  readonly today: CivilDay
  /** A newer hub has said more than this desk understands: the ticket is read here, and no step is taken. */
  readonly readOnly?: 'newer'
}

/** `here`: only on this desk so far. `sent`: here and at the hub. `missing`: at the hub, fetched when it is opened. `failed`: the hub does not take it. */
export type AttachmentState = 'here' | 'sent' | 'missing' | 'failed'
export type AttachmentView = {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  /** Bytes, and how many of them the hub has while they are on their way. */
  readonly size: number
  readonly sent: number
  readonly addedBy: string
  readonly addedAt: string
  readonly state: AttachmentState
}
/** Somebody who writes on a ticket just now, at another desk or in another window of this one; a hint, nothing is refused because of it. */
export type TicketHolder = { readonly ticketId: string; readonly person: string; readonly desk: string; readonly since: string }

const uploadId = z.string().min(8).max(64)
/** Bytes in base64, at most a part. */
const data = z.base64().max(Math.ceil(attachmentLimits.partBytes / 3) * 4)

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
  attachments: call({ input: z.strictObject({ ticketId: z.string().max(64) }), errors: ['ticket_not_found'], access: everyone, audit: 'opened_ticket' }).returns<readonly AttachmentView[]>(),
  /** A file arrives in parts of `attachmentLimits.partBytes`, in order; only the end of it is a write. */
  attachBegin: call({
    input: z.strictObject({ ticketId: z.string().min(1).max(64), name: z.string().min(1).max(1_000), size: z.int().min(0) }),
    errors: ['ticket_not_found', 'file_empty', 'file_too_large', 'too_many_uploads'],
    access: everyone,
    audit: 'none',
  }).returns<{ readonly uploadId: string; readonly partBytes: number }>(),
  attachPart: call({ input: z.strictObject({ uploadId, start: z.int().min(0), data }), errors: ['upload_not_found', 'part_out_of_order'], access: everyone, audit: 'none' }).returns<{ readonly received: number }>(),
  attach: call({ input: z.strictObject({ uploadId }), errors: ['upload_not_found', 'part_out_of_order', ...attachFile.refusals], access: everyone, audit: 'wrote' }).returns<AttachmentView>(),
  attachCancel: call({ input: z.strictObject({ uploadId }), errors: [], access: everyone, audit: 'none' }).returns<null>(),
  /** Makes sure that a file is here, fetching it where it is not; only then may it be read in this session. */
  openAttachment: call({
    input: z.strictObject({ attachmentId: z.string().min(1).max(80) }),
    errors: ['attachment_not_found', 'no_hub', 'hub_unreachable', 'not_at_hub_yet', 'file_damaged'],
    access: everyone,
    audit: 'exported',
  }).returns<{ readonly name: string; readonly mediaType: string; readonly size: number }>(),
  attachmentContent: call({ input: z.strictObject({ attachmentId: z.string().min(1).max(80), start: z.int().min(0) }), errors: ['attachment_not_found', 'file_damaged'], access: everyone, audit: 'none' }).returns<{ readonly data: string; readonly next: number | null }>(),
  /** Says to the other desks that somebody writes on a ticket, or no longer does; `held` tells whether they are told this name. */
  hold: call({ input: z.strictObject({ ticketId: z.string().min(1).max(64), hold: z.boolean() }), errors: ['ticket_not_found'], access: everyone, audit: 'none' }).returns<{ readonly held: boolean }>(),
  /** Who else is writing; without a connection to the hub nothing is known, and the answer is empty. */
  holders: call({ input: z.strictObject({}), errors: [], access: everyone, audit: 'none' }).returns<readonly TicketHolder[]>(),
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
