import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { demoPeople } from '../../scripts/demo-setup.ts'
import { joinHub, openElena, pagesOf } from './desk-day.ts'
import { expect, onlyServe, test } from './fixtures.ts'
import { startHost } from './host.ts'
import { openHub } from './hub-host.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { templateDir } from './template.ts'
import { fill } from './words.ts'

const elena = knownCustomers.zanierElena
const subject = 'Contatore che gira da solo'
const administrator = demoPeople.find(({ role }) => role === 'administrator')!

test('two desks join a hub, see each other’s ticket and reading, and one is revoked and emptied', onlyServe('two desks in two browsers'), async ({ desk, browser, locale }) => {
  test.setTimeout(300_000)
  const { words } = desk
  const hub = await openHub(400)
  const folder = mkdtempSync(join(tmpdir(), 'sportello-e2e-second-'))
  cpSync(templateDir(), folder, { recursive: true })
  const secondHost = await startHost(folder)
  const context = await browser.newContext({ locale: locale ?? 'it-IT', viewport: { width: 1280, height: 720 } })
  try {
    await desk.signIn('administrator')
    const first = pagesOf(desk.page, words)
    const second = pagesOf(await context.newPage(), words)
    await second.page.goto(secondHost.address)
    await signInPage(second.page, words).signIn(administrator)
    await expect(second.frame.box).toBeFocused()

    await test.step('the first joins by the code that the hub printed', async () => {
      await joinHub(first, words, hub.address, hub.foundingCode)
      await expect(first.frame.status).toContainText(words.sync.status.connected)
    })

    const code = await test.step('its administrator names it and makes a code for the second', async () => {
      const { area, sync } = first
      await first.frame.area('administration').click()
      await area.tab('devices').click()
      await area.enter.click()
      await sync.session.password.fill(administrator.password)
      await sync.session.submit.click()
      await area.row('Demo').getByRole('button', { name: words.administration.edit }).click()
      const form = area.side(fill(words.administration.devices.editTitle, { name: 'Demo' }))
      await area.field(form, words.administration.devices.name).fill('TS-01')
      await area.save(form).click()
      await expect(area.row('TS-01')).toBeVisible()
      await area.add(words.administration.devices.code).click()
      await area.makeCode.click()
      return area.code.innerText()
    })

    await test.step('the second joins by it', () => joinHub(second, words, hub.address, code))

    await test.step('a ticket and a reading written on the first', async () => {
      const { customer, ticketForm, ticket, reading, frame } = first
      await openElena(first)
      await customer.newTicket.click()
      await ticketForm.area('water').check()
      await ticketForm.type('report').check()
      await ticketForm.subject.fill(subject)
      await ticketForm.text.fill('Anche con l’acqua chiusa.')
      await ticketForm.submit.click()
      await expect(ticket.state('new')).toBeVisible()
      await frame.tab(elena.name).click()
      await customer.newReading.click()
      const { meter } = words.readings.meter
      await reading.typed(meter).fill(String((await reading.lastValue(meter)) + 2))
      await reading.save.click()
      await expect(reading.today).toBeVisible()
    })

    await test.step('are confirmed there', async () => {
      await first.frame.area('outbox').click()
      await expect(first.page.getByText(words.outbox.empty)).toBeVisible()
      await first.sync.view('confirmed').click()
      await expect(first.sync.grid('confirmed').getByRole('row').filter({ hasText: words.outbox.kind.ticketOpen })).toContainText(words.ui.receipt.confirmed)
    })

    await test.step('and seen on the second', async () => {
      const { customer } = second
      await openElena(second)
      await customer.pageTab('tickets').click()
      await expect(customer.row(subject)).toBeVisible()
      await customer.pageTab('timeline').click()
      await expect(customer.panel).toContainText(subject)
      await customer.newReading.click()
      await expect(second.reading.today, 'today’s reading is there already').toBeVisible()
    })

    await test.step('who writes on the first is seen on the second, in the list and on the page, and holds nobody up', async () => {
      const { customer, ticket } = second
      await first.frame.tab(/^T-/).click()
      await first.ticket.step('note').click()
      await first.ticket.text('note').fill('Chiamo il pronto intervento.')
      await second.page.keyboard.press('Escape')
      await customer.pageTab('tickets').click()
      await expect(customer.row(subject).getByRole('img', { name: fill(words.tickets.atWork.sign, { name: administrator.displayName, desk: 'TS-01' }) })).toBeVisible()
      await customer.row(subject).dblclick()
      await expect(ticket.atWork(administrator.displayName, 'TS-01')).toBeVisible()
      await ticket.step('note').click()
      await ticket.text('note').fill('Anche da qui.')
      await ticket.submit('note').click()
      await expect(ticket.entry('noted')).toBeVisible()
      await first.ticket.text('note').fill('')
      await expect(ticket.atWork(administrator.displayName, 'TS-01')).toBeHidden()
    })

    await test.step('the second is revoked, says so, and has no customer left', async () => {
      const { area } = first
      await first.frame.area('administration').click()
      await area.tab('devices').click()
      await area.row('Demo').getByRole('button', { name: words.administration.devices.revoke }).click()
      await area.question.getByRole('button', { name: words.administration.devices.revokeConfirm }).click()
      await expect(area.row('Demo')).toContainText(words.administration.devices.revoked)
      await second.frame.area('outbox').click()
      // From its next request on it is let in no more: whoever sits there is signed out, and finds nothing when back.
      await second.sync.sendNow.click()
      await expect(signInPage(second.page, words).heading).toBeVisible({ timeout: 30_000 })
      await expect(second.page.getByText(words.session.signIn.letGo)).toBeVisible()
      await signInPage(second.page, words).signIn(administrator)
      await expect(second.frame.box).toBeVisible()
      await second.frame.area('outbox').click()
      await expect(second.sync.link(words.sync.link.refused)).toBeVisible({ timeout: 30_000 })
      await expect(second.page.getByText(words.sync.trouble.revokedPurged.why)).toBeVisible({ timeout: 30_000 })
      await expect(second.frame.status).toContainText(words.sync.status.refused)
      await second.lookup.search('zanier elena')
      await expect(second.page.getByText(fill(words.lookup.nothing, { text: 'zanier elena' }))).toBeVisible()
    })
  } finally {
    await context.close()
    await secondHost.stop('SIGTERM')
    await hub.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
