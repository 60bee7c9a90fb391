import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { DeskHost } from '../e2e/desk-host.ts'
import type { MachineSettings } from './double/settings-schema.ts'
import { startShellApp } from './shell-app.ts'
import type { ShellApp } from './shell-app.ts'

/** Where Chromium shows `app://desk/`; see double/addresses.ts. */
export const shownAt = 'https://desk.app.invalid/'

/** What only a desktop has, beside what every host of the desk has. */
export type DesktopHost = DeskHost & {
  readonly app: () => ShellApp
  readonly dataDir: string
  /** The page that a window gets while `act` happens: its first, or a new one after its page has crashed. */
  readonly pageAfter: (act: () => Promise<unknown>) => Promise<Page>
  /** Ends the application as a person would, and starts it again, perhaps on a changed computer. */
  readonly reopen: (changed?: Partial<MachineSettings>) => Promise<void>
  /** Starts the application once more on the same data directory, as a second double click would. */
  readonly startSecond: (...args: readonly string[]) => ShellApp
  /** From now on what the application writes to its log is no fault. */
  readonly allowComplaints: () => void
}

export type DoubleParts = {
  /** Shown by the first window, also after a restart. */
  readonly page: Page
  readonly dataDir: string
  readonly machine: MachineSettings
  readonly debuggingPort: number
  /** Told when a window of a running application has gone, and what its page was still loading with it. */
  readonly ending: () => void
  readonly args?: readonly string[]
}

/** The built desktop under the double. Windows that end leave an empty page, as in Electron they leave none. */
export function openDoubleHost({ page, dataDir, machine, debuggingPort, ending, args = [] }: DoubleParts): DesktopHost {
  const complaints: string[] = []
  let complaintsMatter = true
  let fresh = true
  let shown = new Map<number, Page>()
  const leaving: Promise<unknown>[] = []
  let machineNow = machine
  let toldOfPage: (given: Page) => void = () => undefined
  let app = start()

  function start(): ShellApp {
    const pages = new Map<number, Page>()
    shown = pages
    let first = true
    const givePage = async (window: number): Promise<Page> => {
      const one = first ? page : await page.context().newPage()
      first = false
      pages.set(window, one)
      toldOfPage(one)
      return one
    }
    return startShellApp({ dataDir, machine: machineNow, debuggingPort, givePage, closed: takeAway, args })
  }
  async function ended(): Promise<void> {
    if (complaintsMatter) complaints.push(...app.complaints().map((line) => `application: ${line}`))
    fresh = true
    for (const window of shown.keys()) takeAway(window)
    await Promise.all(leaving)
  }
  /** A window that is gone shows nothing; the first page stays for the next first window. */
  function takeAway(window: number): void {
    ending()
    const one = shown.get(window)
    shown.delete(window)
    if (one) leaving.push(one === page ? one.goto('about:blank') : one.close())
  }
  const kill = async () => {
    await app.kill()
    await ended()
  }
  /** Rejects where the application ends before it has shown anything. */
  const fallen = async (): Promise<never> => {
    const code = await app.exited
    throw new Error(`the application ended with ${code}: ${app.complaints().slice(-20).join('\n')}`)
  }
  const end = async () => {
    await app.act('quit').catch(() => undefined)
    const code = await app.exited
    if (code !== 0 && code !== null) complaints.push(`application: ended with ${code}`)
    await ended()
  }
  const pageAfter = async (act: () => Promise<unknown>): Promise<Page> => {
    const given = Promise.withResolvers<Page>()
    toldOfPage = given.resolve
    await act()
    return given.promise
  }
  return {
    app: () => app,
    dataDir,
    pageAfter,
    allowComplaints: () => void (complaintsMatter = false),
    // The window goes there by itself when it opens; afterwards the page goes back to its first address.
    open: async () => {
      if (fresh) await Promise.race([page.waitForURL(shownAt), fallen()])
      else await page.goto(shownAt)
      fresh = false
    },
    address: () => shownAt,
    another: () => pageAfter(() => app.act('click-menu', { in: 'application', path: ['newWindow'] })),
    hold: async (call) => {
      await app.act('hold-calls', { containing: `"${call}"` })
      return async () => void (await app.act('hold-calls', { containing: null }))
    },
    kill,
    restart: async () => {
      await kill()
      app = start()
    },
    reopen: async (changed = {}) => {
      await end()
      machineNow = { ...machine, ...changed }
      app = start()
    },
    startSecond: (...more) =>
      startShellApp({ dataDir, machine: machineNow, debuggingPort, args: more, closed: () => undefined, givePage: () => Promise.reject(new Error('a second instance wants a window')) }),
    close: async () => {
      await end()
      return complaints
    },
  }
}

/** A folder for what lies outside the data directory: downloads and the like. */
export function homeBeside(dataDir: string): string {
  return join(dataDir, '..', 'home')
}
