import { expect, test as base } from '@playwright/test'
import type { Page, TestDetails } from '@playwright/test'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoPeople } from '../../scripts/demo-setup.ts'
import type { Role } from '../../shared/domain/records/people.ts'
import type { Format } from '../../renderer/src/ui/format.ts'
import { homeBeside, openDoubleHost } from '../shell/double-host.ts'
import type { DesktopHost } from '../shell/double-host.ts'
import type { MachineSettings } from '../shell/double/settings-schema.ts'
import { openElectronHost } from '../shell/electron-host.ts'
import { freePort } from '../shell/free-port.ts'
import { openServeHost } from './desk-host.ts'
import type { DeskHost } from './desk-host.ts'
import { deskPage } from './pages/desk-page.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { watchProblems } from './problems.ts'
import { templateDir } from './template.ts'
import { formatOf, wordsOf } from './words.ts'
import type { Language, Words } from './words.ts'

export { expect }
export type Theme = 'light' | 'dark'

/** A desk of its own for each test: a copy of the demo's data directory behind a host in a process of its own. */
export type Desk = Omit<DeskHost, 'close'> & {
  readonly page: Page
  readonly language: Language
  readonly words: Words
  readonly format: Format
  /** Opens the desk and signs in as somebody of the demo who has nothing open yet: the box waits for the first key. */
  readonly signIn: (role?: Role) => Promise<DeskPage>
  /** The same for somebody whose tabs will come back. */
  readonly signInAgain: (role?: Role) => Promise<DeskPage>
  /** Failed requests are no fault of the page in this test. */
  readonly allowNetworkErrors: () => void
  /** What a page must not do is asked for by this test: what it reports is not held against it. */
  readonly provoke: () => void
  /** The desktop behind the page; throws where a loopback host stands there. */
  readonly shell: () => DesktopHost
}

/** Details of a test that is about the loopback host itself, with the reason why no window can be asked the same. */
export function onlyServe(reason: string): TestDetails {
  return { tag: '@serve', annotation: { type: 'only behind the loopback host', description: reason } }
}

/** The same for a test of what the double can be told, and Electron cannot from outside. */
export function onlyDouble(reason: string): TestDetails {
  return { tag: '@double', annotation: { type: 'only under the double', description: reason } }
}

/** The same for a test of what only Electron's own program has. */
export function onlyElectron(reason: string): TestDetails {
  return { tag: '@electron', annotation: { type: 'only under Electron', description: reason } }
}

/** What runs the desk: chosen by the project, so that the same specs run with each. */
export type WorkerOptions = { hostKind: 'serve' | 'double' | 'electron' }

export type Options = {
  language: Language
  theme: Theme
  /** Whether the desk starts with the demo's customers and people; otherwise it has never been set up. */
  demo: boolean
  /** What the computer around a desktop looks like, where it differs from the usual. */
  machine: Partial<MachineSettings>
}

export const test = base.extend<Options & { desk: Desk }, WorkerOptions & { debuggingPort: number }>({
  hostKind: ['serve', { option: true, scope: 'worker' }],
  debuggingPort: [async ({}, use) => use(await freePort()), { scope: 'worker' }],
  // The double speaks to the same browser as the test, as a client of its own.
  launchOptions: [
    async ({ launchOptions, hostKind, debuggingPort }, use) =>
      use(hostKind !== 'double' ? launchOptions : { ...launchOptions, args: [...(launchOptions.args ?? []), `--remote-debugging-port=${debuggingPort}`] }),
    { scope: 'worker' },
  ],
  language: ['it', { option: true }],
  theme: ['light', { option: true }],
  demo: [true, { option: true }],
  machine: [{}, { option: true }],
  locale: async ({ language }, use) => use(language === 'it' ? 'it-IT' : 'en-GB'),
  colorScheme: async ({ theme }, use) => use(theme),
  desk: async ({ page, language, theme, locale, demo, machine, hostKind, debuggingPort }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'sportello-e2e-'))
    const dataDir = join(folder, 'data')
    mkdirSync(dataDir)
    if (demo) cpSync(templateDir(), dataDir, { recursive: true })
    const electron = hostKind === 'electron' ? await openElectronHost({ dataDir, locale: locale ?? 'it-IT' }) : null
    // Under Electron a new start is a new page.
    const shown = () => electron?.page() ?? page
    const problems = await watchProblems(shown())
    const double = hostKind === 'double' ? openDoubleHost({ page, dataDir, debuggingPort, ending: problems.allowNetworkErrors, machine: { home: homeBeside(dataDir), locale: locale ?? 'it-IT', dark: theme === 'dark', ...machine } }) : null
    const desktop: DesktopHost | null = electron ?? double
    const host: DeskHost = desktop ?? (await openServeHost({ page, dataDir, locale: locale ?? 'it-IT' }))
    const words = wordsOf(language)
    let provoked = false
    const enter = async (role: Role) => {
      await host.open()
      const person = demoPeople.find((candidate) => candidate.role === role)
      if (!person) throw new Error(`the demo has no ${role}`)
      await signInPage(shown(), words).signIn(person)
      return deskPage(shown(), words)
    }
    await use({
      ...host,
      get page() {
        return shown()
      },
      language,
      words,
      format: formatOf(language),
      signIn: async (role = 'agent') => {
        const desk = await enter(role)
        await expect(desk.box).toBeFocused()
        return desk
      },
      signInAgain: async (role = 'agent') => {
        const desk = await enter(role)
        await expect(desk.box).toBeVisible()
        return desk
      },
      allowNetworkErrors: problems.allowNetworkErrors,
      provoke: () => void (provoked = true),
      kill: () => {
        problems.allowNetworkErrors()
        return host.kill()
      },
      restart: () => {
        problems.allowNetworkErrors()
        return host.restart()
      },
      shell: () => {
        if (desktop === null) throw new Error('no desktop here: the loopback host has no windows')
        return desktop
      },
    })
    // What the page says about a host that has ended is no fault of it.
    const seen = provoked ? [] : [...problems.seen()]
    const faults = await host.close()
    rmSync(folder, { recursive: true, force: true })
    expect([...seen, ...faults]).toEqual([])
  },
})
