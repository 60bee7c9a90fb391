import type { TicketArea, TicketChannel, TicketEventKind, TicketState, TicketType } from '../../shared/domain/records/tickets.ts'
import { dayText } from './calendar.ts'
import { answers, desks, notes, staff, subjects, waits } from './data/ticket-texts.ts'
import type { CustomerPlan, SupplyPlan, TicketPlan } from './plan.ts'
import { weightedTable, draw } from './random.ts'
import type { Dice } from './random.ts'
import { csv } from './sink.ts'
import type { DemoSink } from './sink.ts'

const areas: Readonly<Record<SupplyPlan['commodity'], TicketArea>> = { electricity: 'energy', gas: 'energy', water: 'water', waste: 'waste' }
const types: readonly TicketType[] = ['information', 'report', 'complaint', 'rectification', 'anomalous_bill', 'double_billing', 'praise']
const typeTable = weightedTable([44, 20, 13, 12, 5, 3, 3])
const channels: readonly TicketChannel[] = ['phone', 'counter', 'email', 'portal', 'web', 'mail', 'pec']
const channelTable = weightedTable([46, 17, 14, 9, 6, 4, 4])
const openStates: readonly TicketState[] = ['in_charge', 'new', 'waiting', 'answered', 'closed']
const openTable = weightedTable([40, 26, 15, 11, 8])

const shares = { none: 0.8, one: 0.94, recent: 0.16, stillOpen: 0.015, cancelled: 0.03, high: 0.07, note: 0.5, wait: 0.2 }
const recentDays = 34
const oldestDays = 900
const maxTickets = 3

function pickTicket(dice: Dice, plan: CustomerPlan): TicketPlan | null {
  if (plan.supplies.length === 0) return null
  const index = dice.below(plan.supplies.length)
  const supply = plan.supplies[index]
  if (supply === undefined) return null
  const type = draw(dice, types, typeTable)
  const recent = dice.chance(shares.recent)
  const state = recent ? draw(dice, openStates, openTable) : dice.chance(shares.stillOpen) ? 'in_charge' : dice.chance(shares.cancelled) ? 'cancelled' : 'closed'
  return {
    area: areas[supply.commodity],
    type,
    channel: draw(dice, channels, channelTable),
    subject: dice.pick(subjects[supply.commodity][type]),
    state,
    daysAgo: recent ? dice.between(1, recentDays) : dice.between(recentDays + 1, oldestDays),
    priority: dice.chance(shares.high) ? 'high' : 'normal',
    supply: index,
  }
}

function pickTickets(dice: Dice, plan: CustomerPlan): TicketPlan[] {
  const some = dice.unit()
  const count = some < shares.none ? 0 : some < shares.one ? 1 : dice.between(2, maxTickets)
  return Array.from({ length: count }, () => pickTicket(dice, plan)).filter(ticket => ticket !== null)
}

type Step = { kind: TicketEventKind; to: TicketState; text: string }

/** The steps that lead to a state. */
function stepsTo(dice: Dice, state: TicketState): Step[] {
  const steps: Step[] = [{ kind: 'opened', to: 'new', text: '' }]
  if (state === 'new') return steps
  if (state === 'cancelled') return [...steps, { kind: 'cancelled', to: 'cancelled', text: 'Richiesta ritirata dal cliente.' }]
  steps.push({ kind: 'taken', to: 'in_charge', text: '' })
  if (dice.chance(shares.note)) steps.push({ kind: 'noted', to: 'in_charge', text: dice.pick(notes) })
  if (state === 'waiting' || (state !== 'in_charge' && dice.chance(shares.wait))) steps.push({ kind: 'waiting', to: 'waiting', text: dice.pick(waits) })
  if (state === 'answered' || state === 'closed') steps.push({ kind: 'answered', to: 'answered', text: dice.pick(answers) })
  if (state === 'closed') steps.push({ kind: 'closed', to: 'closed', text: '' })
  return steps
}

const two = (n: number): string => String(n).padStart(2, '0')
const firstMinute = 8 * 60 + 30
const lastMinute = 17 * 60 + 20

/** Number of the former system for the k-th ticket of a row. */
export function ticketCode(row: number, k: number): string {
  return `P-${String(row * maxTickets + k + 1).padStart(7, '0')}`
}

function writeTicket(plan: CustomerPlan, ticket: TicketPlan, code: string, dice: Dice, sink: DemoSink, today: number): void {
  const supply = ticket.supply === null ? undefined : plan.supplies[ticket.supply]
  const steps = stepsTo(dice, ticket.state)
  const assignee = dice.pick(staff)
  const desk = dice.pick(desks)
  const received = today - ticket.daysAgo
  // Steps follow one another within a month or until yesterday, in office hours, each later than the one before.
  const span = Math.max(0, Math.min(ticket.daysAgo - 1, dice.between(3, 28)))
  let from: TicketState | '' = ''
  let opened = ''
  let updated = ''
  steps.forEach((step, i) => {
    const day = received + (i <= 1 ? Math.min(span, i) : Math.floor((span * i) / (steps.length - 1)))
    const slot = Math.floor((lastMinute - firstMinute) / steps.length)
    const minute = firstMinute + slot * i + dice.below(slot)
    const at = `${dayText(day)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`
    const actor = i === 0 ? 'Protocollo' : assignee
    sink.ticket_events(`${plan.brand};${code};${i + 1};${at};${actor};${desk};${step.kind};${from};${step.to};${csv(step.text)}\n`)
    from = step.to
    if (i === 0) opened = at
    updated = at
  })
  const point = supply === undefined ? ';' : `${supply.commodity};${supply.code}`
  const has = ticket.state === 'new' ? '' : assignee
  sink.tickets(`${plan.brand};${code};${plan.code};${point};${ticket.area};${ticket.type};${ticket.channel};${csv(ticket.subject)};${dayText(received)};${ticket.state};${ticket.priority};${has};${opened};${updated}\n`)
}

/** Writes the tickets of a customer with their story. */
export function writeTickets(plan: CustomerPlan, dice: Dice, sink: DemoSink, today: number): void {
  const tickets = plan.tickets ?? pickTickets(dice, plan)
  tickets.forEach((ticket, k) => writeTicket(plan, ticket, ticketCode(plan.row, k), dice, sink, today))
}
