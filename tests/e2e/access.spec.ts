import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import { openCustomer, openElena } from './open-customer.ts'
import { customerPage, sheetPages } from './pages/customer-page.ts'
import { deskPage } from './pages/desk-page.ts'
import { lookupPage } from './pages/lookup-page.ts'
import { newTicketPage } from './pages/new-ticket-page.ts'
import { peoplePage } from './pages/people-page.ts'
import { portalPage } from './pages/portal-page.ts'
import { queuePage } from './pages/queue-page.ts'
import { readingPage } from './pages/reading-page.ts'
import { setUpPage } from './pages/set-up-page.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { ticketPage } from './pages/ticket-page.ts'
import { themesOf } from './themes.ts'
import { fill } from './words.ts'

const { zanierElena, cossuttaDario, panificioFurlan, rossiMario, tomasiNives } = knownCustomers

for (const theme of themesOf('dark')) {
  test.describe(`every screen is accessible in ${theme}`, () => {
    // Fading would only make the judge wait.
    test.use({ theme, contextOptions: { reducedMotion: 'reduce' } })

    test.describe('before anybody was there', () => {
      test.use({ demo: false })

      test('set-up, and a lookup without customers', async ({ desk }) => {
        const { page, words } = desk
        const setUp = setUpPage(page, words)
        await desk.open()
        await expect(setUp.heading).toBeVisible()
        await expectAccessible(page, 'set-up')
        await setUp.submit.click()
        await expect(setUp.desk).toHaveAccessibleDescription(words.session.field.missing)
        await expectAccessible(page, 'set-up, with fields missing')
        await setUp.fill({ desk: 'Prova', name: 'Carla Prova', username: 'carla', password: 'una frase lunga' })
        await setUp.submit.click()
        await expect(lookupPage(page, words).sheet).toContainText(words.lookup.noCustomers)
        await expectAccessible(page, 'lookup without customers')
        await deskPage(page, words).area('tickets').click()
        await expect(page.getByText(words.tickets.queue.empty)).toBeVisible()
        await expectAccessible(page, 'queue without tickets')
      })
    })

    test('sign-in and lookup', async ({ desk }) => {
      const { page, words } = desk
      const signIn = signInPage(page, words)
      const lookup = lookupPage(page, words)
      await desk.open()
      await signIn.signIn({ username: 'agente', password: 'sbagliata' })
      await expect(signIn.alert).toBeVisible()
      await expectAccessible(page, 'sign-in, refused')
      const frame = await desk.signIn('agent')
      await expect(lookup.sheet).toContainText(words.lookup.recentNone)
      await expectAccessible(page, 'lookup, nobody opened yet')
      await lookup.search('rossi mario')
      await expect(lookup.row(rossiMario.code)).toBeVisible()
      await expect(lookup.preview).toContainText(words.lookup.preview.rest)
      await expectAccessible(page, 'lookup with rows')
      await lookup.search('RSSMRA80A01H501X')
      await expect(lookup.chosen).toContainText(rossiMario.code)
      await expectAccessible(page, 'lookup, corrected')
      await lookup.search('qqqqzzzz')
      await expect(lookup.rows).toHaveCount(0)
      await expectAccessible(page, 'lookup without a match')
      await openCustomer(desk, 'tomasi nives', tomasiNives.name)
      await page.keyboard.press('Control+k')
      await expect(frame.box).toBeFocused()
      await frame.box.fill('')
      await expect(lookup.recent).toHaveCount(1)
      await expectAccessible(page, 'lookup, recent customers')
    })

    test('areas of the desk, keys and palette', async ({ desk }) => {
      const { page, words } = desk
      const frame = await desk.signIn('administrator')
      const people = peoplePage(page, words)
      await frame.area('tickets').click()
      const queue = queuePage(page, words)
      await expect(queue.row('Bolletta raddoppiata')).toBeVisible()
      await expectAccessible(page, 'queue')
      await frame.area('outbox').click()
      await expect(page.getByRole('grid', { name: words.outbox.unconfirmed }).getByRole('row')).toHaveCount(4)
      await expectAccessible(page, 'outbox')
      await frame.area('administration').click()
      await people.add.click()
      await expect(people.form).toBeVisible()
      await expectAccessible(page, 'people')
      await frame.area('settings').click()
      await expect(page.getByRole('heading', { level: 1, name: words.settings.title })).toBeVisible()
      await expectAccessible(page, 'settings')
      await page.getByRole('button', { name: words.settings.showKeys }).click()
      await expect(frame.keys).toBeVisible()
      await expectAccessible(page, 'keys')
      await page.keyboard.press('Escape')
      await expect(frame.keys).toBeHidden()
      await page.keyboard.press('Control+Shift+P')
      await expect(frame.palette.getByRole('option').first()).toBeVisible()
      await expectAccessible(page, 'palette')
    })

    test('customer: every page, masked and in clear', async ({ desk }) => {
      const { page, words } = desk
      const customer = customerPage(page, words)
      await desk.signIn('agent')
      await openCustomer(desk, 'rossi mario 1980', rossiMario.name)
      for (const one of sheetPages) {
        await customer.pageTab(one).click()
        await expect(customer.pageTab(one)).toHaveAttribute('aria-selected', 'true')
        await expectAccessible(page, `customer, ${one}`)
      }
      await customer.verify({ birth_day: '01/01/1980', tax_code_end: 'sbag' })
      await expect(customer.answer('tax_code_end')).toHaveAccessibleDescription(words.customer.verify.wrong)
      await expectAccessible(page, 'customer, a wrong answer')
      await customer.verify({ tax_code_end: rossiMario.who.taxCode.slice(-4) })
      await expect(customer.forget).toBeVisible()
      await customer.pageTab('overview').click()
      await expectAccessible(page, 'customer, verified')
      await openCustomer(desk, 'tomasi nives', tomasiNives.name)
      await page.getByRole('button', { name: fill(words.customer.supply.closedCount, { n: 1 }), exact: true }).click()
      await expect(page.getByRole('menu', { name: words.customer.supply.closedLabel })).toBeVisible()
      await expectAccessible(page, 'customer, closed supplies')
    })

    test('ticket: form, page, steps', async ({ desk }) => {
      const { page, words } = desk
      const form = newTicketPage(page, words)
      const ticket = ticketPage(page, words)
      await desk.signIn('agent')
      await openElena(desk)
      await customerPage(page, words).newTicket.click()
      await expect(form.form).toBeVisible()
      await expectAccessible(page, 'new ticket')
      await form.submit.click()
      await expect(form.alert.first()).toBeVisible()
      await expectAccessible(page, 'new ticket, with fields missing')
      await form.area('water').check()
      await form.type('complaint').check()
      await form.subject.fill('Reclamo di prova')
      await form.submit.click()
      await expect(ticket.state('new')).toBeVisible()
      await expectAccessible(page, 'ticket, new')
      await ticket.step('take').click()
      await expect(ticket.text('answer')).toBeVisible()
      await expectAccessible(page, 'ticket, answering')
      await ticket.step('close').click()
      await ticket.submit('close').click()
      await expect(ticket.alert).toContainText(words.tickets.error.answerMissing)
      await expectAccessible(page, 'ticket, refused')
    })

    test('reading: direct, dials, corrector, bands, and the question before deleting', async ({ desk }) => {
      const { page, words } = desk
      const customer = customerPage(page, words)
      const reading = readingPage(page, words)
      const { meter, corrector, band } = words.readings.meter
      const frame = await desk.signIn('agent')
      await openCustomer(desk, 'cossutta dario', cossuttaDario.name)
      await customer.newReading.click()
      await expect(reading.wheels(meter)).toHaveCount(4)
      await expectAccessible(page, 'reading, dials')
      await openCustomer(desk, 'panificio furlan', panificioFurlan.name)
      await customer.supply(words.ui.commodity.gas).click()
      await customer.newReading.click()
      await expect(reading.counter(corrector)).toBeVisible()
      await reading.typed(meter).fill('1')
      await reading.typed(corrector).fill('1')
      await expect(reading.reason).toBeVisible()
      await expectAccessible(page, 'reading, corrector, red light')
      await reading.other.click()
      await expect(reading.point(panificioFurlan.supplies[1].code)).toBeVisible()
      await expectAccessible(page, 'reading, choice of the meter')
      await reading.point(panificioFurlan.supplies[1].code).click()
      await expect(reading.counter(band.a3)).toBeVisible()
      await expectAccessible(page, 'reading, bands')
      await openElena(desk)
      await customer.newReading.click()
      await reading.typed(meter).fill(String((await reading.lastValue(meter)) + 1))
      await expectAccessible(page, 'reading, direct, green light')
      await reading.save.click()
      await expect(reading.today).toBeVisible()
      await expectAccessible(page, 'reading of today')
      await reading.remove.click()
      await expect(frame.question).toBeVisible()
      await expectAccessible(page, 'question before deleting')
    })

    test('portal: form, refusal, links, unlinking', async ({ desk }) => {
      const { page, words } = desk
      const customer = customerPage(page, words)
      const portal = portalPage(page, words)
      const [water] = zanierElena.supplies
      await desk.signIn('agent')
      await openElena(desk)
      await customer.pageTab('portal').click()
      await portal.submit.click()
      await expect(portal.alert.first()).toBeVisible()
      await expectAccessible(page, 'portal, with fields missing')
      await portal.ask({ customerCode: zanierElena.code, serviceCode: water.serviceCode, taxCode: zanierElena.who.taxCode })
      await portal.open(water.serviceCode).click()
      await expectAccessible(page, 'portal, a linked service')
      await portal.unlink(water.serviceCode).click()
      await expect(portal.unlinking.dialog).toBeVisible()
      await expectAccessible(page, 'unlinking')
    })
  })
}
