import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { expect, onlyServe, test } from './fixtures.ts'
import { openElena } from './open-customer.ts'
import { customerPage } from './pages/customer-page.ts'
import { deskPage } from './pages/desk-page.ts'
import { lookupPage } from './pages/lookup-page.ts'
import { newTicketPage } from './pages/new-ticket-page.ts'
import { ticketPage } from './pages/ticket-page.ts'
import { pattern } from './words.ts'

const elena = knownCustomers.zanierElena

test('a line that drops is said, loses nothing, and goes on when it is back', onlyServe('a window and its process have no line that can drop'), async ({ desk }) => {
  const { page, words } = desk
  const form = newTicketPage(page, words)
  const lookup = lookupPage(page, words)
  await desk.signIn('agent')
  await openElena(desk)
  await customerPage(page, words).newTicket.click()
  await form.area('water').check()
  await form.type('information').check()
  await form.subject.fill('Cambio dell’indirizzo')

  desk.allowNetworkErrors()
  await page.route('**/call', (route) => route.abort())
  await form.text.fill('Da dicembre abita in un’altra via.')
  await expect(form.draft.filter({ hasText: words.drafts.failed })).toBeVisible()
  await form.submit.click()
  await expect(form.alert).toContainText(words.desk.error.unreachable)
  await expect(form.subject).toHaveValue('Cambio dell’indirizzo')
  await lookup.search('rossi')
  await expect(page.getByRole('alert')).toContainText(words.desk.error.unreachable)
  await expect(lookup.box).toHaveValue('rossi')

  await page.unroute('**/call')
  await page.getByRole('button', { name: words.ui.retry }).click()
  await expect(lookup.chosen).toContainText('Rossi')
  await deskPage(page, words).tab(elena.name).click()
  await expect(form.text).toHaveValue('Da dicembre abita in un’altra via.')
  await form.submit.click()
  await expect(ticketPage(page, words).subject).toHaveText('Cambio dell’indirizzo')
})

test('a host that is gone is said, and whoever signs in again finds what was typed', onlyServe('a window goes with its process'), async ({ desk }) => {
  const { page, words } = desk
  const form = newTicketPage(page, words)
  await desk.signIn('agent')
  await openElena(desk)
  await customerPage(page, words).newTicket.click()
  await form.type('report').check()
  await form.subject.fill('Tombino aperto')
  await expect(page.getByText(pattern(words.drafts.saved))).toBeVisible()

  desk.allowNetworkErrors()
  await desk.kill()
  const gone = page.getByRole('alert').filter({ hasText: words.desk.hostGone.silent })
  await expect(gone, 'said without a further action').toBeVisible()
  await form.submit.click()
  await expect(form.alert.first()).toBeVisible()
  await form.area('water').check()
  await form.submit.click()
  await expect(form.alert).toContainText(words.desk.error.unreachable)
  await expect(form.subject).toHaveValue('Tombino aperto')

  await desk.restart()
  await expect(page.getByRole('alert').filter({ hasText: words.desk.hostGone.stranger }), 'the old page says where to go').toBeVisible()
  await expect(form.subject).toHaveValue('Tombino aperto')
  await desk.signInAgain('agent')
  await expect(gone).toBeHidden()
  await expect(form.subject).toHaveValue('Tombino aperto')
  await expect(form.type('report')).toBeChecked()
})
