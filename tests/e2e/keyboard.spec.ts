import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { openElena } from './open-customer.ts'
import { customerPage } from './pages/customer-page.ts'
import { deskPage } from './pages/desk-page.ts'
import { lookupPage } from './pages/lookup-page.ts'
import { newTicketPage } from './pages/new-ticket-page.ts'
import { portalPage } from './pages/portal-page.ts'
import { readingPage } from './pages/reading-page.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { ticketPage } from './pages/ticket-page.ts'
import { fill } from './words.ts'

const elena = knownCustomers.zanierElena
const [water] = elena.supplies
/** More stops than any page of the desk has. */
const mostStops = 120

/** Presses Tab until this has the focus; what Tab cannot reach fails. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let stop = 0; stop < mostStops; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text)
}

test('the whole day without a mouse', async ({ desk }) => {
  const { page, words, format } = desk
  const { keyboard } = page
  const frame = deskPage(page, words)
  const lookup = lookupPage(page, words)
  const customer = customerPage(page, words)
  const form = newTicketPage(page, words)
  const ticket = ticketPage(page, words)
  const reading = readingPage(page, words)
  const portal = portalPage(page, words)

  await test.step('signs in', async () => {
    await desk.open()
    await expect(signInPage(page, words).username).toBeFocused()
    await type(page, 'agente')
    await tabTo(page, signInPage(page, words).password)
    await type(page, 'agente-demo')
    await keyboard.press('Enter')
    await expect(frame.box).toBeFocused()
  })

  await test.step('chooses a row with the arrows and opens it', async () => {
    await type(page, 'ferri 049 876 5432')
    await expect(lookup.rows).toHaveCount(3)
    const names = await lookup.rows.locator('b').allInnerTexts()
    await keyboard.press('ArrowDown')
    await keyboard.press('Shift+Enter')
    await expect(frame.tab(names[1] ?? '')).toBeVisible()
    await expect(frame.box).toBeFocused()
    await keyboard.press('Escape')
    await expect(frame.box).toHaveValue('')
    await type(page, 'zan elena')
    await expect(lookup.chosen).toContainText(elena.name)
    await keyboard.press('Enter')
    await expect(customer.name).toHaveText(elena.name)
  })

  await test.step('verifies the caller', async () => {
    await keyboard.press('v')
    await tabTo(page, customer.answer('tax_code_end'))
    await type(page, elena.who.taxCode.slice(-4))
    await tabTo(page, customer.answer('birth_day'))
    await type(page, '14 9 1976')
    await tabTo(page, customer.reveal)
    await keyboard.press('Enter')
    await expect(customer.facts).toContainText(elena.who.taxCode)
  })

  await test.step('looks at every page of the sheet', async () => {
    await tabTo(page, customer.pageTab('overview'))
    for (const one of ['invoices', 'readings', 'tickets', 'portal', 'timeline'] as const) {
      await keyboard.press('ArrowRight')
      await expect(customer.pageTab(one)).toHaveAttribute('aria-selected', 'true')
      await expect(customer.pageTab(one)).toBeFocused()
    }
  })

  await test.step('opens a ticket', async () => {
    await keyboard.press('t')
    await tabTo(page, form.area('water'))
    await tabTo(page, form.type('information'))
    await keyboard.press('Space')
    await keyboard.press('ArrowDown')
    await expect(form.type('report')).toBeChecked()
    await tabTo(page, form.subject)
    await type(page, 'Contatore fermo')
    await tabTo(page, form.text)
    await type(page, 'Non gira da due giorni.')
    await keyboard.press('Control+Enter')
    await expect(ticket.state('new')).toBeVisible()
  })

  await test.step('takes it in charge, answers, closes', async () => {
    await keyboard.press('a')
    await expect(ticket.state('in_charge')).toBeVisible()
    await keyboard.press('r')
    await expect(ticket.text('answer')).toBeFocused()
    await type(page, 'Passa il tecnico.')
    await keyboard.press('Control+Enter')
    await expect(ticket.state('answered')).toBeVisible()
    await tabTo(page, ticket.submit('close'))
    await keyboard.press('Enter')
    await expect(ticket.state('closed')).toBeVisible()
  })

  await test.step('goes back to the customer and enters a reading', async () => {
    await keyboard.press('Alt+PageUp')
    await expect(customer.name).toHaveText(elena.name)
    await keyboard.press('l')
    const meter = words.readings.meter.meter
    await expect(reading.wheels(meter).first()).toBeFocused()
    const next = String((await reading.lastValue(meter)) + 1).padStart(await reading.wheels(meter).count(), '0')
    await type(page, next)
    await expect(reading.counter(meter)).toContainText(fill(words.readings.echo.value, { value: format.number(Number(next)), unit: words.readings.unit.long.water }))
    await keyboard.press('Control+Enter')
    await expect(reading.today).toContainText(words.readings.saved.pending)
  })

  await test.step('deletes it, after having kept it once', async () => {
    await keyboard.press('Delete')
    await expect(frame.question).toBeVisible()
    await keyboard.press('Escape')
    await expect(frame.question).toBeHidden()
    await expect(reading.today).toBeVisible()
    await keyboard.press('Delete')
    await expect(frame.question.getByRole('button', { name: words.readings.delete.yes, exact: true })).toBeFocused()
    await keyboard.press('Enter')
    await expect(reading.save).toBeVisible()
    await keyboard.press('Escape')
    await expect(customer.name).toHaveText(elena.name)
  })

  await test.step('links a service and unlinks it', async () => {
    await keyboard.press('p')
    await tabTo(page, portal.customerCode)
    await type(page, elena.code)
    await tabTo(page, portal.serviceCode)
    await type(page, water.serviceCode)
    await tabTo(page, portal.taxCode)
    await type(page, elena.who.taxCode)
    await tabTo(page, portal.declaredAs('holder'))
    await keyboard.press('Space')
    await tabTo(page, portal.accepted)
    await keyboard.press('Space')
    await keyboard.press('Control+Enter')
    await expect(portal.link(water.serviceCode)).toContainText(words.portal.links.active)
    await expect(portal.serviceCode).toBeFocused()
    await tabTo(page, portal.open(water.serviceCode))
    await keyboard.press('Enter')
    await tabTo(page, portal.unlink(water.serviceCode))
    await keyboard.press('Enter')
    await expect(portal.unlinking.reason).toBeFocused()
    await type(page, 'Chiesto dal titolare')
    await keyboard.press('Control+Enter')
    await expect(portal.unlinking.dialog).toBeHidden()
    await expect(portal.link(water.serviceCode)).toContainText(words.portal.links.unlinked)
  })

  await test.step('closes the tabs and signs out', async () => {
    await expect(frame.tabs).toHaveCount(3)
    for (let press = 0; press < 3; press++) await keyboard.press('Alt+w')
    await expect(frame.tabs).toHaveCount(0)
    await expect(frame.box).toBeVisible()
    await tabTo(page, frame.signOut)
    await keyboard.press('Enter')
    await expect(signInPage(page, words).heading).toBeVisible()
  })
})

test('keys and commands are found without knowing them, and do nothing behind a dialog', async ({ desk }) => {
  const { page, words } = desk
  const { keyboard } = page
  const frame = await desk.signIn('agent')
  await tabTo(page, frame.area('lookup'))
  await keyboard.press('?')
  await expect(frame.keys).toContainText(words.desk.goLookup)
  await keyboard.press('Escape')
  await expect(frame.keys).toBeHidden()
  await keyboard.press('Control+Shift+P')
  await expect(frame.palette.getByRole('combobox')).toBeFocused()
  await type(page, words.desk.goSettings)
  await expect(frame.palette.getByRole('option')).toHaveCount(1)
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: words.settings.title })).toBeVisible()

  const single = page.getByRole('checkbox', { name: words.settings.singleKeys })
  await tabTo(page, single)
  await keyboard.press('Space')
  await expect(single).not.toBeChecked()
  await keyboard.press('?')
  await expect(frame.keys).toBeHidden()
  await keyboard.press('Control+k')
  await expect(frame.box).toBeFocused()
})

test('keys typed right after Ctrl K all reach the box, in the place of what stood there', async ({ desk }) => {
  const { page, words } = desk
  const lookup = lookupPage(page, words)
  const customer = customerPage(page, words)
  const frame = await desk.signIn('agent')
  await openElena(desk)
  for (const text of ['rossi mario', 'tomasi', 'furlan', 'cossutta', 'ferri']) {
    await frame.tab(elena.name).click()
    await expect(customer.name).toHaveText(elena.name)
    await page.keyboard.press('Control+k')
    await type(page, text)
    await expect(frame.box).toHaveValue(text)
    await expect(lookup.rows.first()).toBeVisible()
  }
  await expect(frame.tabs).toHaveCount(1)
})
