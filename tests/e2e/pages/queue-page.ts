import type { Locator, Page } from '@playwright/test'
import type { TicketState } from '../../../shared/domain/records/tickets.ts'
import type { Words } from '../words.ts'

/** The office's tickets, oldest first. */
export function queuePage(page: Page, words: Words) {
  const { queue, state } = words.tickets
  const table = page.getByRole('grid', { name: queue.title })
  const filters = page.getByRole('group', { name: queue.filters })
  return {
    table,
    filters,
    heading: page.getByRole('heading', { level: 1, name: queue.title }),
    row: (text: string): Locator => table.getByRole('row').filter({ hasText: text }),
    state: (one: TicketState): Locator => filters.getByRole('button', { name: state[one], exact: true }),
  }
}
