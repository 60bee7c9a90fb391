import type { Page } from '@playwright/test'
import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { expect, test } from '../e2e/fixtures.ts'
import { openCustomer, openElena } from '../e2e/open-customer.ts'
import { openTicket } from '../e2e/open-ticket.ts'
import { administrationPage } from '../e2e/pages/administration-page.ts'
import { customerPage } from '../e2e/pages/customer-page.ts'
import { lookupPage } from '../e2e/pages/lookup-page.ts'
import { portalPage } from '../e2e/pages/portal-page.ts'
import { readingPage } from '../e2e/pages/reading-page.ts'
import { syncPage } from '../e2e/pages/sync-page.ts'
import { ticketPage } from '../e2e/pages/ticket-page.ts'
import { ok, playHub } from '../e2e/played-hub.ts'
import { fill } from '../e2e/words.ts'
import { busyOutbox, busyStatus, busyUtility, calmStatus } from './busy-hub.ts'

const { zanierElena, rossiMario, cossuttaDario } = knownCustomers
const joined = { hub: { status: () => ok(busyStatus()) }, administration: busyUtility, outbox: busyOutbox }

test.use({ contextOptions: { reducedMotion: 'reduce' } })

/** As the person sees it at rest: nothing hovered, nothing still fading. */
async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  await expect.poll(() => page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length)).toBe(0)
  await page.screenshot({ path: `docs/screenshots/${name}.png` })
}

test('lookup', async ({ desk }) => {
  const { page, words } = desk
  await desk.signIn('agent')
  await lookupPage(page, words).search('rossi mar')
  await expect(lookupPage(page, words).row(rossiMario.code)).toBeVisible()
  await take(page, 'lookup-light')
})

test('customer, ticket and portal', async ({ desk }) => {
  const { page, words } = desk
  const customer = customerPage(page, words)
  await playHub(page, { hub: { status: () => ok(calmStatus()) } })
  await desk.signIn('agent')
  await openCustomer(desk, 'rossi mario 1980', rossiMario.name)
  await customer.verify({ birth_day: '01/01/1980', tax_code_end: rossiMario.who.taxCode.slice(-4) })
  await expect(customer.forget).toBeVisible()
  await take(page, 'customer-light')
  await openElena(desk)
  await openTicket(desk, 'Contatore fotografato in cantina')
  const ticket = ticketPage(page, words)
  await ticket.step('take').click()
  await expect(ticket.text('answer')).toBeVisible()
  await page.getByRole('region', { name: words.tickets.files.title }).getByLabel(words.tickets.files.add).last().setInputFiles([{ name: 'contatore.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(1_843_200, 1) }, { name: 'reclamo firmato.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(212_000, 1) }])
  for (const name of ['contatore.jpg', 'reclamo firmato.pdf']) await expect(page.getByRole('button', { name: fill(words.tickets.files.open, { name }) })).toBeVisible()
  await ticket.text('answer').fill('Gentile cliente, abbiamo ricevuto la fotografia del contatore. La lettura del 12 novembre è corretta e la prossima bolletta ne tiene conto. Non deve fare altro.')
  await ticket.text('answer').blur()
  await take(page, 'ticket-light')
  await openElena(desk)
  await customer.pageTab('portal').click()
  await portalPage(page, words).ask({ customerCode: zanierElena.code, serviceCode: zanierElena.supplies[0].serviceCode, taxCode: zanierElena.who.taxCode })
  await expect(portalPage(page, words).open(zanierElena.supplies[0].serviceCode)).toBeVisible()
  await expect(customer.pageTab('portal')).toContainText('1')
  await take(page, 'portal-light')
})

test('sync', async ({ desk }) => {
  const { page, words } = desk
  await playHub(page, joined)
  const frame = await desk.signIn('agent')
  await frame.area('outbox').click()
  await syncPage(page, words).grid().getByRole('row').nth(5).click()
  await expect(syncPage(page, words).detail).toContainText(words.sync.list.todo)
  await take(page, 'sync-light')
})

test.describe('in the dark', () => {
  test.use({ theme: 'dark' })
  test('reading', async ({ desk }) => {
    const { page, words } = desk
    await desk.signIn('agent')
    await openCustomer(desk, 'cossutta dario', cossuttaDario.name)
    await customerPage(page, words).newReading.click()
    await expect(readingPage(page, words).wheels(words.readings.meter.meter)).toHaveCount(4)
    await take(page, 'reading-dark')
  })

  test('administration', async ({ desk }) => {
    const { page, words } = desk
    const area = administrationPage(page, words)
    await playHub(page, joined)
    const frame = await desk.signIn('administrator')
    await frame.area('administration').click()
    await area.tab('devices').click()
    await area.add(words.administration.devices.code).click()
    await area.makeCode.click()
    await expect(area.code).toBeVisible()
    await take(page, 'administration-dark')
  })
})
