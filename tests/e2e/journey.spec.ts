import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { demoPeople } from '../../scripts/demo-setup.ts'
import { expect, test } from './fixtures.ts'
import { customerPage } from './pages/customer-page.ts'
import { deskPage } from './pages/desk-page.ts'
import { lookupPage } from './pages/lookup-page.ts'
import { newTicketPage } from './pages/new-ticket-page.ts'
import { portalPage } from './pages/portal-page.ts'
import { readingPage } from './pages/reading-page.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { ticketPage } from './pages/ticket-page.ts'
import { beginning, fill, languages } from './words.ts'

const elena = knownCustomers.zanierElena
const [water, waste] = elena.supplies
const person = 'Agente Demo'
/** The demo's people were added on this desk too. */
const peopleOfDemo = demoPeople.length
const subject = 'Perdita sotto il contatore'
const opening = 'Dice che l’acqua esce da ieri sera.'
const answer = 'Gentile cliente, il tecnico passa domani mattina.'

for (const language of languages) {
  test.describe(`an agent's day in ${language}`, () => {
    test.use({ language })

    test('finds a customer, works on ticket, reading and link, and has everything again after a power cut', async ({ desk }) => {
      const { page, words, format } = desk
      const frame = deskPage(page, words)
      const lookup = lookupPage(page, words)
      const customer = customerPage(page, words)
      const ticket = ticketPage(page, words)
      const reading = readingPage(page, words)
      const portal = portalPage(page, words)
      const today = format.date(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' }).format())

      await test.step('the first page shows who can try the demonstration', async () => {
        await desk.open()
        const signIn = signInPage(page, words)
        await expect(signIn.heading).toBeVisible()
        for (const { username } of demoPeople) await expect(signIn.enterAs(username)).toBeVisible()
        await signIn.enterAs('agente').click()
        await expect(frame.box).toBeFocused()
      })

      await test.step('finds her by half a surname and a first name', async () => {
        await lookup.search('zan elena')
        await expect(lookup.chosen).toContainText('Zanier Elena')
        await expect(lookup.chosen).toContainText(words.lookup.reason.name)
      })
      await test.step('by a telephone written with spaces', async () => {
        await lookup.search('347 55 02 291')
        await expect(lookup.rows).toHaveCount(1)
        await expect(lookup.chosen).toContainText('Zanier Elena')
        await expect(lookup.chosen).toContainText(words.lookup.reason.phone)
      })
      await test.step('by a codice fiscale with one wrong character', async () => {
        await lookup.search('ZNRLNE76P54C743X')
        await expect(lookup.chosen).toContainText('Zanier Elena')
        await expect(lookup.sheet).toContainText(fill(words.lookup.corrected, { from: 'ZNRLNE76P54C743X', to: elena.who.taxCode }))
        await page.keyboard.press('Enter')
        await expect(customer.name).toHaveText('Zanier Elena')
      })

      await test.step('verifies the caller, then sees the data', async () => {
        await expect(customer.facts).not.toContainText(elena.who.taxCode)
        await expect(customer.facts).not.toContainText(elena.mobile)
        await customer.verify({ birth_day: '14/09/1976', tax_code_end: '999X' })
        await expect(customer.answer('tax_code_end')).toHaveAccessibleDescription(words.customer.verify.wrong)
        await expect(customer.facts).not.toContainText(elena.who.taxCode)
        await customer.verify({ tax_code_end: elena.who.taxCode.slice(-4) })
        await expect(customer.facts).toContainText(elena.who.taxCode)
        await expect(customer.facts).toContainText(elena.email)
      })

      await test.step('opens a ticket', async () => {
        const form = newTicketPage(page, words)
        await customer.newTicket.click()
        await form.about(beginning(words.ui.commodity.water)).check()
        await expect(form.area('water')).toBeChecked()
        await form.type('report').check()
        await form.channel('phone').check()
        await form.subject.fill(subject)
        await form.text.fill(opening)
        await form.submit.click()
        await expect(ticket.subject).toHaveText(subject)
        await expect(ticket.state('new')).toBeVisible()
      })
      await test.step('takes it in charge, answers and closes it; each step says who', async () => {
        await ticket.step('take').click()
        await expect(ticket.state('in_charge')).toBeVisible()
        await ticket.text('answer').fill(answer)
        await ticket.submit('answer').click()
        await expect(ticket.state('answered')).toBeVisible()
        await ticket.submit('close').click()
        await expect(ticket.state('closed')).toBeVisible()
        await expect(ticket.entries).toHaveCount(4)
        for (const kind of ['opened', 'taken', 'answered', 'closed'] as const) await expect(ticket.entry(kind)).toContainText(person)
        await expect(ticket.entry('opened')).toContainText(opening)
        await expect(ticket.entry('answered')).toContainText(answer)
      })

      await test.step('enters a reading', async () => {
        await frame.tab(elena.name).click()
        await customer.newReading.click()
        await expect(reading.form('water')).toBeVisible()
        const meter = words.readings.meter.meter
        await reading.typed(meter).fill(String((await reading.lastValue(meter)) + 1))
        await expect(reading.form('water')).toContainText(words.readings.light.green)
        await reading.save.click()
        await expect(reading.today).toContainText(words.readings.saved.pending)
        await expect(reading.today).toContainText(person)
      })
      await test.step('deletes it again, asked in the words of the guide', async () => {
        await reading.remove.click()
        const question = language === 'it' ? `Confermi la cancellazione della lettura del ${today} ?` : fill(words.readings.delete.question, { day: today })
        await expect(frame.question.getByRole('heading')).toHaveText(question)
        await frame.question.getByRole('button', { name: words.readings.delete.yes, exact: true }).click()
        await expect(reading.save).toBeVisible()
        await expect(reading.history.filter({ hasText: today })).toContainText(words.readings.saved.deleted)
      })

      await test.step('links a service, and has another refused with its reason', async () => {
        await page.keyboard.press('Escape')
        await customer.pageTab('portal').click()
        await expect(portal.declaration).toHaveText(
          'Sono consapevole delle sanzioni penali stabilite dal d.p.r. 445/2000 in caso di dichiarazioni mendaci e dichiaro, sotto la mia personale responsabilità, di essere il titolare del servizio in oggetto o di essere autorizzato dal titolare alla sua gestione.',
        )
        await portal.ask({ customerCode: elena.code, serviceCode: water.serviceCode, taxCode: elena.who.taxCode })
        await expect(portal.news).toContainText(fill(words.portal.form.added, { service: water.serviceCode }))
        await expect(portal.link(water.serviceCode)).toContainText(words.portal.links.active)
        await expect(portal.serviceCode).toBeFocused()
        await portal.ask({ customerCode: '10001235', serviceCode: waste.serviceCode, taxCode: elena.who.taxCode })
        await expect(portal.alert).toHaveText(words.portal.error.customer_code_mismatch)
        await expect(portal.customerCode).toHaveValue('10001235')
        await expect(portal.link(waste.serviceCode)).toBeHidden()
        await expect(frame.queued(peopleOfDemo + 7)).toBeVisible()
      })

      await test.step('after a power cut everything is there', async () => {
        await desk.restart()
        await desk.signInAgain('agent')
        await expect(frame.tabs).toHaveCount(2)
        await expect(frame.queued(peopleOfDemo + 7)).toBeVisible()
        await expect(customer.name).toHaveText(elena.name)
        await expect(portal.link(water.serviceCode)).toContainText(words.portal.links.active)
        await expect(portal.link(waste.serviceCode)).toBeHidden()
        await customer.pageTab('readings').click()
        await expect(customer.row(today)).toContainText(words.customer.readings.stateOf.deleted)
        await frame.tabs.last().click()
        await expect(ticket.subject).toHaveText(subject)
        await expect(ticket.state('closed')).toBeVisible()
        await expect(ticket.entries).toHaveCount(4)
      })
    })
  })
}
