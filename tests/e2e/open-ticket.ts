import { expect } from './fixtures.ts'
import type { Desk } from './fixtures.ts'
import { customerPage } from './pages/customer-page.ts'
import { newTicketPage } from './pages/new-ticket-page.ts'
import { ticketPage } from './pages/ticket-page.ts'

/** Opens a ticket for the customer in view and leaves its page on the screen. */
export async function openTicket({ page, words }: Desk, subject: string): Promise<void> {
  const form = newTicketPage(page, words)
  await customerPage(page, words).newTicket.click()
  await form.area('water').check()
  await form.type('information').check()
  await form.subject.fill(subject)
  await form.submit.click()
  await expect(ticketPage(page, words).subject).toHaveText(subject)
}
