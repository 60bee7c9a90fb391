import type { TicketEventView } from '../../../../shared/contract/tickets.ts'
import type { TicketState } from '../../../../shared/domain/records/tickets.ts'

export type TrackStop = { readonly state: TicketState; readonly mark: 'passed' | 'current' | 'ahead' }

const way = ['new', 'in_charge', 'waiting', 'answered', 'closed'] as const satisfies readonly TicketState[]

/**
 * The way of a ticket from new to closed, with where it stands. A state counts as passed only if the ticket was in it;
 * what lies before the last reopening is not counted. A cancelled ticket ends where it was cancelled.
 */
export function stateTrack(state: TicketState, events: readonly Pick<TicketEventView, 'kind' | 'toState'>[]): TrackStop[] {
  const reopened = events.findLastIndex((event) => event.kind === 'reopened')
  const been = new Set<TicketState>(['new', ...events.slice(Math.max(0, reopened)).map((event) => event.toState)])
  const mark = (stop: TicketState): TrackStop['mark'] => (stop === state ? 'current' : been.has(stop) && isBefore(stop, state) ? 'passed' : 'ahead')
  if (state === 'cancelled') return [...way.filter((stop) => stop !== 'closed' && been.has(stop)).map((stop) => ({ state: stop, mark: 'passed' as const })), { state, mark: 'current' }]
  return way.map((stop) => ({ state: stop, mark: mark(stop) }))
}

function isBefore(stop: TicketState, state: TicketState): boolean {
  const order: readonly TicketState[] = way
  return order.indexOf(stop) < order.indexOf(state)
}
