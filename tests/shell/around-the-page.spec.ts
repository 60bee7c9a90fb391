import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expectAccessible } from '../e2e/accessible.ts'
import { expect, test } from './fixtures.ts'
import type { Desk } from './fixtures.ts'

const hotkey = 'CommandOrControl+Shift+Space'

/** By the menu, which hears of a sign-in a moment later. */
async function openSettings({ shell }: Desk): Promise<void> {
  await expect(() => shell().app().act('click-menu', { in: 'application', path: ['desk.settings'] })).toPass()
}

test('the hotkey brings the copied text to the lookup, after the sign-in', async ({ desk }) => {
  const { app } = desk.shell()
  await expect.poll(async () => (await app().state()).shortcuts).toEqual([hotkey])
  await app().act('set-clipboard', { text: '  bianchi\r\n\tmaria ' })
  await app().act('press-shortcut', { accelerator: hotkey })
  const frame = await desk.signIn()
  await expect(frame.box).toHaveValue('bianchi maria')
  await app().act('set-clipboard', { text: 'rossi' })
  await app().act('press-shortcut', { accelerator: hotkey })
  await expect(frame.box).toHaveValue('rossi')
})

test('a link opens the lookup, and one that is miswritten says so', async ({ desk, page }) => {
  const { app } = desk.shell()
  const frame = await desk.signIn()
  await app().act('open-url', { url: 'sportello://caller/0612345678' })
  await expect(frame.box).toHaveValue('0612345678')
  await app().act('open-url', { url: 'sportello://write/0612345678' })
  await expect(page.getByRole('alert')).toContainText(desk.words.shell.problem.badLink)
  await expect(frame.box).toHaveValue('0612345678')
  expect(app().complaints().join('\n')).not.toContain('0612345678')
})

test('the menu runs actions of the page and speaks its language', async ({ desk, page }) => {
  const { app } = desk.shell()
  const labels = async (): Promise<string[]> => (await app().state()).menu.map(({ label }) => label)
  const enabled = async (): Promise<string[]> => (await app().state()).menu.flatMap(({ entries }) => entries).flatMap((entry) => (entry.enabled ? [entry.label] : []))
  await desk.signIn()
  await expect.poll(enabled).toContain(desk.words.shell.menu.settings)
  await app().act('click-menu', { in: 'application', path: ['desk.settings'] })
  await expect(page.getByRole('heading', { name: desk.words.shell.computer.title })).toBeVisible()
  await expectAccessible(page, 'settings with this computer')
  await page.getByText('English', { exact: true }).click()
  await expect.poll(labels).toEqual(['File', 'Edit', 'Go', 'View', 'Window', 'Help'])
  await app().act('click-menu', { in: 'application', path: ['desk.signOut'] })
  await expect.poll(enabled).not.toContain('Settings…')
  await expect.poll(enabled).toContain('Find')
})

test('the hotkey is chosen in the settings and kept', async ({ desk, page }) => {
  const { app } = desk.shell()
  await desk.signIn()
  await openSettings(desk)
  const choice = page.getByLabel(desk.words.shell.computer.hotkey)
  await choice.selectOption({ label: desk.words.shell.computer.hotkeyOff })
  await expect.poll(async () => (await app().state()).shortcuts).toEqual([])
  await choice.selectOption({ label: 'Ctrl+Maiusc+K' })
  await expect.poll(async () => (await app().state()).shortcuts).toEqual(['CommandOrControl+Shift+K'])
  await desk.restart()
  await expect.poll(async () => (await app().state()).shortcuts).toEqual(['CommandOrControl+Shift+K'])
})

test('the tray says what waits and that there is no hub, and nothing before sign-in', async ({ desk }) => {
  const { app } = desk.shell()
  const said = async (): Promise<string | undefined> => (await app().state()).trays[0]?.toolTip
  await expect.poll(said).toBe(`${desk.words.shell.tray.signedOut}\n${desk.words.shell.tray.queuedUnknown}`)
  await desk.signIn()
  await expect.poll(said).toContain(desk.words.shell.tray.noHub)
})

test('windows come back where they were, and the second stands beside the first', async ({ desk }) => {
  const { app } = desk.shell()
  await desk.signIn()
  const [first] = (await app().state()).windows
  await app().act('change-window', { window: first!.id, to: { x: 10, y: 20, width: 1290, height: 730 } })
  await desk.another()
  const bounds = async () => (await app().state()).windows.map((window) => window.bounds)
  await expect.poll(bounds).toEqual([{ x: 10, y: 20, width: 1290, height: 730 }, { x: 42, y: 52, width: 1290, height: 730 }])
  await expect.poll(async () => (await app().state()).windows.map(({ visible }) => visible)).toEqual([true, true])
})

test('the desk goes on without a window where that is chosen, with nobody signed in', async ({ desk, page }) => {
  const { app } = desk.shell()
  await desk.signIn()
  await openSettings(desk)
  await page.getByLabel(desk.words.shell.computer.keepRunning).check()
  await expect.poll(() => readFileSync(join(desk.shell().dataDir, 'shell.json'), 'utf8')).toContain('"keepRunning":true')
  const [only] = (await app().state()).windows
  await app().act('close-window', { window: only!.id })
  await expect.poll(async () => (await app().state()).trays[0]?.toolTip).toContain(desk.words.shell.tray.signedOut)
  await app().act('click-tray')
  await expect.poll(async () => (await app().state()).windows.map(({ visible }) => visible)).toEqual([true])
})

test('a notification is counted, taken back by a look, and leads to its page', async ({ desk, page }) => {
  const { app } = desk.shell()
  await desk.signIn()
  const [only] = (await app().state()).windows
  const notify = (): Promise<string> =>
    page.evaluate(() => (window as unknown as { sportello: { shell: (request: string) => Promise<string> } }).sportello.shell(JSON.stringify({ ability: 'notify', input: { notice: 'indexReady', target: { to: 'area', area: 'tickets' } } })))
  expect(await notify()).toBe('false')
  await app().act('change-window', { window: only!.id, to: 'blurred' })
  expect(await notify()).toBe('true')
  const { badge, notifications } = await app().state()
  expect([badge, notifications.map(({ title }) => title)]).toEqual([1, [desk.words.shell.notice.indexReady]])
  await app().act('click-notification', { id: notifications[0]!.id })
  await expect.poll(async () => (await app().state()).badge).toBe(0)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(desk.words.tickets.queue.title)
})
