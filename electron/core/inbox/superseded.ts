import type { SupersededStep } from '../../../shared/contract/inbox.ts'
import type { TicketEventView } from '../../../shared/contract/tickets.ts'
import { ticketStates } from '../../../shared/domain/records/tickets.ts'
import type { TicketEventRow } from '../../../shared/domain/records/tickets.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import { stepEvent, stepTarget, ticketSteps } from '../../../shared/domain/ticket.ts'
import type { TicketStep } from '../../../shared/domain/ticket.ts'
import { models } from '../../../shared/model/models.ts'
import type { Operation } from '../../../shared/operations/operation.ts'
import type { takeTicket } from '../../../shared/operations/tickets.ts'
import type { z } from '../../../shared/domain/schema.ts'
import type { HandlersOf, SignedCall } from '../context.ts'
import { peopleNames } from '../people/people-names.ts'
import { operationFor } from './corrections.ts'
import { correctedBy, decisionsOf } from './decisions.ts'
import { isDecider, isSelf } from './correct.ts'

const stepOf = ({ kind }: TicketEventRow): TicketStep | null => ticketSteps.find((step) => stepEvent(step) === kind) ?? null

async function find(call: SignedCall, eventId: string) {
  const mine = await call.store.reader.getRepository(models.ticketEvent).findOneBy({ id: eventId, superseded: true })
  const ticket = mine && (await call.store.reader.getRepository(models.ticket).findOneBy({ id: mine.ticketId }))
  const step = mine && stepOf(mine)
  return mine && ticket && step ? { mine, ticket, step } : null
}

export const supersededHandlers: Pick<HandlersOf<'inbox'>, 'superseded' | 'again'> = {
  superseded: async (call, { eventId }) => {
    const found = await find(call, eventId)
    if (!found) return refuse('entry_not_found')
    const { mine, ticket, step } = found
    const events = await call.store.reader.getRepository(models.ticketEvent).find({ where: { ticketId: ticket.id }, order: { seq: 'ASC' } })
    const writtenFor = ticketStates.find((state) => state === mine.fromState && state !== mine.toState) ?? null
    const theirs = movedOn(events, mine, writtenFor)
    const name = await peopleNames(call.store, [mine, ...theirs].map(({ actor }) => actor))
    const view = (event: TicketEventRow): TicketEventView => ({ id: event.id, at: event.at, actor: name(event.actor), desk: event.desk, kind: event.kind, fromState: event.fromState, toState: event.toState, text: event.text, receipt: null, superseded: event.superseded })
    call.trace(ticket.id)
    return ok<SupersededStep>({
      ticketId: ticket.id,
      customerId: ticket.customerId,
      subject: ticket.subject,
      writtenFor,
      found: mine.toState,
      mine: view(mine),
      byMe: isSelf(call, mine.actor),
      theirs: theirs.map(view),
      decisions: (await decisionsOf(call.store, [eventId])).get(eventId) ?? [],
      allowedNow: stepTarget(step, ticket.state) !== null,
    })
  },

  again: async (call, { eventId, text }) => {
    const found = await find(call, eventId)
    if (!found) return refuse('entry_not_found')
    const { mine, ticket, step } = found
    if (!isDecider(call, mine.actor)) return refuse('forbidden_decision')
    const operation = operationFor(`ticket.${step}`)
    const input = operation.input.safeParse({ ticketId: ticket.id, text })
    if (!input.success) return refuse('field_invalid', { field: 'text' })
    const written = await call.work.writeBoth(
      { operation: operation as unknown as Operation<z.ZodType, unknown, (typeof takeTicket.refusals)[number]>, input: input.data, auditKind: 'wrote' },
      ({ opId }) => correctedBy('superseded', eventId, ticket.customerId, opId),
      call.actor,
    )
    return written.ok ? ok({ ticketId: ticket.id }) : written
  },
}

/** The steps by which others took the ticket away from the state this one was written for, up to its arrival. */
function movedOn(events: readonly TicketEventRow[], mine: TicketEventRow, writtenFor: string | null): readonly TicketEventRow[] {
  const before = events.filter((event) => event.seq < mine.seq && !event.superseded && event.kind !== 'attached' && event.fromState !== event.toState)
  const at = before.findLastIndex(({ fromState }) => fromState === writtenFor)
  return at === -1 ? before.slice(-1) : before.slice(at)
}
