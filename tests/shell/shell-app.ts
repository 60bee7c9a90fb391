/** The built desktop in a process of its own, with the double in the place of `electron`. */
import { fork } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { settingsVariable } from './double/settings-schema.ts'
import type { MachineSettings } from './double/settings-schema.ts'
import type { CommandName, Commands, FromApp, FromTest, Note, ShellState } from './double/wire.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const built = at('../..')
const register = new URL('double/register.ts', import.meta.url).href

export type ShellApp = {
  readonly notes: readonly Note[]
  /** Does what a person or the system would; rejects with what the application could not do. */
  readonly act: <K extends CommandName>(command: K, ...input: Commands[K]['input'] extends null ? [] : [Commands[K]['input']]) => Promise<Commands[K]['output']>
  readonly state: () => Promise<ShellState>
  /** Lines that the application has written to its standard error. */
  readonly complaints: () => readonly string[]
  /** How it ended: its exit code, or `null` when it was killed. */
  readonly exited: Promise<number | null>
  readonly kill: () => Promise<void>
}

export type ShellOptions = {
  readonly dataDir: string
  readonly machine: MachineSettings
  readonly args?: readonly string[]
  /** Gives a page of the test's browser to a window that wants one. */
  readonly givePage: (window: number) => Promise<Page>
  /** Told when a window is gone. */
  readonly closed: (window: number) => void
  readonly debuggingPort: number
}

export function startShellApp({ dataDir, machine, args = [], givePage, closed, debuggingPort }: ShellOptions): ShellApp {
  mkdirSync(join(machine.home, 'downloads'), { recursive: true })
  // Playwright's own, of no use to the application.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS' && name !== 'FORCE_COLOR'))
  const { packaged = null } = machine
  const child = fork(join(packaged?.app ?? built, 'out', 'main', 'main.js'), [`--data-dir=${dataDir}`, ...args], {
    execArgv: ['--import', register],
    env: { ...env, [settingsVariable]: JSON.stringify(machine), ...(packaged === null ? {} : { APPIMAGE: packaged.appImage, XDG_CACHE_HOME: join(machine.home, 'cache') }) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const notes: Note[] = []
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let said = ''
  let last = 0
  const exited = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      for (const { reject } of waiting.values()) reject(new Error(`The application ended with ${code}: ${said.slice(-2000)}`))
      waiting.clear()
      resolve(code)
    })
  })
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.on('message', (message: FromApp) => {
    if ('note' in message) {
      notes.push(message)
      if (message.note === 'page-wanted') void give(message.window)
      if (message.note === 'window' && message.what === 'closed') closed(message.window)
      return
    }
    const asked = waiting.get(message.reply)
    waiting.delete(message.reply)
    if ('error' in message) asked?.reject(new Error(message.error))
    else asked?.resolve(message.output)
  })

  async function give(window: number): Promise<void> {
    const page = await givePage(window)
    try {
      const session = await page.context().newCDPSession(page)
      const { targetInfo } = await session.send('Target.getTargetInfo')
      await session.detach()
      await act('give-page', { window, target: targetInfo.targetId, browserContext: targetInfo.browserContextId ?? null, endpoint: `ws://127.0.0.1:${debuggingPort}` })
    } catch (error) {
      // A window or an application that goes meanwhile wants no page any more.
      if (child.connected && !page.isClosed()) throw error
    }
  }

  function act<K extends CommandName>(command: K, input?: Commands[K]['input']): Promise<Commands[K]['output']> {
    const asked = Promise.withResolvers<unknown>()
    if (!child.connected) return Promise.reject(new Error(`The application has ended: ${said.slice(-2000)}`))
    waiting.set(++last, asked)
    child.send({ id: last, command, input: input ?? null } satisfies FromTest)
    return asked.promise as Promise<Commands[K]['output']>
  }

  return {
    notes,
    act,
    state: () => act('state'),
    complaints: () => said.split('\n').filter((line) => line !== ''),
    exited,
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}
