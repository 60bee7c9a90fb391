import type { Locator, Page } from '@playwright/test'
import type { TicketState } from '../../../shared/domain/records/tickets.ts'
import type { Words } from '../words.ts'

/** The office's tickets, oldest first. */
export class QueuePage {
  readonly heading: Locator
  readonly table: Locator
  readonly rows: Locator
  readonly filters: Locator
  readonly #words: Words

  constructor(page: Page, words: Words) {
    const { queue } = words.tickets
    this.#words = words
    this.heading = page.getByRole('heading', { level: 1, name: queue.title })
    this.table = page.getByRole('grid', { name: queue.title })
    this.rows = this.table.getByRole('row')
    this.filters = page.getByRole('group', { name: queue.filters })
  }

  state(state: TicketState): Locator {
    return this.filters.getByRole('button', { name: this.#words.tickets.state[state], exact: true })
  }
}
