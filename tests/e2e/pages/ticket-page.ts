import type { Locator, Page } from '@playwright/test'
import type { TicketEventKind, TicketState } from '../../../shared/domain/records/tickets.ts'
import type { TicketStep } from '../../../shared/domain/ticket.ts'
import type { Words } from '../words.ts'

/** One ticket: where it stands, its story, the step that is being written. */
export class TicketPage {
  readonly subject: Locator
  readonly track: Locator
  readonly story: Locator
  readonly entries: Locator
  readonly facts: Locator
  readonly alert: Locator
  readonly draft: Locator
  readonly #sheet: Locator
  readonly #words: Words

  constructor(page: Page, words: Words) {
    const { tickets } = words
    this.#words = words
    this.#sheet = page.getByRole('article')
    this.subject = this.#sheet.getByRole('heading', { level: 1 })
    this.track = this.#sheet.getByRole('list', { name: tickets.track.label })
    this.story = this.#sheet.getByRole('list', { name: tickets.page.story })
    this.entries = this.story.getByRole('listitem')
    this.facts = this.#sheet.getByRole('complementary', { name: tickets.page.details })
    this.alert = this.#sheet.getByRole('alert')
    this.draft = this.#sheet.getByRole('status')
  }

  /** The button that chooses a step, where it is offered. */
  step(step: TicketStep): Locator {
    return this.#sheet.getByRole('button', { name: this.#words.tickets.step[step], exact: true })
  }

  /** Where the words of a step are written. */
  text(step: Exclude<TicketStep, 'take'>): Locator {
    return this.#sheet.getByRole('textbox', { name: this.#words.tickets.write[step] })
  }

  submit(step: TicketStep): Locator {
    return this.#sheet.getByRole('button', { name: this.#words.tickets.submit[step], exact: true })
  }

  /** Where the ticket stands now. */
  state(state: TicketState): Locator {
    return this.track.getByRole('listitem').filter({ hasText: `${this.#words.tickets.track[state]}, ${this.#words.tickets.track.current}` })
  }

  /** Entries of the story of one kind, newest first. */
  entry(kind: TicketEventKind): Locator {
    return this.entries.filter({ has: this.story.page().getByText(this.#words.tickets.event[kind], { exact: true }) })
  }
}
