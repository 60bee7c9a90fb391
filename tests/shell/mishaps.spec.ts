import type { Page } from '@playwright/test'
import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { expect, onlyDouble, test } from './fixtures.ts'
import type { Desk } from './fixtures.ts'
import { openElena } from '../e2e/open-customer.ts'
import { customerPage } from '../e2e/pages/customer-page.ts'
import { deskPage } from '../e2e/pages/desk-page.ts'
import { newTicketPage } from '../e2e/pages/new-ticket-page.ts'
import { portalPage } from '../e2e/pages/portal-page.ts'
import { readingPage } from '../e2e/pages/reading-page.ts'
import { signInPage } from '../e2e/pages/sign-in-page.ts'
import { fill, pattern } from '../e2e/words.ts'

const elena = knownCustomers.zanierElena
const subject = 'Ha chiamato due volte'

/** Begins a ticket and waits until the desk says that its draft is kept. */
async function beginTicket(desk: Desk): Promise<void> {
  const { page, words } = desk
  await desk.signIn('agent')
  await openElena(desk)
  await customerPage(page, words).newTicket.click()
  await newTicketPage(page, words).subject.fill(subject)
  await expect(page.getByText(pattern(words.drafts.saved))).toBeVisible()
}

async function theWindow(desk: Desk): Promise<number> {
  return (await desk.shell().app().state()).windows[0]!.id
}

test('a page that has crashed comes back by itself, and with it what was typed', onlyDouble('Playwright gives up a page that has crashed'), async ({ desk }) => {
  const { words } = desk
  await beginTicket(desk)
  const { app, pageAfter, allowComplaints } = desk.shell()
  allowComplaints()
  const window = await theWindow(desk)
  const fresh: Page = await pageAfter(() => app().act('crash-renderer', { window }))
  await expect(newTicketPage(fresh, words).subject).toHaveValue(subject)
  await expect(deskPage(fresh, words).tab(elena.name)).toBeVisible()
  expect(app().complaints().join('\n')).toContain('page_gone')
  expect(app().complaints().join('\n')).not.toContain(subject)
})

for (const form of ['reading', 'link'] as const) {
  test(`a page that has crashed over a ${form} comes back with what was typed in it`, onlyDouble('Playwright gives up a page that has crashed'), async ({ desk }) => {
    const { page, words } = desk
    const { app, pageAfter, allowComplaints } = desk.shell()
    const { meter } = words.readings.meter
    await desk.signIn('agent')
    await openElena(desk)
    if (form === 'reading') {
      await customerPage(page, words).newReading.click()
      await readingPage(page, words).typed(meter).fill('4321')
      await expect(page.getByText(pattern(words.drafts.saved))).toBeVisible()
    } else {
      await customerPage(page, words).pageTab('portal').click()
      await portalPage(page, words).serviceCode.fill('2200418-02')
      await expect(page.getByText(pattern(words.drafts.saved))).toBeVisible()
    }
    allowComplaints()
    const window = await theWindow(desk)
    const fresh = await pageAfter(() => app().act('crash-renderer', { window }))
    if (form === 'reading') await expect(readingPage(fresh, words).counter(meter)).toContainText(fill(words.readings.echo.value, { value: '4.321', unit: words.readings.unit.long.water }))
    else await expect(portalPage(fresh, words).serviceCode).toHaveValue('2200418-02')
    const complaints = app().complaints().join('\n')
    expect(complaints).toContain('page_gone')
    for (const typed of ['4321', '2200418-02']) expect(complaints).not.toContain(typed)
  })
}

test('a page that crashes again and again is asked about, and the store is closed on the way out', onlyDouble('Playwright gives up a page that has crashed'), async ({ desk }) => {
  await desk.signIn('agent')
  const { app, pageAfter, allowComplaints } = desk.shell()
  allowComplaints()
  const window = await theWindow(desk)
  await app().act('answer-dialog', { kind: 'message', answer: { response: 1 } })
  for (let time = 0; time < 3; time++) {
    const fresh = await pageAfter(() => app().act('crash-renderer', { window }))
    await expect(fresh.getByRole('combobox', { name: desk.words.ui.top.lookupLabel })).toBeVisible()
  }
  await app().act('crash-renderer', { window })
  expect(await app().exited).toBe(0)
  expect(app().notes.filter((note) => note.note === 'dialog' && note.kind === 'message')).toHaveLength(1)
})

test('a page that hangs is asked about and can be loaded again', onlyDouble('nothing hangs on demand'), async ({ desk }) => {
  await beginTicket(desk)
  const { app, pageAfter, allowComplaints } = desk.shell()
  allowComplaints()
  const window = await theWindow(desk)
  await app().act('answer-dialog', { kind: 'message', answer: { response: 1 } })
  const fresh = await pageAfter(() => app().act('hang', { window, hanging: true }))
  await expect(newTicketPage(fresh, desk.words).subject).toHaveValue(subject)
})

for (const event of ['suspend', 'lock-screen'] as const) {
  test(`the desk locks with the computer (${event}): nothing of a customer stays, and what was typed comes back`, async ({ desk }) => {
    const { page, words } = desk
    await beginTicket(desk)
    await desk.shell().app().act('power', { event })
    const signIn = signInPage(page, words)
    await expect(signIn.heading).toBeVisible()
    await expect(page.getByText(words.session.signIn.locked)).toBeVisible()
    const shown = await page.content()
    expect([elena.name, elena.code, subject].filter((secret) => shown.includes(secret))).toEqual([])
    await signIn.signIn({ username: 'agente', password: 'agente-demo' })
    await expect(newTicketPage(page, words).subject).toHaveValue(subject)
  })
}

test('a page that does not leave in time is taken away when the computer wakes', onlyDouble('calls are held back'), async ({ desk }) => {
  const { words } = desk
  await beginTicket(desk)
  const { app, pageAfter, allowComplaints } = desk.shell()
  allowComplaints()
  const release = await desk.hold('workspace.save')
  await app().act('power', { event: 'suspend' })
  const fresh = await pageAfter(() => app().act('power', { event: 'resume' }))
  await expect(signInPage(fresh, words).heading).toBeVisible()
  expect(await fresh.content()).not.toContain(elena.name)
  await release()
})
