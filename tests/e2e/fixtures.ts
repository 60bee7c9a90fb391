import { expect, test as base } from '@playwright/test'
import type { Page } from '@playwright/test'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoPeople } from '../../scripts/demo-setup.ts'
import type { Role } from '../../shared/domain/records/people.ts'
import type { Format } from '../../renderer/src/ui/format.ts'
import { startHost } from './host.ts'
import { deskPage } from './pages/desk-page.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { watchProblems } from './problems.ts'
import { templateDir } from './template.ts'
import { formatOf, wordsOf } from './words.ts'
import type { Language, Words } from './words.ts'

export { expect }
export type Theme = 'light' | 'dark'

/** A desk of its own for each test: a copy of the demo's data directory behind a serve host in a process of its own. */
export type Desk = {
  readonly page: Page
  readonly language: Language
  readonly words: Words
  readonly format: Format
  /** Goes to the address that the host printed. */
  readonly open: () => Promise<void>
  /** Opens the desk and signs in as somebody of the demo who has nothing open yet: the box waits for the first key. */
  readonly signIn: (role?: Role) => Promise<DeskPage>
  /** The same for somebody whose tabs will come back. */
  readonly signInAgain: (role?: Role) => Promise<DeskPage>
  /** The address that the host printed, with its entry token. */
  readonly address: () => string
  /** Ends the host as a power cut would; the page stays as it is. */
  readonly kill: () => Promise<void>
  /** Kills the host where it still runs, and starts it again at the same port. */
  readonly restart: () => Promise<void>
  /** From now on failed requests are no fault of the page. */
  readonly allowNetworkErrors: () => void
}

export type Options = {
  language: Language
  theme: Theme
  /** Whether the desk starts with the demo's customers and people; otherwise it has never been set up. */
  demo: boolean
}

export const test = base.extend<Options & { desk: Desk }>({
  language: ['it', { option: true }],
  theme: ['light', { option: true }],
  demo: [true, { option: true }],
  locale: async ({ language }, use) => use(language === 'it' ? 'it-IT' : 'en-GB'),
  colorScheme: async ({ theme }, use) => use(theme),
  desk: async ({ page, language, demo }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sportello-e2e-'))
    if (demo) cpSync(templateDir(), dataDir, { recursive: true })
    let host = await startHost(dataDir)
    const problems = await watchProblems(page)
    const words = wordsOf(language)
    const open = async () => void (await page.goto(host.address))
    const kill = async () => {
      problems.allowNetworkErrors()
      await host.stop('SIGKILL')
    }
    const enter = async (role: Role) => {
      await open()
      const person = demoPeople.find((candidate) => candidate.role === role)
      if (!person) throw new Error(`the demo has no ${role}`)
      await signInPage(page, words).signIn(person)
      return deskPage(page, words)
    }
    await use({
      page,
      language,
      words,
      format: formatOf(language),
      open,
      address: () => host.address,
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
      kill,
      allowNetworkErrors: problems.allowNetworkErrors,
      restart: async () => {
        await kill()
        host = await startHost(dataDir, host.port)
      },
    })
    // What the page says about a host that has ended is no fault of it.
    const seen = [...problems.seen]
    await host.stop('SIGTERM')
    rmSync(dataDir, { recursive: true, force: true })
    expect(seen).toEqual([])
  },
})
