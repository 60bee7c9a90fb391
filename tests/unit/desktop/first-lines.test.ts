/** The first lines of the desktop, before anything is ready: who may start at all. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { recorder } from './electron-parts.ts'
import type { Calls } from './electron-parts.ts'

const electron = vi.hoisted((): { app: unknown } => ({ app: null }))
vi.mock('electron', () => ({
  get app() {
    return electron.app
  },
  protocol: { registerSchemesAsPrivileged: () => undefined },
  ...Object.fromEntries(['BrowserWindow', 'clipboard', 'dialog', 'globalShortcut', 'ipcMain', 'Menu', 'nativeImage', 'nativeTheme', 'net', 'Notification', 'powerMonitor', 'safeStorage', 'screen', 'shell', 'Tray'].map((name) => [name, {}])),
}))

const watched = ['uncaughtException', 'unhandledRejection']
/** The emitter that a process is, without the names of its signals. */
const events: NodeJS.EventEmitter = process
let folder = ''
let calls: Calls = []
let before: { readonly argv: string[]; readonly listeners: readonly (readonly unknown[])[] }
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-first-'))
  calls = []
  before = { argv: process.argv, listeners: watched.map((event) => events.listeners(event)) }
  vi.resetModules()
})
afterEach(() => {
  process.argv = before.argv
  for (const [index, event] of watched.entries()) for (const listener of events.listeners(event)) if (before.listeners[index]?.includes(listener) === false) events.removeListener(event, listener as () => void)
  rmSync(folder, { recursive: true, force: true })
})

/** What the desktop asked of Electron, in order, while its module was being run. */
async function start(isPackaged: boolean, ...args: string[]): Promise<readonly string[]> {
  electron.app = Object.assign(
    recorder(calls, { getPath: folder, setPath: undefined, enableSandbox: undefined, exit: undefined, quit: undefined, requestSingleInstanceLock: false, whenReady: () => new Promise(() => undefined) }),
    { isPackaged },
  )
  process.argv = ['sportello', ...args, `--data-dir=${folder}`]
  await import('../../../electron/main/main.ts')
  return calls.map(([name]) => String(name))
}

describe('an installed desk', () => {
  it.each(['--remote-debugging-port=9222', '--inspect', '--no-sandbox', '--password-store=basic', '/inspect:9229'])('ends at once with %s, before it asks whether another one runs', async (args) => {
    const did = await start(true, args)
    expect(calls).toContainEqual(['exit', 1])
    expect(did).not.toContain('requestSingleInstanceLock')
    expect(did).not.toContain('whenReady')
  })

  it('goes on with a switch that harms nothing, sandboxed first', async () => {
    const did = await start(true, '--lang=it')
    expect(did).not.toContain('exit')
    expect(did.indexOf('enableSandbox')).toBeGreaterThanOrEqual(0)
    expect(did.indexOf('enableSandbox')).toBeLessThan(did.indexOf('requestSingleInstanceLock'))
    // Another one runs: this one leaves by itself.
    expect(did.at(-1)).toBe('quit')
  })

  it('keeps what the browser writes beside the data it belongs to', async () => {
    await start(true)
    expect(calls).toContainEqual(['setPath', 'userData', join(folder, 'browser')])
  })
})

it('under development a debugger may be attached', async () => {
  const did = await start(false, '--inspect')
  expect(did).not.toContain('exit')
  expect(did).toContain('requestSingleInstanceLock')
})
