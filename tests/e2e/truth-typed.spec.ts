import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { expect, test } from './fixtures.ts'
import { openElena } from './open-customer.ts'
import { openTicket } from './open-ticket.ts'
import { customerPage } from './pages/customer-page.ts'
import { newTicketPage } from './pages/new-ticket-page.ts'
import { portalPage } from './pages/portal-page.ts'
import { readingPage } from './pages/reading-page.ts'
import { ticketPage } from './pages/ticket-page.ts'
import { fill, pattern } from './words.ts'

const elena = knownCustomers.zanierElena
const [water, waste] = elena.supplies

test('what was typed after a success is not lost to it', async ({ desk }) => {
  const { page, words } = desk
  const portal = portalPage(page, words)
  await desk.signIn('agent')
  await openElena(desk)
  await customerPage(page, words).pageTab('portal').click()
  // The draft of the link is dropped slowly, while the next service is being typed.
  const release = await desk.hold('workspace.saveDraft')
  await portal.ask({ customerCode: elena.code, serviceCode: water.serviceCode, taxCode: elena.who.taxCode })
  await expect(portal.link(water.serviceCode)).toContainText(words.portal.links.active)
  await portal.customerCode.fill(`${elena.code}9`)
  await portal.serviceCode.fill(waste.serviceCode)
  await portal.taxCode.fill('ZNR')
  await release()
  await expect(page.getByText(pattern(words.drafts.saved))).toBeVisible()
  await expect(portal.customerCode).toHaveValue(`${elena.code}9`)
  await expect(portal.serviceCode).toHaveValue(waste.serviceCode)
  await expect(portal.taxCode).toBeFocused()
})

test('a note that was being written returns after a reload and after a power cut', async ({ desk }) => {
  const { page, words } = desk
  const ticket = ticketPage(page, words)
  const form = newTicketPage(page, words)
  const frame = await desk.signIn('agent')
  await openElena(desk)
  await openTicket(desk, 'Lettura stimata')

  const saved = page.getByText(pattern(words.drafts.saved))
  await ticket.step('note').click()
  await ticket.text('note').fill('Ha richiamato alle dieci')
  await expect(saved).toBeVisible()
  await page.reload()
  await expect(ticket.subject).toHaveText('Lettura stimata')
  await ticket.step('note').click()
  await expect(ticket.text('note')).toHaveValue('Ha richiamato alle dieci')

  await frame.tab(elena.name).click()
  await customerPage(page, words).newTicket.click()
  await form.type('praise').check()
  await form.subject.fill('Ringrazia il tecnico')
  await expect(saved).toBeVisible()
  await desk.restart()
  await desk.signInAgain('agent')
  await expect(form.subject).toHaveValue('Ringrazia il tecnico')
  await expect(form.type('praise')).toBeChecked()
  await frame.tabs.last().click()
  await ticket.step('note').click()
  await expect(ticket.text('note')).toHaveValue('Ha richiamato alle dieci')
  await ticket.submit('note').click()
  await expect(ticket.entry('noted')).toContainText('Ha richiamato alle dieci')
  await page.reload()
  await expect(ticket.entry('noted')).toHaveCount(1)
  await ticket.step('note').click()
  await expect(ticket.text('note')).toHaveValue('')
})

test('nothing is lost when the line under the form says it was saved', async ({ desk }) => {
  const { page, words } = desk
  const reading = readingPage(page, words)
  const { meter } = words.readings.meter
  await desk.signIn('agent')
  await openElena(desk)
  await customerPage(page, words).newReading.click()
  await reading.typed(meter).fill('1234')
  await expect(page.getByText(pattern(words.drafts.saved))).toBeVisible()
  await desk.restart()
  await desk.signInAgain('agent')
  await expect(reading.counter(meter)).toContainText(fill(words.readings.echo.value, { value: '1.234', unit: words.readings.unit.long.water }))
})
