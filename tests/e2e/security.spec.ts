import type { Page } from '@playwright/test'
import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { expect, onlyServe, test } from './fixtures.ts'
import { openElena } from './open-customer.ts'
import { customerPage } from './pages/customer-page.ts'
import { deskPage } from './pages/desk-page.ts'
import { lookChoice } from './pages/look-choice.ts'
import { lookupPage } from './pages/lookup-page.ts'
import { newTicketPage } from './pages/new-ticket-page.ts'
import { queuePage } from './pages/queue-page.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { ticketPage } from './pages/ticket-page.ts'
import { pattern } from './words.ts'

const elena = knownCustomers.zanierElena
/** What a page must never do: each would change the title if it ran. */
const payloads = {
  subject: `<img src=x onerror="document.title='rotto'"><svg onload="document.title='rotto'">`,
  text: `<script>document.title='rotto'</script><a href="javascript:document.title='rotto'">qui</a> {{ constructor.constructor('document.title=1')() }}`,
}

/** What the browser keeps of this origin when the page is gone. */
async function kept(page: Page) {
  return page.evaluate(async () => ({
    local: localStorage.length,
    // The router leaves an empty list of scroll positions there.
    session: Object.entries({ ...sessionStorage }).filter(([, value]) => value !== '{}'),
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    cookies: document.cookie,
  }))
}

test('a browser without the entry token sees nothing of the desk', onlyServe('a window has no address that a stranger could open'), async ({ desk, browser }) => {
  await desk.signIn('agent')
  const origin = new URL(desk.address()).origin
  const context = await browser.newContext()
  const stranger = await context.newPage()
  const page = await stranger.goto(`${origin}/`)
  expect(page?.status()).toBe(401)
  await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('Sportello')
  await expect(stranger.getByRole('textbox')).toHaveCount(0)
  expect((await stranger.goto(`${origin}/?entry=${'A'.repeat(43)}`))?.status()).toBe(401)
  const answers = await stranger.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'x-sportello': '1' }
    const call = await fetch('/call', { method: 'POST', headers, body: JSON.stringify({ call: 'session.status', input: {} }) })
    const events = await fetch('/events')
    return [call.status, events.status]
  })
  expect(answers).toEqual([401, 401])
  await context.close()
})

test('a second browser signs in for itself, and one that leaves takes only itself out', async ({ desk }) => {
  const { page, words } = desk
  const frame = await desk.signIn('agent')
  const other = await desk.another()
  await signInPage(other, words).enterAs('supervisore').click()
  await deskPage(other, words).signOut.click()
  await expect(signInPage(other, words).heading).toBeVisible()
  await openElena(desk)
  await expect(frame.status).toContainText('Agente Demo')
  await expect(page).toHaveURL(`${new URL(desk.address()).origin}/`)
})

test('what is written is shown as it was written, wherever it stands', async ({ desk }) => {
  const { page, words } = desk
  const { subject, text } = payloads
  const form = newTicketPage(page, words)
  const ticket = ticketPage(page, words)
  const customer = customerPage(page, words)
  const frame = await desk.signIn('agent')
  await openElena(desk)
  await customer.newTicket.click()
  await form.area('water').check()
  await form.type('report').check()
  await form.subject.fill(subject)
  await form.text.fill(text)
  await form.submit.click()
  await expect(ticket.subject).toHaveText(subject)
  await expect(ticket.entry('opened')).toContainText(text)
  await ticket.step('note').click()
  await ticket.text('note').fill(text)
  await ticket.submit('note').click()
  await expect(ticket.entry('noted')).toContainText(text)

  await frame.tab(elena.name).click()
  await customer.supply(words.customer.supply.all).click()
  await customer.pageTab('tickets').click()
  await expect(customer.row(subject)).toBeVisible()
  await customer.pageTab('timeline').click()
  await expect(customer.row(subject).first()).toBeVisible()
  await frame.area('tickets').click()
  await expect(queuePage(page, words).row(subject)).toBeVisible()
  const lookup = lookupPage(page, words)
  await lookup.search(subject)
  await expect(lookup.sheet).toContainText(subject.slice(0, 40))
  await expect(page).toHaveTitle('Sportello')
})

test('the browser keeps nothing, and no address holds anything of a customer', async ({ desk }) => {
  const { page, words } = desk
  const form = newTicketPage(page, words)
  const customer = customerPage(page, words)
  const addresses = new Set<string>()
  page.on('request', (request) => addresses.add(request.url()))
  page.on('framenavigated', (frame) => addresses.add(frame.url()))
  const frame = await desk.signIn('agent')
  await openElena(desk)
  await customer.verify({ birth_day: '14/09/1976', customer_code: elena.code })
  await expect(customer.facts).toContainText(elena.who.taxCode)
  for (const one of ['invoices', 'readings', 'tickets', 'portal', 'timeline'] as const) await customer.pageTab(one).click()
  await customer.newTicket.click()
  await form.type('praise').check()
  await form.subject.fill('Grazie a tutti')
  await expect(page.getByText(pattern(words.drafts.saved))).toBeVisible()
  await frame.area('settings').click()
  await lookChoice(page, words).dark.click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await frame.area('outbox').click()

  const nothing = { local: 0, session: [], databases: [], caches: [], workers: 0, cookies: '' }
  expect(await kept(page)).toEqual(nothing)
  await frame.signOut.click()
  await expect(signInPage(page, words).heading).toBeVisible()
  expect(await kept(page)).toEqual(nothing)
  const { port, protocol } = new URL(desk.address())
  // A window needs no cookie: its process knows it.
  const entry = { name: `sportello-${port}`, httpOnly: true, sameSite: 'Strict', expires: -1 }
  const cookies = await page.context().cookies()
  expect(cookies.map(({ name, httpOnly, sameSite, expires }) => ({ name, httpOnly, sameSite, expires }))).toEqual(protocol === 'http:' ? [entry] : [])

  const told = [...addresses].map((address) => decodeURIComponent(address).toLowerCase()).join('\n')
  const secrets = ['zanier', 'elena', elena.who.taxCode, elena.code, elena.mobile, 'etra:', 'agente-demo']
  expect(secrets.filter((secret) => told.includes(secret.toLowerCase()))).toEqual([])
  await expect(page).toHaveURL(`${new URL(desk.address()).origin}/`)
})

test('what is hidden never reaches the browser before the caller is verified, and leaves with the person', onlyServe('reads the replies off the HTTP line'), async ({ desk }) => {
  const { page, words } = desk
  const customer = customerPage(page, words)
  const replies: Promise<string>[] = []
  page.on('response', (response) => {
    if (new URL(response.url()).pathname === '/call') replies.push(response.text())
  })
  const frame = await desk.signIn('agent')
  await openElena(desk)
  for (const one of ['invoices', 'readings', 'tickets', 'portal', 'timeline'] as const) {
    const answered = page.waitForResponse('**/call')
    await customer.pageTab(one).click()
    await answered
  }
  await expect(customer.panel.getByRole('row').nth(1)).toBeVisible()
  const hidden = [elena.who.taxCode, elena.email, '347 550 2291', '3475502291', elena.who.birthDay]
  const told = (await Promise.all(replies)).join('\n')
  expect(told).toContain(elena.code)
  expect(hidden.filter((secret) => told.includes(secret))).toEqual([])

  await customer.verify({ birth_day: '14/09/1976', customer_code: elena.code })
  await expect(customer.facts).toContainText(elena.who.taxCode)
  await customer.forget.click()
  await expect(customer.facts).not.toContainText(elena.who.taxCode)
  await customer.verify({ birth_day: '14/09/1976', customer_code: elena.code })
  await expect(customer.facts).toContainText(elena.who.taxCode)

  await frame.signOut.click()
  await expect(signInPage(page, words).heading).toBeVisible()
  expect(await page.content()).not.toContain('Zanier')
  await desk.signIn('supervisor')
  await expect(frame.tabs).toHaveCount(0)
  await openElena(desk)
  await expect(customer.facts).not.toContainText(elena.who.taxCode)
})

test('every answer of the host forbids what the desk does not need', onlyServe('headers of the HTTP host; those of app:// are in tests/shell'), async ({ desk }) => {
  const { page } = desk
  const response = await page.goto(desk.address())
  const headers = response?.headers() ?? {}
  const policy = headers['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toContain('unsafe-')
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(headers['cache-control']).toBe('no-store')
  expect(headers['referrer-policy']).toBe('no-referrer')
})
