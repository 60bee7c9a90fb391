import { In } from 'typeorm'
import type { EntityManager } from 'typeorm'
import type { z } from 'zod'
import type { TicketDetail } from '../../../shared/contract/tickets.ts'
import { romeDay } from '../../../shared/domain/civil-day.ts'
import { addressLine } from '../../../shared/domain/customer-name.ts'
import type { CustomerId, TicketId } from '../../../shared/domain/ids.ts'
import type { CustomerRow } from '../../../shared/domain/records/master.ts'
import type { TicketRow } from '../../../shared/domain/records/tickets.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { allowedSteps } from '../../../shared/domain/ticket.ts'
import { models } from '../../../shared/model/models.ts'
import type { Operation } from '../../../shared/operations/operation.ts'
import { answerTicket, cancelTicket, closeTicket, noteTicket, openTicket, reopenTicket, takeTicket, waitTicket } from '../../../shared/operations/tickets.ts'
import type { HandlersOf, SignedCall } from '../context.ts'
import { attachmentHandlers } from './attachment-handlers.ts'
import { ticketSummaries } from '../customers/pages.ts'
import { leaseHandlers } from '../leases/lease-handlers.ts'
import { receiptsOfOperations } from '../outbox/receipts.ts'
import { peopleNames } from '../people/people-names.ts'
import { isHeld } from '../sync/held-back.ts'

export const ticketsHandlers: HandlersOf<'tickets'> = {
  ...attachmentHandlers,
  ...leaseHandlers,
  open: (call, input) => write(call, openTicket, input),
  take: (call, input) => write(call, takeTicket, input),
  note: (call, input) => write(call, noteTicket, input),
  wait: (call, input) => write(call, waitTicket, input),
  answer: (call, input) => write(call, answerTicket, input),
  close: (call, input) => write(call, closeTicket, input),
  reopen: (call, input) => write(call, reopenTicket, input),
  cancel: (call, input) => write(call, cancelTicket, input),

  get: async (call, { ticketId }) => {
    const ticket = await call.store.reader.getRepository(models.ticket).findOneBy({ id: ticketId as TicketId })
    if (!ticket) return refuse('ticket_not_found')
    call.trace(ticket.id)
    return ok(await detail(call, ticket))
  },

  queue: async (call, input) => {
    const where = {
      state: In(input.states),
      area: In(input.areas),
      type: In(input.types),
      channel: In(input.channels),
      ...(input.mine ? { assignee: call.session.personId } : {}),
    }
    const repository = call.store.reader.getRepository(models.ticket)
    const rows = await repository.find({ where, order: { receivedDay: 'ASC', openedAt: 'ASC' }, skip: input.offset, take: input.limit })
    const total = await repository.countBy(where)
    call.trace(null, { list: 'tickets', rows: rows.length })
    return ok({ rows: await ticketSummaries(call.store, rows, await customersOf(call.store.reader, rows)), total })
  },
}

async function write<I extends z.ZodType, R, E extends string>(call: SignedCall, operation: Operation<I, R, E>, input: z.output<I>): Promise<Result<TicketDetail, E>> {
  const written = await call.work.write(operation, input, call.actor, 'wrote')
  if (!written.ok) return written
  const ticket = await call.store.reader.getRepository(models.ticket).findOneByOrFail({ id: written.value.subject.id as TicketId })
  return ok(await detail(call, ticket))
}

async function detail(call: SignedCall, ticket: TicketRow): Promise<TicketDetail> {
  const db = call.store.reader
  const [summary] = await ticketSummaries(call.store, [ticket], await customersOf(db, [ticket]))
  const events = await db.getRepository(models.ticketEvent).find({ where: { ticketId: ticket.id }, order: { seq: 'ASC' } })
  const name = await peopleNames(call.store, events.map((event) => event.actor))
  const receipts = receiptsOfOperations(call.store, events.map((event) => event.id))
  if (!summary) throw new Error('a ticket has no summary')
  const held = isHeld(call.store.rawReader, 'ticket', ticket.id)
  return {
    ...summary,
    channel: ticket.channel,
    number: ticket.number,
    priority: ticket.priority,
    origin: ticket.origin,
    supplyLabel: await supplyLabel(db, ticket),
    events: events.map((event) => ({
      id: event.id,
      at: event.at,
      actor: name(event.actor),
      desk: event.desk,
      kind: event.kind,
      fromState: event.fromState,
      toState: event.toState,
      text: event.text,
      superseded: event.superseded,
      receipt: receipts.get(event.id) ?? null,
    })),
    steps: held ? [] : allowedSteps(ticket.state),
    ...(held ? { readOnly: 'newer' as const } : {}),
    today: romeDay(call.clock.now()),
  }
}

async function supplyLabel(db: EntityManager, ticket: TicketRow): Promise<string | null> {
  if (ticket.supplyPointId === null) return null
  const point = await db.getRepository(models.supplyPoint).findOneBy({ id: ticket.supplyPointId })
  const address = point?.addressId ? await db.getRepository(models.address).findOneBy({ id: point.addressId }) : null
  return point ? [point.code, address ? addressLine(address) : null].filter(Boolean).join(' · ') : null
}

async function customersOf(db: EntityManager, tickets: readonly TicketRow[]): Promise<Map<string, CustomerRow>> {
  const ids = [...new Set<CustomerId>(tickets.map((ticket) => ticket.customerId))]
  const rows = ids.length === 0 ? [] : await db.getRepository(models.customer).findBy({ id: In(ids) })
  return new Map(rows.map((row) => [row.id, row]))
}
