import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { expect, onlyDouble, test } from './fixtures.ts'
import type { Desk } from './fixtures.ts'
import { customerPage } from '../e2e/pages/customer-page.ts'
import { lookupPage } from '../e2e/pages/lookup-page.ts'
import { deskPage } from '../e2e/pages/desk-page.ts'
import { signInPage } from '../e2e/pages/sign-in-page.ts'

const elena = knownCustomers.zanierElena
const caller = elena.mobile.replaceAll(' ', '')
const hotkey = 'CommandOrControl+Shift+Space'

/** Everything that the application has written down for people who look after it. */
function logs({ shell }: Desk): string {
  const folder = join(shell().dataDir, 'log')
  return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('')
}

test('a call handed over by a second start is looked up in the first window; its number is in no log', async ({ desk }) => {
  const { page, words } = desk
  await desk.signIn('agent')
  const { app, startSecond } = desk.shell()
  expect(await startSecond(`sportello://caller/${caller}`).exited).toBe(0)
  await expect(deskPage(page, words).box).toHaveValue(caller)
  await expect(lookupPage(page, words).chosen).toContainText(elena.name)
  await app().act('open-url', { url: 'sportello://caller/0432000000' })
  await expect(deskPage(page, words).box).toHaveValue('0432000000')
  await app().act('open-url', { url: 'sportello://caller/../write' })
  await expect(page.getByText(words.shell.problem.badLink)).toBeVisible()
  // The log is written, and after the calls: a file without a link is told there, by a code.
  await app().act('open-file', { path: join(desk.shell().dataDir, 'gone.sportello') })
  await expect.poll(() => logs(desk)).toContain('link_file_refused')
  await app().act('quit')
  await app().exited
  const written = [logs(desk), ...app().complaints()].join('\n')
  expect([caller, '0432000000', 'gone.sportello'].filter((said) => written.includes(said))).toEqual([])
})

test('a link to a customer opens the masked sheet, and waits until somebody has signed in', async ({ desk }) => {
  const { page, words } = desk
  await desk.open()
  const { app } = desk.shell()
  await app().act('open-url', { url: 'sportello://caller/3475502291' })
  await expect(signInPage(page, words).heading).toBeVisible()
  await signInPage(page, words).enterAs('agente').click()
  await expect(lookupPage(page, words).chosen).toContainText(elena.name)
  await page.keyboard.press('Enter')
  await expect(customerPage(page, words).name).toHaveText(elena.name)
  await expect(customerPage(page, words).facts).not.toContainText(elena.who.taxCode)
})

test('the hotkey brings the lookup to the front with what was copied', onlyDouble('keys of the system cannot be pressed'), async ({ desk }) => {
  const { words, page } = desk
  await desk.signIn('agent')
  const { app } = desk.shell()
  const [window] = (await app().state()).windows
  await app().act('change-window', { window: window!.id, to: 'minimized' })
  await app().act('set-clipboard', { text: '  zan\n elena ' })
  await app().act('press-shortcut', { accelerator: hotkey })
  await expect(deskPage(page, words).box).toHaveValue('zan elena')
  await expect.poll(async () => (await app().state()).windows).toMatchObject([{ minimized: false, focused: true }])
  await app().act('quit')
  await app().exited
})

test.describe('another program has the hotkey', () => {
  test.use({ machine: { takenShortcuts: [hotkey] } })

  test('the settings say so', onlyDouble('another program is needed'), async ({ desk }) => {
    const { page, words } = desk
    const frame = await desk.signIn('agent')
    expect((await desk.shell().app().state()).shortcuts).toEqual([])
    await frame.area('settings').click()
    await expect(page.getByText(words.shell.computer.hotkeyTaken)).toBeVisible()
  })
})

for (const language of ['it', 'en'] as const) {
  test.describe(`menu and tray in ${language}`, () => {
    test.use({ language })

    test('name everything in this language, follow sign-in, and act', onlyDouble('Electron does not list its tray icons'), async ({ desk }) => {
      const { page, words } = desk
      await desk.open()
      const { app } = desk.shell()
      const entries = async () => (await app().state()).menu.flatMap(({ entries: inside }) => inside)
      const entry = async (label: string) => (await entries()).find((each) => each.label === label)
      await expect.poll(() => entry(words.shell.menu.signOut)).toMatchObject({ enabled: false })
      await desk.signIn('agent')
      await expect.poll(() => entry(words.shell.menu.signOut)).toMatchObject({ enabled: true })
      expect((await entries()).filter(({ label }) => label === '')).toEqual([])
      await expect.poll(async () => (await app().state()).trays[0]?.menu.map(({ label }) => label)).toContain(words.shell.tray.noHub)
      await app().act('click-menu', { in: 'application', path: [words.shell.menu.go, words.shell.menu.tickets] })
      await expect(page.getByRole('heading', { level: 1, name: words.tickets.queue.title })).toBeVisible()
      const [window] = (await app().state()).windows
      await app().act('change-window', { window: window!.id, to: 'minimized' })
      await app().act('click-tray')
      await expect.poll(async () => (await app().state()).windows).toMatchObject([{ minimized: false, focused: true }])
    })
  })
}
