import { readFileSync } from 'node:fs'
import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { expectAccessible } from './accessible.ts'
import { expect, onlyServe, test } from './fixtures.ts'
import { openElena } from './open-customer.ts'
import { administrationPage } from './pages/administration-page.ts'
import { lookupPage } from './pages/lookup-page.ts'
import { followingStatus, ok, playHub } from './played-hub.ts'
import { utility } from './played-utility.ts'
import { fill } from './words.ts'

const atTheDoor = 'the hub is played at the door of the loopback host'
const { zanierElena } = knownCustomers

test('an export is saved as the hub made it; a refusal says which file and why', onlyServe(atTheDoor), async ({ desk }) => {
  const { page, words } = desk
  const area = administrationPage(page, words)
  const { exports } = words.administration
  await playHub(page, {
    hub: { status: () => ok(followingStatus()) },
    administration: { ...utility, exportFile: ({ number }) => (number === 12 ? ok({ number, text: 'export;line\r\n12;1\r\n' }) : { ok: false, error: { code: 'file_damaged' } }) },
  })
  const frame = await desk.signIn('supervisor')
  await frame.area('administration').click()
  await area.tab('exports').click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: fill(exports.saveNumber, { number: 12 }) }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe(fill(exports.fileName, { number: 12 }))
  expect(readFileSync(await file.path(), 'utf8')).toBe('export;line\r\n12;1\r\n')
  await expect(page.getByRole('status').filter({ hasText: fill(exports.saved, { number: 12 }) })).toBeVisible()
  await page.getByRole('button', { name: fill(exports.saveNumber, { number: 11 }) }).click()
  await expect(page.getByRole('alert')).toContainText(fill(exports.failed, { number: 11 }))
  await expect(page.getByRole('alert')).toContainText(words.administration.error.fileDamaged)
  await expectAccessible(page, 'an export refused')
})

test('a customer is erased after a reason and their code, and the tab goes with them', onlyServe(atTheDoor), async ({ desk }) => {
  const { page, words } = desk
  const { erase } = words.administration
  let refuse = true
  const given: unknown[] = []
  await playHub(page, {
    hub: { status: () => ok(followingStatus()) },
    administration: {
      ...utility,
      eraseCustomer: (input) => {
        given.push(input)
        return refuse ? { ok: false, error: { code: 'hub_unreachable' } } : ok(null)
      },
    },
  })
  const frame = await desk.signIn('administrator')
  await openElena(desk)
  await page.getByRole('button', { name: erase.act }).click()
  const dialog = page.getByRole('dialog', { name: fill(erase.title, { code: zanierElena.code }) })
  await expect(dialog).toContainText(erase.goes.tickets)
  await expect(dialog).toContainText(erase.stays.copies)
  await expect(dialog.getByLabel(erase.reason, { exact: true })).toBeFocused()
  await dialog.getByLabel(erase.reason, { exact: true }).fill('breve')
  await dialog.getByRole('button', { name: erase.submit }).click()
  await expect(dialog.getByLabel(erase.reason, { exact: true })).toHaveAccessibleDescription(erase.reasonShort)
  await expect(dialog.getByLabel(fill(erase.confirm, { code: zanierElena.code }))).toHaveAccessibleDescription(erase.confirmWrong)
  await expectAccessible(page, 'erasing, with fields missing')
  expect(given).toEqual([])
  await dialog.getByLabel(erase.reason, { exact: true }).fill('Richiesta scritta del 20 novembre')
  await dialog.getByLabel(fill(erase.confirm, { code: zanierElena.code })).fill(zanierElena.code)
  await dialog.getByRole('button', { name: erase.submit }).click()
  await expect(dialog.getByRole('alert')).toContainText(words.administration.error.hubUnreachable)
  await expect(dialog.getByLabel(erase.reason, { exact: true })).toHaveValue('Richiesta scritta del 20 novembre')
  refuse = false
  await dialog.getByRole('button', { name: erase.submit }).click()
  const done = page.getByRole('dialog', { name: fill(erase.doneTitle, { code: zanierElena.code }) })
  await expect(done).toContainText(erase.doneText)
  await expectAccessible(page, 'erased')
  await done.getByRole('button', { name: words.ui.close }).click()
  await expect(frame.tab(zanierElena.name)).toHaveCount(0)
  await expect(lookupPage(page, words).sheet).toBeVisible()
  expect(given).toHaveLength(2)
})

for (const [role, offered] of [['administrator', true], ['supervisor', false]] as const) {
  test(`a hub that is away erases nobody, seen by the ${role}`, onlyServe(atTheDoor), async ({ desk }) => {
    const { page, words } = desk
    await playHub(page, { hub: { status: () => ok(followingStatus({ state: 'unreachable', trouble: 'unreachable' })) } })
    await desk.signIn(role)
    await openElena(desk)
    const act = page.getByRole('button', { name: words.administration.erase.act })
    await expect(act).toHaveCount(offered ? 1 : 0)
    if (offered) await expect(act).toHaveAccessibleDescription(words.administration.erase.away)
  })
}
