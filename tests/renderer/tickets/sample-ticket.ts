import type { TicketSummary } from '../../../shared/contract/customers.ts'
import type { TicketDetail } from '../../../shared/contract/tickets.ts'
import { civilDay } from '../../../shared/domain/civil-day.ts'
import { allowedSteps } from '../../../shared/domain/ticket.ts'

export function sampleSummary(change: Partial<TicketSummary> = {}): TicketSummary {
  return {
    ticketId: 'ticket-1',
    code: 'T-2026-ABC2345',
    customerId: 'nord:000002',
    customerName: 'Bianchi Anna',
    supplyPointId: null,
    area: 'water',
    type: 'complaint',
    subject: 'Bolletta raddoppiata',
    state: 'new',
    receivedDay: civilDay(2026, 11, 13),
    openedAt: '2026-11-13T08:00:00.000Z',
    updatedAt: '2026-11-13T08:00:00.000Z',
    assignee: null,
    receipt: 'queued',
    ...change,
  }
}

export function sampleTicket(change: Partial<TicketDetail> = {}): TicketDetail {
  const state = change.state ?? 'new'
  return {
    ...sampleSummary({ state }),
    number: null,
    channel: 'phone',
    priority: 'normal',
    origin: 'desk',
    supplyLabel: null,
    events: [{ id: 'e1', at: '2026-11-13T08:00:00.000Z', actor: 'Giulia Ferrante', desk: 'TS-04', kind: 'opened', fromState: null, toState: 'new', text: null, receipt: 'queued', superseded: false }],
    steps: allowedSteps(state),
    today: civilDay(2026, 11, 20),
    ...change,
  }
}
