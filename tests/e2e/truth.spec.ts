import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { demoPeople } from '../../scripts/demo-setup.ts'
import { expect, test } from './fixtures.ts'
import { openElena } from './open-customer.ts'
import { openTicket } from './open-ticket.ts'
import { customerPage } from './pages/customer-page.ts'
import { deskPage } from './pages/desk-page.ts'
import { newTicketPage } from './pages/new-ticket-page.ts'
import { portalPage } from './pages/portal-page.ts'
import { readingPage } from './pages/reading-page.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { ticketPage } from './pages/ticket-page.ts'
import { pattern } from './words.ts'

const elena = knownCustomers.zanierElena
const [, waste] = elena.supplies
/** The demo's people were added on this desk too. */
const before = demoPeople.length

test('each write is counted and carries its receipt', async ({ desk }) => {
  const { page, words } = desk
  const { queued } = words.ui.receipt
  const ticket = ticketPage(page, words)
  const reading = readingPage(page, words)
  const portal = portalPage(page, words)
  const customer = customerPage(page, words)
  const frame = await desk.signIn('agent')
  await expect(frame.queued(before)).toBeVisible()
  await expect(frame.status).toContainText(words.desk.status.noHub)
  await openElena(desk)

  await openTicket(desk, 'Domanda sulla bolletta')
  await expect(frame.queued(before + 1)).toBeVisible()
  await expect(ticket.entry('opened')).toContainText(queued)
  await ticket.step('take').click()
  await expect(frame.queued(before + 2)).toBeVisible()
  await expect(ticket.entry('taken')).toContainText(queued)

  await frame.tab(elena.name).click()
  await customer.newReading.click()
  const { meter } = words.readings.meter
  await reading.typed(meter).fill(String((await reading.lastValue(meter)) + 1))
  await reading.save.click()
  await expect(reading.today).toContainText(queued)
  await expect(frame.queued(before + 3)).toBeVisible()
  await reading.back.click()

  await customer.pageTab('portal').click()
  await portal.ask({ customerCode: elena.code, serviceCode: waste.serviceCode, taxCode: elena.who.taxCode })
  await expect(portal.link(waste.serviceCode)).toContainText(queued)
  await expect(frame.queued(before + 4)).toBeVisible()
  await expect(frame.status.getByText(pattern(words.ui.status.saved))).toBeVisible()

  await test.step('the outbox lists them all, newest or oldest, with what they are and why they wait', async () => {
    await frame.queued(before + 4).click()
    const rows = page.getByRole('grid', { name: words.outbox.unconfirmed }).getByRole('row')
    await expect(rows).toHaveCount(1 + before + 4)
    const { kind } = words.outbox
    for (const what of [kind.ticketOpen, kind.ticketStep, kind.readingEnter, kind.portalLink]) {
      await expect(rows.filter({ hasText: what })).toContainText(queued)
      await expect(rows.filter({ hasText: what })).toContainText(words.outbox.reason.noHub)
    }
    await expect(page.getByRole('main')).toContainText(words.outbox.noHub)
  })
})

test('a refused reading, link or ticket keeps what was typed', async ({ desk }) => {
  const { page, words } = desk
  const form = newTicketPage(page, words)
  const portal = portalPage(page, words)
  const customer = customerPage(page, words)
  const reading = readingPage(page, words)
  const frame = await desk.signIn('agent')
  await openElena(desk)

  await test.step('a ticket from the future', async () => {
    await customer.newTicket.click()
    await form.area('waste').check()
    await form.type('complaint').check()
    await form.subject.fill('Cassonetto rotto')
    await form.text.fill('Da lunedì.')
    await form.received.fill('31/12/2098')
    await form.submit.click()
    await expect(form.received).toHaveAccessibleDescription(words.tickets.create.day.future)
    await expect(form.received).toBeFocused()
    await expect(form.subject).toHaveValue('Cassonetto rotto')
    await expect(form.text).toHaveValue('Da lunedì.')
    await form.useToday.click()
    await form.submit.click()
    await expect(ticketPage(page, words).subject).toHaveText('Cassonetto rotto')
  })

  await test.step('each refusal of a link, at its field', async () => {
    await frame.tab(elena.name).click()
    await customer.pageTab('portal').click()
    const good = { customerCode: elena.code, serviceCode: waste.serviceCode, taxCode: elena.who.taxCode }
    const { error } = words.portal
    await portal.ask({ ...good, serviceCode: '9999999-99' })
    await expect(portal.serviceCode).toHaveAccessibleDescription(error.service_not_found)
    await portal.ask({ ...good, taxCode: '' })
    await expect(portal.taxCode).toHaveAccessibleDescription(error.tax_code_required)
    await portal.ask({ ...good, taxCode: knownCustomers.cossuttaDario.who.taxCode })
    await expect(portal.taxCode).toHaveAccessibleDescription(error.tax_code_mismatch)
    await portal.ask({ ...good, vatNumber: knownCustomers.trattoriaAlMulino.who.vatNumber })
    await expect(portal.vatNumber).toHaveAccessibleDescription(error.vat_number_not_for_domestic)
    await expect(portal.customerCode).toHaveValue(elena.code)
    await expect(portal.serviceCode).toHaveValue(waste.serviceCode)
    await expect(portal.taxCode).toHaveValue(elena.who.taxCode)
    const mill = knownCustomers.trattoriaAlMulino
    const business = { customerCode: mill.code, serviceCode: mill.supplies[0].serviceCode, vatNumber: mill.who.vatNumber }
    await portal.ask(business)
    await expect(portal.form).toContainText(error.not_holder)
    await portal.ask({ ...business, taxCode: elena.who.taxCode, as: 'authorised' })
    await expect(portal.taxCode).toHaveAccessibleDescription(error.tax_code_must_be_empty)
    await portal.ask({ ...business, as: 'authorised' })
    await expect(portal.link(mill.supplies[0].serviceCode)).toContainText(words.portal.links.active)
    await portal.ask(good)
    await expect(portal.link(waste.serviceCode)).toContainText(words.portal.links.active)
    await portal.ask(good)
    await expect(portal.serviceCode).toHaveAccessibleDescription(error.already_linked)
  })

  await test.step('a reading lower than the last asks for a reason and is never blocked', async () => {
    await customer.newReading.click()
    const { meter } = words.readings.meter
    const lower = (await reading.lastValue(meter)) - 1
    await reading.typed(meter).fill(String(lower))
    await expect(reading.verdict).toContainText(words.readings.light.lower)
    await reading.save.click()
    await expect(reading.reason).toHaveAccessibleDescription(words.readings.reason.missing)
    await expect(reading.typed(meter)).toHaveValue(String(lower))
    await page.getByRole('button', { name: words.readings.reason.checked, exact: true }).click()
    await reading.save.click()
    await expect(reading.today).toContainText(words.readings.saved.pending)
  })
})

test('what another person did is seen at once, and what was being typed meanwhile is kept', async ({ desk }) => {
  const { page, words } = desk
  const ticket = ticketPage(page, words)
  await desk.signIn('agent')
  await openElena(desk)
  await openTicket(desk, 'Richiesta di copia')
  await ticket.step('take').click()
  await ticket.text('answer').fill('Le mandiamo la copia')
  await expect(page.getByText(pattern(words.drafts.saved))).toBeVisible()

  const other = await desk.another()
  await signInPage(other, words).enterAs('supervisore').click()
  await deskPage(other, words).area('tickets').click()
  await other.getByRole('row').filter({ hasText: 'Richiesta di copia' }).dblclick()
  const elsewhere = ticketPage(other, words)
  await elsewhere.step('close').click()
  await elsewhere.submit('close').click()
  await expect(elsewhere.state('closed')).toBeVisible()

  await expect(ticket.state('closed')).toBeVisible()
  await expect(ticket.entry('closed')).toContainText('Supervisore Demo')
  await ticket.step('reopen').click()
  await ticket.text('reopen').fill('Mancava la copia')
  await ticket.submit('reopen').click()
  await expect(ticket.text('answer')).toHaveValue('Le mandiamo la copia')
})
