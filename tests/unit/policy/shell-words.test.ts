import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { applicationId } from '../../../electron/main/policy/application-id.ts'
import { badgePicture, trayPicture } from '../../../electron/main/policy/icons.ts'
import { loginState, offersLogin } from '../../../electron/main/policy/login-item.ts'
import { menuTemplate } from '../../../electron/main/policy/menu-template.ts'
import type { MenuEntry, MenuFacts } from '../../../electron/main/policy/menu-template.ts'
import { noticeSchema, noticeWords, showsNotice } from '../../../electron/main/policy/notification.ts'
import { plural } from '../../../electron/main/policy/plural.ts'
import { toPng } from '../../../electron/main/policy/png.ts'
import { staysRunning } from '../../../electron/main/policy/running.ts'
import { trayLines, trayTooltip } from '../../../electron/main/policy/tray-lines.ts'
import { languageOf, shellWords } from '../../../electron/main/words.ts'
import { notices, shellActions } from '../../../shared/contract/shell.ts'

const { it: italian, en: english } = shellWords
const facts: MenuFacts = { words: italian, platform: 'win32', signedIn: true, development: false }
const entries = (of: Partial<MenuFacts> = {}): MenuEntry[] => menuTemplate({ ...facts, ...of }).flatMap((column) => column.entries)
const deeds = (of: Partial<MenuFacts> = {}) => entries(of).filter((entry) => entry.type === 'deed')
const roles = (of: Partial<MenuFacts> = {}) => entries(of).flatMap((entry) => (entry.type === 'role' ? [entry.role] : []))

describe('the menu', () => {
  it.each(['win32', 'linux', 'darwin'] as const)('offers every action of the page once (%s)', (platform) => {
    const offered = deeds({ platform }).map(({ deed }) => deed)
    expect(offered.toSorted()).toEqual([...shellActions, 'newWindow'].toSorted())
  })
  it('speaks the person’s language', () => {
    expect(menuTemplate(facts).map(({ label }) => label)).toEqual(['File', 'Modifica', 'Vai', 'Visualizza', 'Finestra', 'Aiuto'])
    expect(menuTemplate({ ...facts, words: english }).map(({ label }) => label)).toEqual(['File', 'Edit', 'Go', 'View', 'Window', 'Help'])
  })
  it('begins with the application’s own menu on macOS, with settings and quit in it', () => {
    const [first, second] = menuTemplate({ ...facts, platform: 'darwin' })
    expect(first?.label).toBe('Sportello')
    expect(first?.entries.map((entry) => (entry.type === 'deed' ? entry.deed : entry.type === 'role' ? entry.role : '-'))).toEqual(['about', '-', 'desk.settings', '-', 'services', '-', 'hide', 'hideOthers', 'unhide', '-', 'quit'])
    expect(second?.entries.some((entry) => entry.type === 'role' && entry.role === 'quit')).toBe(false)
  })
  it('offers only a new window and the lookup before sign-in', () => expect(deeds({ signedIn: false }).filter(({ enabled }) => enabled).map(({ deed }) => deed)).toEqual(['newWindow', 'desk.lookup']))
  it('reloads no page in use', () => {
    expect(roles()).not.toContain('reload')
    expect(roles()).not.toContain('toggleDevTools')
    expect(roles({ development: true })).toContain('toggleDevTools')
  })
  it.each(['win32', 'darwin'] as const)('gives no key twice and none that writes a letter (%s)', (platform) => {
    const keys = entries({ platform }).flatMap((entry) => (entry.type !== 'separator' && entry.accelerator !== undefined ? [entry.accelerator] : []))
    expect(new Set(keys).size).toBe(keys.length)
    for (const key of keys) expect(key).toMatch(/^(?:CommandOrControl|Control)\+/)
  })
  it('closes a tab, not the window, with the key everybody presses for it', () => {
    const close = entries().find((entry) => entry.type === 'role' && entry.role === 'close')
    expect(close).toMatchObject({ accelerator: 'CommandOrControl+Shift+W' })
    expect(deeds().find(({ deed }) => deed === 'desk.closeTab')).toMatchObject({ accelerator: 'CommandOrControl+W', ownKey: false })
  })
})

describe('the tray', () => {
  const alone = { queued: 3, hub: 'none' } as const
  it('says what waits and that there is no hub', () => {
    expect(trayLines(italian, { signedIn: true, outbox: alone, unread: 0 })).toEqual(['Sportello', '3 operazioni in coda', 'Postazione autonoma, nessun hub'])
    expect(trayLines(english, { signedIn: true, outbox: { queued: 1, hub: 'unreachable' }, unread: 2 })).toEqual(['Sportello', '1 operation queued', 'Hub out of reach', '2 notices to see'])
    expect(trayLines(english, { signedIn: true, outbox: { queued: 0, hub: 'connected' }, unread: 0 })).toEqual(['Sportello', 'Nothing queued', 'Hub within reach'])
  })
  it('claims nothing while nobody is signed in, or the queue is not yet known', () => {
    for (const state of [{ signedIn: false, outbox: alone }, { signedIn: true, outbox: null }]) {
      const said = trayLines(italian, { ...state, unread: 0 }).join(' ')
      expect(said).not.toMatch(/operazion|hub/i)
      expect(said).toContain(italian.tray.queuedUnknown)
    }
  })
  it('fits into a tooltip of Windows in both languages', () => {
    for (const words of [italian, english]) {
      const lines = trayLines(words, { signedIn: true, outbox: { queued: 12_345, hub: 'none' }, unread: 99 })
      expect(trayTooltip(lines)).toBe(lines.join('\n'))
    }
  })
})

describe('a notification', () => {
  const target = { to: 'tab', tabId: '0b7c9f6e-3f0a-4c55-9a6e-6a3b5d0e1f22' } as const
  it.each(notices)('%s has words in both languages and none to fill in', (notice) => {
    for (const words of [italian, english]) {
      const { title, body } = noticeWords(words, notice)
      expect(title).not.toBe('')
      expect(`${title}${body}`).not.toMatch(/[{}|]/)
    }
  })
  it('is made of a known sentence and an opaque place', () => {
    expect(noticeSchema.safeParse({ notice: 'indexReady', target: { to: 'area', area: 'lookup' } }).success).toBe(true)
    expect(noticeSchema.safeParse({ notice: 'ticketChanged', target }).success).toBe(true)
  })
  it.each([
    { notice: 'ticketChanged', target: { to: 'tab', tabId: 'unogas:0001234' } },
    { notice: 'ticketChanged', target, title: 'Mario Rossi' },
    { notice: 'Mario Rossi', target },
    { notice: 'ticketChanged', target: { to: 'customer', customerId: 'unogas:1' } },
    { notice: 'ticketChanged', target: { to: 'area', area: 'people' } },
    { notice: 'ticketChanged', target: { ...target, name: 'x' } },
    { notice: 'ticketChanged' },
    'ticketChanged',
    null,
  ])('has no room for personal data: %j', (notice) => expect(noticeSchema.safeParse(notice).success).toBe(false))
  it('is shown only to somebody who looks elsewhere', () => {
    expect(showsNotice({ supported: true, focused: false })).toBe(true)
    expect(showsNotice({ supported: true, focused: true })).toBe(false)
    expect(showsNotice({ supported: false, focused: false })).toBe(false)
  })
})

it('Windows knows the application by the name that its installer writes', () => {
  expect(readFileSync(new URL('../../../electron-builder.yml', import.meta.url), 'utf8')).toContain(`\nappId: ${applicationId}\n`)
})

describe('starting at login', () => {
  it.each([
    ['win32', true, true], ['darwin', true, true], ['linux', true, false], ['win32', false, false], ['darwin', false, false],
  ] as const)('on %s, installed %s: offered %s', (platform, packaged, offered) => expect(offersLogin(platform, packaged)).toBe(offered))
  it.each([
    ['darwin', { openAtLogin: true, status: 'enabled' }, 'on'],
    ['darwin', { openAtLogin: false, status: 'requires-approval' }, 'needs_approval'],
    ['darwin', { openAtLogin: false, status: 'not-registered' }, 'off'],
    ['win32', { openAtLogin: true, executableWillLaunchAtLogin: true }, 'on'],
    ['win32', { openAtLogin: true, executableWillLaunchAtLogin: false }, 'disabled_by_system'],
    ['win32', { openAtLogin: false, executableWillLaunchAtLogin: false }, 'off'],
  ] as const)('%s says %j: %s', (platform, answer, state) => expect(loginState(platform, answer)).toBe(state))
})

describe('without a window', () => {
  it('the desk keeps to the platform’s habit until somebody chooses', () => {
    expect(staysRunning(null, 'darwin')).toBe(true)
    expect(staysRunning(null, 'win32')).toBe(false)
    expect(staysRunning(null, 'linux')).toBe(false)
    expect(staysRunning(true, 'linux')).toBe(true)
    expect(staysRunning(false, 'darwin')).toBe(false)
  })
})

describe('words', () => {
  it('come in the system’s language, in Italian where there is none of ours', () => {
    expect(languageOf(['en-GB', 'it'])).toBe('en')
    expect(languageOf(['de-AT', 'it-IT'])).toBe('it')
    expect(languageOf(['fr'])).toBe('it')
    expect(languageOf([])).toBe('it')
  })
  it('agree with their number', () => expect([0, 1, 2, 31].map((n) => plural('none | {n} one | {n} many', n))).toEqual(['none', '1 one', '2 many', '31 many']))
})

describe('icons', () => {
  const pictures = [trayPicture({ scale: 1, bare: false, dot: false }), trayPicture({ scale: 2, bare: false, dot: true }), trayPicture({ scale: 1, bare: true, dot: true }), badgePicture(3)]
  it('are whole PNG files of the size they say', () => {
    for (const picture of pictures) {
      const png = toPng(picture)
      expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([picture.width, picture.height])
      const at = png.indexOf('IDAT')
      const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
      expect(rows).toHaveLength(picture.height * (1 + picture.width * 4))
      expect(rows.readUInt32BE(1)).toBe(picture.points[0])
    }
  })
  it('differ with what they tell', () => {
    const prints = [...pictures, badgePicture(4), badgePicture(10), trayPicture({ scale: 1, bare: true, dot: false })].map((picture) => createHash('sha256').update(toPng(picture)).digest('hex'))
    expect(new Set(prints).size).toBe(prints.length)
    expect(badgePicture(10)).toEqual(badgePicture(99))
  })
  it('are black on nothing for the macOS menu bar, which colours them', () => {
    expect(new Set(trayPicture({ scale: 1, bare: true, dot: true }).points)).toEqual(new Set([0, 0xff]))
  })
})
