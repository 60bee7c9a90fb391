import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { demoPeople } from '../../scripts/demo-setup.ts'
import { expectAccessible } from './accessible.ts'
import { joinHub, openElena, pagesOf } from './desk-day.ts'
import type { Pages } from './desk-day.ts'
import { expect, onlyServe, test } from './fixtures.ts'
import { startHost } from './host.ts'
import { openHub } from './hub-host.ts'
import { openLine } from './line.ts'
import { portalPage } from './pages/portal-page.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { templateDir } from './template.ts'
import { beginning, fill } from './words.ts'

const elena = knownCustomers.zanierElena
const [water, waste] = elena.supplies
const mail = { first: 'dalla.prima@mail.example', second: 'dalla.seconda@mail.example' }
/** A message up to its first placeholder. */
const start = (message: string): string => message.split('{')[0] ?? ''
const person = (role: string) => demoPeople.find((one) => one.role === role)!

/** The picture that docs show of it is taken here, where it is true; only when asked for. */
async function picture({ page }: Pages, name: string): Promise<void> {
  const folder = process.env['SPORTELLO_PICTURES']
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) })
}

test('what the hub refused is corrected and sent again; a value that lost against another desk is put back', onlyServe('two desks in two browsers'), async ({ desk, browser, locale }) => {
  test.setTimeout(300_000)
  const { words, format } = desk
  const { inbox, contact } = words
  const hub = await openHub(400)
  const lines = { first: await openLine(hub.address), second: await openLine(hub.address) }
  const folder = mkdtempSync(join(tmpdir(), 'sportello-e2e-second-'))
  cpSync(templateDir(), folder, { recursive: true })
  const secondHost = await startHost(folder)
  const context = await browser.newContext({ locale: locale ?? 'it-IT', viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' })
  const email = async ({ page, frame }: Pages, to: string): Promise<void> => {
    await frame.tab(elena.name).click()
    await page.getByRole('button', { name: contact.action }).click()
    const dialog = page.getByRole('dialog', { name: fill(contact.title, { name: elena.name }) })
    await dialog.getByLabel(contact.email, { exact: true }).fill(to)
    await page.keyboard.press('Control+Enter')
    await expect(dialog).toBeHidden()
  }
  const link = async (pages: Pages): Promise<void> => {
    await pages.customer.pageTab('portal').click()
    await portalPage(pages.page, words).ask({ customerCode: elena.code, serviceCode: waste.serviceCode, taxCode: elena.who.taxCode })
    await expect(portalPage(pages.page, words).link(waste.serviceCode)).toBeVisible()
  }
  const verified = async (pages: Pages): Promise<void> => {
    await openElena(pages)
    await pages.customer.verify({ birth_day: format.date(elena.who.birthDay), tax_code_end: elena.who.taxCode.slice(-4) })
    await expect(pages.customer.forget).toBeVisible()
  }
  const send = async ({ frame, sync }: Pages): Promise<void> => {
    await frame.area('outbox').click()
    await sync.sendNow.click()
  }
  try {
    await desk.signIn('administrator')
    const first = pagesOf(desk.page, words)
    const second = pagesOf(await context.newPage(), words)
    for (const { page } of [first, second]) page.setDefaultTimeout(30_000)
    await second.page.goto(secondHost.address)
    await signInPage(second.page, words).signIn(person('administrator'))
    await joinHub(first, words, lines.first.address, hub.foundingCode)
    await joinHub(second, words, lines.second.address, await hub.enrol())
    await second.frame.signOut.click()
    await signInPage(second.page, words).signIn(person('supervisor'))
    for (const pages of [first, second]) await verified(pages)

    await test.step('without a line both write about the same service and the same field', async () => {
      for (const line of Object.values(lines)) line.cut()
      await email(first, mail.first)
      await link(first)
      await email(second, mail.second)
      await link(second)
    })

    await test.step('the second learns that the hub has refused its link, and why', async () => {
      lines.first.mend()
      await send(first)
      await expect(first.page.getByText(words.outbox.empty)).toBeVisible({ timeout: 60_000 })
      lines.second.mend()
      await send(second)
      const row = second.sync.grid().getByRole('row').filter({ hasText: words.ui.receipt.refused })
      await expect(row).toContainText(words.sync.refusal.alreadyDone, { timeout: 60_000 })
      await row.click()
      await expect(second.frame.status).toContainText(fill(words.sync.status.refusedCount, { n: 1 }))
    })

    await test.step('it comes back as it was typed, with the reason at its field, and goes as a new one', async () => {
      await second.page.getByRole('button', { name: inbox.act.correct }).click()
      const dialog = second.page.getByRole('dialog', { name: fill(inbox.correct.title, { what: words.outbox.kind.portalLink }) })
      const service = dialog.getByLabel(words.portal.form.serviceCode, { exact: true })
      await expect(service).toHaveValue(waste.serviceCode)
      await expect(service).toHaveAccessibleDescription(words.sync.refusal.alreadyDone)
      await expect(dialog.getByLabel(words.portal.form.taxCode, { exact: true })).toHaveValue(elena.who.taxCode)
      await expect(dialog.getByRole('checkbox', { name: words.portal.form.accepted })).toBeChecked()
      await expectAccessible(second.page, 'correcting')
      await picture(second, 'correct-light')
      await service.fill(water.serviceCode)
      await second.page.keyboard.press('Control+Enter')
      await expect(dialog).toBeHidden()
      await expect(second.page.getByText(words.outbox.empty)).toBeVisible({ timeout: 60_000 })
      await second.sync.view('settled').click()
      await expect(second.sync.grid('settled').getByRole('row').filter({ hasText: words.outbox.kind.portalLink })).toContainText(start(fill(inbox.written.corrected, { by: person('supervisor').displayName, at: '{' })))
    })

    await test.step('what is to decide names who decides, and shows before, mine and theirs', async () => {
      await second.page.getByRole('radiogroup', { name: inbox.part.label }).getByText(inbox.part.inbox).click()
      const row = second.page.getByRole('grid', { name: inbox.title }).getByRole('row').filter({ hasText: inbox.kind.conflict })
      await row.click()
      await expectAccessible(second.page, 'to decide')
      await picture(second, 'inbox-light')
      await second.page.getByRole('button', { name: beginning(inbox.act.decide) }).click()
      const card = second.page.getByRole('dialog').getByRole('region', { name: contact.email })
      for (const value of [elena.email, mail.first, mail.second]) await expect(card).toContainText(value)
      await expect(card).toContainText(inbox.conflict.mine)
      await expect(card).toContainText(person('administrator').displayName)
      await expectAccessible(second.page, 'conflict')
      await picture(second, 'conflict-light')
      await card.getByRole('button', { name: contact.conflict.restore }).click()
      await expect(card).toContainText(start(inbox.written.restore))
      await second.page.keyboard.press('Escape')
      await expect(second.page.getByText(inbox.empty)).toBeVisible()
    })

    await test.step('and the first has it back', async () => {
      await send(second)
      await send(first)
      await first.frame.tab(elena.name).click()
      await expect(first.page.getByRole('article')).toContainText(mail.first, { timeout: 60_000 })
    })
  } finally {
    await context.close()
    await secondHost.stop('SIGTERM')
    for (const line of Object.values(lines)) await line.close()
    await hub.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
