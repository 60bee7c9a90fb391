import type { Locator, Page } from '@playwright/test'
import type { TicketEventKind, TicketState } from '../../../shared/domain/records/tickets.ts'
import type { TicketStep } from '../../../shared/domain/ticket.ts'
import { fill } from '../words.ts'
import type { Words } from '../words.ts'

/** One ticket: where it stands, its story, the step that is being written. */
export function ticketPage(page: Page, words: Words) {
  const { tickets } = words
  const sheet = page.getByRole('article')
  const track = sheet.getByRole('list', { name: tickets.track.label })
  const entries = sheet.getByRole('list', { name: tickets.page.story }).getByRole('listitem')
  return {
    entries,
    subject: sheet.getByRole('heading', { level: 1 }),
    facts: sheet.getByRole('complementary', { name: tickets.page.details }),
    alert: sheet.getByRole('alert'),
    draft: sheet.getByRole('status'),
    /** Who writes at another desk. */
    atWork: (name: string, at: string): Locator => sheet.getByText(fill(tickets.atWork.who, { name, desk: at }), { exact: true }),
    /** The button that chooses a step, where it is offered. */
    step: (step: TicketStep): Locator => sheet.getByRole('button', { name: tickets.step[step], exact: true }),
    /** Where the words of a step are written. */
    text: (step: Exclude<TicketStep, 'take'>): Locator => sheet.getByRole('textbox', { name: tickets.write[step] }),
    submit: (step: TicketStep): Locator => sheet.getByRole('button', { name: tickets.submit[step], exact: true }),
    /** Where the ticket stands now. */
    state: (state: TicketState): Locator => track.getByRole('listitem').filter({ hasText: `${tickets.track[state]}, ${tickets.track.current}` }),
    /** Entries of the story of one kind, newest first. */
    entry: (kind: TicketEventKind): Locator => entries.filter({ has: page.getByText(tickets.event[kind], { exact: true }) }),
  }
}
