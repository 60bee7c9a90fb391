import type { TicketEventKind, TicketState, TicketType } from './records/tickets.ts'

export const ticketSteps = ['take', 'note', 'wait', 'answer', 'close', 'reopen', 'cancel'] as const
export type TicketStep = (typeof ticketSteps)[number]

/** From which states a step may be taken, and where it leads; `same` keeps the state (a note). */
const stepRules: { readonly [S in TicketStep]: { readonly from: readonly TicketState[]; readonly to: TicketState | 'same'; readonly event: TicketEventKind } } = {
  take: { from: ['new', 'in_charge', 'waiting'], to: 'in_charge', event: 'taken' },
  note: { from: ['new', 'in_charge', 'waiting', 'answered', 'closed', 'cancelled'], to: 'same', event: 'noted' },
  wait: { from: ['in_charge'], to: 'waiting', event: 'waiting' },
  answer: { from: ['in_charge', 'waiting'], to: 'answered', event: 'answered' },
  close: { from: ['answered', 'in_charge'], to: 'closed', event: 'closed' },
  reopen: { from: ['answered', 'closed', 'cancelled'], to: 'in_charge', event: 'reopened' },
  cancel: { from: ['new', 'in_charge', 'waiting'], to: 'cancelled', event: 'cancelled' },
}

/** The state a step leads to, or `null` where the step is not allowed from `state`. */
export function stepTarget(step: TicketStep, state: TicketState): TicketState | null {
  const rule = stepRules[step]
  if (!rule.from.includes(state)) return null
  return rule.to === 'same' ? state : rule.to
}

export function stepEvent(step: TicketStep): TicketEventKind {
  return stepRules[step].event
}

/** Steps allowed from a state, in the order in which they are offered. */
export function allowedSteps(state: TicketState): TicketStep[] {
  return ticketSteps.filter((step) => stepTarget(step, state) !== null)
}

/** Complaints and billing corrections must be answered in writing before they close (TIQV, RQSII, TQRIF). */
export function needsAnswerBeforeClose(type: TicketType): boolean {
  return type === 'complaint' || type === 'rectification' || type === 'double_billing' || type === 'anomalous_bill'
}

/**
 * The number a ticket has until the hub gives it one: the tail of the operation's id, without look-alike characters.
 * It stays searchable for ever.
 */
export function offlineTicketCode(opId: string, year: string): string {
  const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
  let number = BigInt(`0x${opId.replaceAll('-', '').slice(-15)}`)
  let text = ''
  for (let i = 0; i < 7; i++) {
    text = alphabet.charAt(Number(number % 31n)) + text
    number /= 31n
  }
  return `T-${year}-${text}`
}
