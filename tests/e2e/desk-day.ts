import type { Page } from '@playwright/test'
import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { expect } from './fixtures.ts'
import { administrationPage } from './pages/administration-page.ts'
import { customerPage } from './pages/customer-page.ts'
import { deskPage } from './pages/desk-page.ts'
import { lookupPage } from './pages/lookup-page.ts'
import { newTicketPage } from './pages/new-ticket-page.ts'
import { readingPage } from './pages/reading-page.ts'
import { syncPage } from './pages/sync-page.ts'
import { ticketPage } from './pages/ticket-page.ts'
import { fill } from './words.ts'
import type { Words } from './words.ts'

const elena = knownCustomers.zanierElena
export const hubName = 'Sportello'

/** All parts of a desk that works with others. */
export function pagesOf(page: Page, words: Words) {
  return {
    page,
    frame: deskPage(page, words),
    lookup: lookupPage(page, words),
    customer: customerPage(page, words),
    ticketForm: newTicketPage(page, words),
    ticket: ticketPage(page, words),
    reading: readingPage(page, words),
    sync: syncPage(page, words),
    area: administrationPage(page, words),
  }
}
export type Pages = ReturnType<typeof pagesOf>

export async function openElena({ page, lookup, customer }: Pages): Promise<void> {
  await lookup.search('zanier elena')
  await expect(lookup.chosen).toContainText(elena.name)
  await page.keyboard.press('Enter')
  await expect(customer.name).toHaveText(elena.name)
}

export async function joinHub({ frame, sync }: Pages, words: Words, address: string, code: string): Promise<void> {
  await frame.area('outbox').click()
  await sync.join.click()
  await sync.joining.address.fill(address)
  await sync.joining.code.fill(code)
  await sync.joining.submit.click()
  await expect(sync.joining.done(hubName)).toBeVisible()
  await sync.joining.close.click()
  await expect(sync.link(fill(words.sync.link.connected, { hub: hubName })), 'the first copy is whole').toBeVisible({ timeout: 60_000 })
}
