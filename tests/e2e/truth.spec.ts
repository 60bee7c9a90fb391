import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { demoPeople } from '../../scripts/demo-setup.ts'
import { expect, onlyServe, test } from './fixtures.ts'
import type { Desk } from './fixtures.ts'
import { openElena } from './open-customer.ts'
import { customerPage } from './pages/customer-page.ts'
import { deskPage } from './pages/desk-page.ts'
import { lookupPage } from './pages/lookup-page.ts'
import { newTicketPage } from './pages/new-ticket-page.ts'
import { portalPage } from './pages/portal-page.ts'
import { queuePage } from './pages/queue-page.ts'
import { readingPage } from './pages/reading-page.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { ticketPage } from './pages/ticket-page.ts'
import { fill, pattern } from './words.ts'

const elena = knownCustomers.zanierElena
const [water, waste] = elena.supplies
/** The demo's people were added on this desk too. */
const before = demoPeople.length

/** Opens a ticket for her and leaves its page on the screen. */
async function openTicket({ page, words }: Desk, subject: string): Promise<void> {
  const form = newTicketPage(page, words)
  await customerPage(page, words).newTicket.click()
  await form.area('water').check()
  await form.type('information').check()
  await form.subject.fill(subject)
  await form.submit.click()
  await expect(ticketPage(page, words).subject).toHaveText(subject)
}

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
  await expect(page.getByText(pattern(words.portal.form.draft))).toBeVisible()
  await expect(portal.customerCode).toHaveValue(`${elena.code}9`)
  await expect(portal.serviceCode).toHaveValue(waste.serviceCode)
  await expect(portal.taxCode).toBeFocused()
})

test('a page asked for while the desk is still coming back is not taken away', async ({ desk }) => {
  const { page, words } = desk
  const release = await desk.hold('workspace.load')
  const frame = await desk.signInAgain('agent')
  await frame.area('tickets').click()
  await release()
  const queue = queuePage(page, words)
  await expect(queue.row('Bolletta raddoppiata')).toBeVisible()
  await expect(queue.heading).toBeVisible()
})

test('a note that was being written returns after a reload and after a power cut', async ({ desk }) => {
  const { page, words } = desk
  const ticket = ticketPage(page, words)
  const form = newTicketPage(page, words)
  const frame = await desk.signIn('agent')
  await openElena(desk)
  await openTicket(desk, 'Lettura stimata')

  const saved = page.getByText(pattern(words.tickets.draft.saved))
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
  await expect(form.draft.filter({ hasText: words.tickets.draft.failed })).toBeVisible()
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
  await expect(page.getByText(pattern(words.tickets.draft.saved))).toBeVisible()

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

test('what another person did is seen at once, and what was being typed meanwhile is kept', async ({ desk }) => {
  const { page, words } = desk
  const ticket = ticketPage(page, words)
  await desk.signIn('agent')
  await openElena(desk)
  await openTicket(desk, 'Richiesta di copia')
  await ticket.step('take').click()
  await ticket.text('answer').fill('Le mandiamo la copia')
  await expect(page.getByText(pattern(words.tickets.draft.saved))).toBeVisible()

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

test('nothing is lost when the line under the form says it was saved', async ({ desk }) => {
  const { page, words } = desk
  const reading = readingPage(page, words)
  const { meter } = words.readings.meter
  await desk.signIn('agent')
  await openElena(desk)
  await customerPage(page, words).newReading.click()
  await reading.typed(meter).fill('1234')
  await expect(page.getByText(pattern(words.readings.draftSaved))).toBeVisible()
  await desk.restart()
  await desk.signInAgain('agent')
  await expect(reading.counter(meter)).toContainText(fill(words.readings.echo.value, { value: '1.234', unit: words.readings.unit.long.water }))
})
