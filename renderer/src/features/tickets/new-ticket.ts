import type { InputOf } from '../../../../shared/contract/call.ts'
import type { ticketsCalls } from '../../../../shared/contract/tickets.ts'
import { formatCivilDay, parseCivilDay } from '../../../../shared/domain/civil-day.ts'
import type { CivilDay } from '../../../../shared/domain/civil-day.ts'
import type { Commodity } from '../../../../shared/domain/records/master.ts'
import { ticketAreas, ticketChannels, ticketTypes } from '../../../../shared/domain/records/tickets.ts'
import type { TicketArea, TicketChannel, TicketType } from '../../../../shared/domain/records/tickets.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'

/** The form as it is on the screen; '' is "not chosen yet", for the supply point "none in particular". */
export type NewTicket = {
  readonly supplyPointId: string
  readonly area: TicketArea | ''
  readonly type: TicketType | ''
  readonly channel: TicketChannel
  /** As typed, gg/mm/aaaa. */
  readonly received: string
  readonly subject: string
  readonly text: string
  readonly priority: 'normal' | 'high'
}
export type NewTicketField = keyof NewTicket
export type FieldProblems = { readonly [F in NewTicketField]?: MessageKey }

export function emptyTicket(today: CivilDay | null): NewTicket {
  return { supplyPointId: '', area: '', type: '', channel: 'phone', received: today === null ? '' : formatCivilDay(today), subject: '', text: '', priority: 'normal' }
}

/** S4 knows water, waste and "energia", which is electricity and gas. */
export function areaOfCommodity(commodity: Commodity): TicketArea {
  return commodity === 'water' || commodity === 'waste' ? commodity : 'energy'
}

/** What is wrong with each field; empty when the ticket can be opened. */
export function problemsOf(form: NewTicket, today: CivilDay): FieldProblems {
  const subject = form.subject.trim()
  const day = dayProblem(form.received, today)
  return {
    ...(form.area === '' ? { area: 'tickets.create.missing.area' } : {}),
    ...(form.type === '' ? { type: 'tickets.create.missing.type' } : {}),
    ...(day === null ? {} : { received: day }),
    ...(subject.length < 3 ? { subject: 'tickets.create.missing.subject' } : subject.length > 200 ? { subject: 'tickets.create.missing.subjectLong' } : {}),
    ...(form.text.trim().length > 20_000 ? { text: 'tickets.create.missing.textLong' } : {}),
  }
}

/** What is wrong with a typed day of reception: not a date, not in the calendar, or after today. */
export function dayProblem(typed: string, today: CivilDay): MessageKey | null {
  const day = parseCivilDay(typed)
  if (!day.ok) return day.reason === 'day_not_in_calendar' ? 'tickets.create.day.calendar' : 'tickets.create.day.format'
  return day.value > today ? 'tickets.create.day.future' : null
}

/** What the call takes, or `null` while something is missing. */
export function ticketInput(form: NewTicket, customerId: string): InputOf<typeof ticketsCalls.open> | null {
  const day = parseCivilDay(form.received)
  if (form.area === '' || form.type === '' || !day.ok) return null
  return {
    customerId,
    supplyPointId: form.supplyPointId === '' ? null : form.supplyPointId,
    area: form.area,
    type: form.type,
    channel: form.channel,
    receivedDay: day.value,
    subject: form.subject.trim(),
    text: form.text.trim(),
    priority: form.priority,
  }
}

/** Whether there is anything worth coming back to. */
export function isWorthKeeping(form: NewTicket): boolean {
  return form.type !== '' || form.subject.trim() !== '' || form.text.trim() !== ''
}

export function draftOf(form: NewTicket): string {
  return isWorthKeeping(form) ? JSON.stringify(form) : ''
}

/** The form from a draft; what is missing or no longer allowed falls back to `fallback`. */
export function formFromDraft(draft: string, fallback: NewTicket): NewTicket {
  const kept = parsed(draft)
  const text = (key: NewTicketField): string | undefined => (typeof kept[key] === 'string' ? kept[key] : undefined)
  return {
    supplyPointId: text('supplyPointId') ?? fallback.supplyPointId,
    area: ticketAreas.find((area) => area === kept['area']) ?? fallback.area,
    type: ticketTypes.find((type) => type === kept['type']) ?? fallback.type,
    channel: ticketChannels.find((channel) => channel === kept['channel']) ?? fallback.channel,
    received: text('received') ?? fallback.received,
    subject: text('subject') ?? fallback.subject,
    text: text('text') ?? fallback.text,
    priority: kept['priority'] === 'high' ? 'high' : fallback.priority,
  }
}

function parsed(draft: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(draft)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
