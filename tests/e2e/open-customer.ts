import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { expect } from './fixtures.ts'
import type { Desk } from './fixtures.ts'
import { customerPage } from './pages/customer-page.ts'
import { lookupPage } from './pages/lookup-page.ts'

/** Opens the first customer that a text finds, by the keys. */
export async function openCustomer({ page, words }: Desk, text: string, name: string): Promise<void> {
  const lookup = lookupPage(page, words)
  await lookup.search(text)
  await expect(lookup.chosen).toContainText(name)
  await page.keyboard.press('Enter')
  await expect(customerPage(page, words).name).toHaveText(name)
}

/** Zanier Elena: water and waste, domestic, of the brand of S4. */
export function openElena(desk: Desk): Promise<void> {
  return openCustomer(desk, 'zanier elena', knownCustomers.zanierElena.name)
}
