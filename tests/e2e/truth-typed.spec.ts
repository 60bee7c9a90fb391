import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { expect, onlyServe, test } from './fixtures.ts'
import { openElena } from './open-customer.ts'
import { openTicket } from './open-ticket.ts'
import { customerPage } from './pages/customer-page.ts'
import { deskPage } from './pages/desk-page.ts'
import { lookChoice } from './pages/look-choice.ts'
import { newTicketPage } from './pages/new-ticket-page.ts'
import { peoplePage } from './pages/people-page.ts'
import { portalPage } from './pages/portal-page.ts'
import { readingPage } from './pages/reading-page.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { ticketPage } from './pages/ticket-page.ts'
import { alterReplies } from './played-hub.ts'
import { fill, pattern, wordsOf } from './words.ts'

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

test('what was typed into a dialog or beside a list returns after it was closed, and after a power cut; dropping it can be taken back', async ({ desk }) => {
  const { page, words } = desk
  const back = page.getByText(pattern(words.drafts.back))
  const frame = await desk.signIn('administrator')
  const people = peoplePage(page, words)
  const name = people.form.getByLabel(words.session.setUp.name, { exact: true })
  const password = people.form.getByLabel(words.people.firstPassword, { exact: true })
  await frame.area('administration').click()
  await people.add.click()
  await name.fill('Carla Prova')
  await password.fill('segreta segreta')
  await people.form.getByRole('button', { name: words.ui.cancel }).click()
  await people.add.click()
  await expect(name).toHaveValue('Carla Prova')
  await expect(back).toBeVisible()

  await openElena(desk)
  const customer = customerPage(page, words)
  const verify = () => customer.verify({ birth_day: desk.format.date(elena.who.birthDay), tax_code_end: elena.who.taxCode.slice(-4) })
  const contacts = page.getByRole('dialog', { name: fill(words.contact.title, { name: elena.name }) })
  const phone = contacts.getByLabel(words.contact.phone, { exact: true })
  await verify()
  await expect(customer.forget).toBeVisible()
  await page.getByRole('button', { name: words.contact.action }).click()
  await phone.fill('040 99 88 77')
  await page.keyboard.press('Escape')
  await expect(contacts).toBeHidden()

  await desk.restart()
  await desk.signInAgain('administrator')
  await verify()
  await expect(customer.forget).toBeVisible()
  await page.getByRole('button', { name: words.contact.action }).click()
  await expect(phone).toHaveValue('040 99 88 77')
  await expect(contacts.getByText(pattern(words.drafts.back))).toBeVisible()
  await contacts.getByRole('button', { name: words.drafts.drop }).click()
  await expect(phone).not.toHaveValue('040 99 88 77')
  await page.getByRole('button', { name: words.ui.undo }).click()
  await expect(phone).toHaveValue('040 99 88 77')
  await page.keyboard.press('Escape')
  await deskPage(page, words).area('administration').click()
  await people.add.click()
  await expect(name).toHaveValue('Carla Prova')
  // A password is kept nowhere.
  await expect(password).toHaveValue('')
})

test('an answer stays with who wrote it through a change of language and a lock, when a colleague has closed the ticket', async ({ desk }) => {
  const { page, words } = desk
  const ticket = ticketPage(page, words)
  const kept = page.getByText(pattern(words.drafts.saved))
  const frame = await desk.signIn('agent')
  await openElena(desk)
  await openTicket(desk, 'Contatore fermo')
  await ticket.step('take').click()
  await expect(ticket.state('in_charge')).toBeVisible()
  await ticket.step('answer').click()
  await ticket.text('answer').fill('Gentile cliente, il tecnico passa martedì')
  await frame.area('settings').click()
  await lookChoice(page, words).english.click()
  await lookChoice(page, wordsOf('en')).italian.click()
  await frame.tab(/T-/).click()
  await expect(ticket.text('answer')).toHaveValue('Gentile cliente, il tecnico passa martedì')
  await frame.signOut.click()
  await expect(signInPage(page, words).heading).toBeVisible()

  const colleague = await desk.signIn('supervisor')
  await openElena(desk)
  await customerPage(page, words).pageTab('tickets').click()
  await page.getByRole('row').filter({ hasText: 'Contatore fermo' }).dblclick()
  await expect(ticket.subject).toHaveText('Contatore fermo')
  await expect(ticket.text('answer')).toHaveValue('')
  await ticket.step('close').click()
  await ticket.submit('close').click()
  await expect(ticket.state('closed')).toBeVisible()
  await expect(kept).toBeHidden()
  await colleague.signOut.click()
  await expect(signInPage(page, words).heading).toBeVisible()

  await desk.signInAgain('agent')
  await expect(ticket.state('closed')).toBeVisible()
  await expect(page.getByText(pattern(words.drafts.ticket.waiting))).toContainText(words.tickets.write.answer)
  await page.getByRole('button', { name: words.drafts.ticket.asNote }).click()
  await expect(ticket.text('note')).toHaveValue('Gentile cliente, il tecnico passa martedì')
})

test('what is unfinished stands beside the lookup, also when its tab was closed', async ({ desk }) => {
  const { page, words } = desk
  const form = newTicketPage(page, words)
  const frame = await desk.signIn('agent')
  await openElena(desk)
  await customerPage(page, words).newTicket.click()
  await form.type('praise').check()
  await form.subject.fill('Ringrazia lo sportello')
  await frame.tab(elena.name).press('Delete')
  await expect(frame.tab(elena.name)).toBeHidden()
  const unfinished = page.getByRole('region', { name: words.drafts.unfinished.title })
  await unfinished.getByRole('button', { name: `${words.drafts.form.ticketNew}, ${elena.name}` }).click()
  await expect(form.subject).toHaveValue('Ringrazia lo sportello')
  await expect(page.getByText(pattern(words.drafts.back))).toBeVisible()
})

test('a text that went with its customer is told until it was read', onlyServe('the answer is played at the door of the loopback host'), async ({ desk }) => {
  const { page, words } = desk
  let read = false
  await alterReplies(page, { 'workspace.drafts': () => ({ drafts: [], removed: read ? [] : [{ form: 'ticket.new', savedAt: '2026-11-20T09:00:00.000Z' }] }), 'workspace.forgetRemoved': (value: object) => ((read = true), value) })
  await desk.signIn('agent')
  const note = page.getByRole('status').filter({ hasText: words.drafts.removed.why })
  await expect(note).toContainText(words.drafts.form.ticketNew)
  await note.getByRole('button', { name: words.drafts.removed.read }).click()
  await expect(note).toBeHidden()
})
