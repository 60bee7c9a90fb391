/**
 * The same built desktop under Electron itself. Chosen only where a runtime is installed; it has not run where this was
 * written. What only the double can be told to do is refused by name: specs that need it are tagged `@double`.
 */
import { _electron } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { installedElectron } from '../../scripts/find-electron.ts'
import { homeBeside } from './double-host.ts'
import type { DesktopHost } from './double-host.ts'
import { listenIn, performIn, stateOf } from './electron-acts.ts'
import type { ShellApp } from './shell-app.ts'
import type { CommandName, Note } from './double/wire.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

type Running = { readonly electron: ElectronApplication; readonly app: ShellApp }

export async function openElectronHost({ dataDir, locale }: { readonly dataDir: string; readonly locale: string }): Promise<DesktopHost & { readonly page: () => Page }> {
  const executablePath = installedElectron()
  if (executablePath === null) throw new Error('no Electron runtime is installed')
  const args = [root, `--data-dir=${dataDir}`, `--lang=${locale}`]
  mkdirSync(homeBeside(dataDir), { recursive: true })
  let running = await start()
  let page = await running.electron.firstWindow()

  async function start(): Promise<Running> {
    const electron = await _electron.launch({ executablePath: executablePath ?? '', args })
    const notes: Note[] = []
    let said = ''
    electron.process().stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const exited = new Promise<number | null>((resolve) => electron.process().on('exit', resolve))
    await listenIn(electron, notes)
    const act = (async (command: CommandName, input: unknown) => performIn(electron, command, input)) as ShellApp['act']
    return {
      electron,
      app: {
        notes,
        act,
        state: () => stateOf(electron),
        complaints: () => said.split('\n').filter((line) => line.startsWith('{')),
        exited,
        kill: async () => {
          electron.process().kill('SIGKILL')
          await exited
        },
      },
    }
  }
  async function again(end: () => Promise<unknown>): Promise<void> {
    await end()
    running = await start()
    page = await running.electron.firstWindow()
  }
  const quit = async () => {
    await running.app.act('quit').catch(() => undefined)
    await running.app.exited
  }
  const pageAfter = async (act: () => Promise<unknown>): Promise<Page> => {
    const [next] = await Promise.all([running.electron.waitForEvent('window'), act()])
    return next
  }
  return {
    page: () => page,
    app: () => running.app,
    dataDir,
    pageAfter,
    allowComplaints: () => undefined,
    open: async () => void (await page.waitForURL('app://desk/')),
    address: () => 'app://desk/',
    another: () => pageAfter(() => running.app.act('click-menu', { in: 'application', path: ['newWindow'] })),
    hold: () => Promise.reject(new Error('Calls are held by the double only')),
    kill: () => running.app.kill(),
    restart: () => again(running.app.kill),
    reopen: () => again(quit),
    startSecond: (...more) => {
      const second = _electron.launch({ executablePath, args: [...args, ...more] }).catch(() => null)
      // A second instance ends before Playwright has found its windows.
      return { ...running.app, exited: second.then((electron) => electron?.process().exitCode ?? 0) }
    },
    close: async () => {
      await quit()
      return []
    },
  }
}
