import { z } from '../domain/schema.ts'
import type { TicketEventRow, TicketRow, TicketState } from '../domain/records/tickets.ts'
import { ticketAreas, ticketChannels, ticketStates, ticketTypes } from '../domain/records/tickets.ts'
import type { CustomerId, SupplyPointId, TicketId } from '../domain/ids.ts'
import type { Json } from '../domain/json.ts'
import { isCivilDay } from '../domain/civil-day.ts'
import { refuse } from '../domain/result.ts'
import { needsAnswerBeforeClose, offlineTicketCode, stepEvent, stepTarget } from '../domain/ticket.ts'
import type { TicketStep } from '../domain/ticket.ts'
import { everyRole } from './roles.ts'
import { apply, operation } from './operation.ts'
import type { Decision, Facts, Merge, Reader } from './operation.ts'

const stepRefusals = ['ticket_not_found', 'step_not_allowed', 'answer_missing'] as const
type StepRefusal = (typeof stepRefusals)[number]
type StepRecords = { ticket: TicketRow | null; events: readonly TicketEventRow[] }

const text = z.string().trim().min(1).max(20_000)
const ticketId = z.string().min(1).max(64)
const day = z.string().refine(isCivilDay, 'civil_day').transform((value) => value)

/** Opens a ticket on behalf of a customer. The day received counts for the deadlines and may lie in the past, never in the future. */
export const openTicket = operation({
  kind: 'ticket.open',
  version: 1,
  input: z.strictObject({
    customerId: z.string().min(1).max(80),
    supplyPointId: z.string().min(1).max(80).nullable().default(null),
    area: z.enum(ticketAreas),
    type: z.enum(ticketTypes),
    channel: z.enum(ticketChannels),
    receivedDay: day,
    subject: z.string().trim().min(3).max(200),
    text: z.string().trim().max(20_000).default(''),
    priority: z.enum(['normal', 'high']).default('normal'),
  }),
  refusals: ['customer_not_found', 'supply_point_not_of_customer', 'received_in_future'],
  roles: everyRole,
  load: async (read, input) => ({
    customer: await read.one('customer', { id: input.customerId as CustomerId }),
    contract:
      input.supplyPointId === null
        ? null
        : await read.one('contract', { customerId: input.customerId as CustomerId, supplyPointId: input.supplyPointId as SupplyPointId }),
  }),
  decide: ({ customer, contract }, input, facts) => {
    if (!customer) return refuse('customer_not_found')
    if (input.supplyPointId !== null && !contract) return refuse('supply_point_not_of_customer')
    if (input.receivedDay > facts.today) return refuse('received_in_future', { today: facts.today })
    const id = facts.opId as TicketId
    const ticket: TicketRow = {
      id,
      code: offlineTicketCode(facts.opId, facts.today.slice(0, 4)),
      number: null,
      customerId: customer.id,
      supplyPointId: contract?.supplyPointId ?? null,
      area: input.area,
      type: input.type,
      channel: input.channel,
      subject: input.subject,
      receivedDay: input.receivedDay,
      state: 'new',
      priority: input.priority,
      assignee: null,
      openedAt: facts.now,
      updatedAt: facts.now,
      origin: 'desk',
    }
    const event = eventRow(id, facts, 'opened', null, 'new', input.text === '' ? null : input.text, 1)
    return apply({ entity: 'ticket', id, customerId: customer.id }, { table: 'ticket', action: 'insert', row: ticket }, { table: 'ticketEvent', action: 'insert', row: event })
  },
})

export const takeTicket = step('take', z.strictObject({ ticketId, text: z.string().trim().max(20_000).default('') }))
export const noteTicket = step('note', z.strictObject({ ticketId, text }))
export const waitTicket = step('wait', z.strictObject({ ticketId, text }))
export const answerTicket = step('answer', z.strictObject({ ticketId, text }))
export const closeTicket = step('close', z.strictObject({ ticketId, text: z.string().trim().max(20_000).default('') }))
export const reopenTicket = step('reopen', z.strictObject({ ticketId, text }))
export const cancelTicket = step('cancel', z.strictObject({ ticketId, text }))

/** A step of a ticket: one more event, and the state it leads to. `step_not_allowed` names the state found. */
function step<I extends z.ZodType<{ ticketId: string; text: string }>, const S extends TicketStep>(name: S, input: I) {
  return operation<I, StepRecords, StepRefusal, `ticket.${S}`>({
    kind: `ticket.${name}`,
    version: 1,
    input,
    refusals: stepRefusals,
    roles: everyRole,
    load: (read, parsed) => loadTicket(read, parsed.ticketId as TicketId),
    decide: (records, parsed, facts) => decideStep(name, records, parsed.text, facts),
    basis: ({ ticket }) => (ticket ? { state: ticket.state } : null),
    merge: (records, parsed, facts, basis) => mergeStep(name, records, parsed.text, facts, basis),
  })
}

async function loadTicket(read: Reader, id: TicketId): Promise<StepRecords> {
  return { ticket: await read.one('ticket', { id }), events: await read.many('ticketEvent', { ticketId: id }, { by: 'seq' }) }
}

function decideStep(name: TicketStep, { ticket, events }: StepRecords, written: string, facts: Facts): Decision<StepRefusal> {
  if (!ticket) return refuse('ticket_not_found')
  const target = stepTarget(name, ticket.state)
  if (target === null) return refuse('step_not_allowed', { state: ticket.state })
  if (name === 'close' && needsAnswerBeforeClose(ticket.type) && !answeredSinceReopened(events)) return refuse('answer_missing', { type: ticket.type })
  const event = eventRow(ticket.id, facts, stepEvent(name), ticket.state, target, written === '' ? null : written, (events.at(-1)?.seq ?? 0) + 1)
  const assignee = name === 'take' || (name === 'reopen' && ticket.assignee === null) ? { assignee: facts.actor.id } : {}
  return apply(
    { entity: 'ticket', id: ticket.id, customerId: ticket.customerId },
    { table: 'ticket', action: 'update', where: { id: ticket.id }, set: { state: target, updatedAt: facts.now, ...assignee } },
    { table: 'ticketEvent', action: 'insert', row: event },
  )
}

/**
 * Another desk moved the ticket on first: the step stays in the story with its words and the state it was written for, and the ticket
 * where it is. A note needs no state and is never out of date.
 */
function mergeStep(name: TicketStep, { ticket, events }: StepRecords, written: string, facts: Facts, basis: Json): Merge | null {
  if (!ticket || name === 'note' || !isStateBasis(basis) || basis.state === ticket.state) return null
  const seq = (events.at(-1)?.seq ?? 0) + 1
  const event = { ...eventRow(ticket.id, facts, stepEvent(name), basis.state, ticket.state, written === '' ? null : written, seq), superseded: true }
  return { outcome: 'superseded', code: 'ticket_moved_on', changes: [{ table: 'ticketEvent', action: 'insert', row: event }], subject: { entity: 'ticket', id: ticket.id, customerId: ticket.customerId } }
}

function isStateBasis(basis: Json): basis is { readonly state: TicketState } {
  return basis !== null && typeof basis === 'object' && 'state' in basis && (ticketStates as readonly unknown[]).includes(basis.state)
}

function answeredSinceReopened(events: readonly TicketEventRow[]): boolean {
  const last = events.findLast((event) => !event.superseded && (event.kind === 'answered' || event.kind === 'reopened'))
  return last?.kind === 'answered'
}

function eventRow(ticketId: TicketId, facts: Facts, kind: TicketEventRow['kind'], fromState: TicketState | null, toState: TicketState, written: string | null, seq: number): TicketEventRow {
  return { id: facts.opId, ticketId, at: facts.now, actor: facts.actor.id, desk: facts.desk, kind, fromState, toState, text: written, seq, superseded: false }
}
