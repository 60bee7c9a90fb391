import { attachmentLimits, plainFileName } from '../domain/attachment.ts'
import type { TicketId } from '../domain/ids.ts'
import type { AttachmentRow } from '../domain/records/kept.ts'
import type { TicketEventRow } from '../domain/records/tickets.ts'
import { refuse } from '../domain/result.ts'
import { z } from '../domain/schema.ts'
import { apply, operation } from './operation.ts'
import { everyRole } from './roles.ts'

/**
 * Puts a file beside a ticket: name, kind, size and hash. The content travels on a queue of its own and may arrive later. In any state
 * of the ticket, whoever else writes in it: a file is one more step of the story and moves nothing.
 */
export const attachFile = operation({
  kind: 'ticket.attach',
  version: 1,
  input: z.strictObject({
    ticketId: z.string().min(1).max(64),
    name: z.string().min(1).max(attachmentLimits.nameLength).refine((name) => name === plainFileName(name), 'file_name'),
    mediaType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,100}$/),
    size: z.int().min(1).max(attachmentLimits.bytes),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  refusals: ['ticket_not_found', 'already_attached'],
  roles: everyRole,
  load: async (read, input) => ({
    ticket: await read.one('ticket', { id: input.ticketId as TicketId }),
    events: await read.many('ticketEvent', { ticketId: input.ticketId as TicketId }, { by: 'seq' }),
    attachments: await read.many('attachment', { ticketId: input.ticketId as TicketId }),
  }),
  decide: ({ ticket, events, attachments }, { name, mediaType, size, sha256 }, facts) => {
    if (!ticket) return refuse('ticket_not_found')
    if (attachments.some((each) => each.sha256 === sha256)) return refuse('already_attached')
    const row: AttachmentRow = { id: facts.opId, ticketId: ticket.id, customerId: ticket.customerId, name, mediaType, size, sha256, addedBy: facts.actor.id, addedAt: facts.now }
    const event: TicketEventRow = {
      id: facts.opId, ticketId: ticket.id, at: facts.now, actor: facts.actor.id, desk: facts.desk, kind: 'attached', fromState: ticket.state, toState: ticket.state,
      text: name, seq: (events.at(-1)?.seq ?? 0) + 1, superseded: false,
    }
    return apply(
      { entity: 'ticket', id: ticket.id, customerId: ticket.customerId },
      { table: 'attachment', action: 'insert', row },
      { table: 'ticketEvent', action: 'insert', row: event },
      { table: 'ticket', action: 'update', where: { id: ticket.id }, set: { updatedAt: facts.now } },
    )
  },
})
