import type { BrowserWindow } from 'electron'
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CoreEvent } from '../../../shared/contract/events.ts'
import type { Core } from '../../../electron/core/core.ts'
import { silentLog } from '../../../electron/core/ports.ts'
import { channels } from '../../../electron/main/channels.ts'
import type { DeskWindow } from '../../../electron/main/desk-windows.ts'
import { lockPatienceMs } from '../../../electron/main/policy/lock.ts'
import { lockWithPower } from '../../../electron/main/power-lock.ts'
import type { Power } from '../../../electron/main/power-lock.ts'

// Only the name of the channel matters here; the module would look for a runtime.
vi.mock('electron', () => ({ ipcMain: { handle: () => undefined } }))

/** A window whose page does with `locking` what the test says. */
function deskWindow(clientId: string): DeskWindow & { readonly heard: string[]; readonly done: string[]; page: (event: CoreEvent) => void } {
  const heard: string[] = []
  const done: string[] = []
  const webContents = {
    send: (channel: string, text: string) => {
      heard.push(text)
      if (channel === channels.event) desk.page(JSON.parse(text) as CoreEvent)
    },
    forcefullyCrashRenderer: () => void done.push('crash'),
    reload: () => void done.push('reload'),
  }
  const window = { isDestroyed: () => false, webContents } as unknown as BrowserWindow
  const desk: ReturnType<typeof deskWindow> = { window, clientId, heard, done, page: (): void => undefined }
  return desk
}

const signedIn = new Set<string>()
const ended: string[] = []
let tell: (event: CoreEvent) => void = () => undefined
const end = (clientId: string): Promise<void> => {
  ended.push(clientId)
  signedIn.delete(clientId)
  tell({ kind: 'signed_out', clientId })
  return Promise.resolve()
}
const core = {
  subscribe: (listener: (event: CoreEvent) => void) => {
    tell = listener
    return () => undefined
  },
  desk: {
    session: (clientId: string) => (signedIn.has(clientId) ? {} : null),
    status: () => ({ preferences: { lockMinutes: 10 } }),
    end,
  },
} as unknown as Core

let power: EventEmitter & { state: string; asked: number[] }
let first: ReturnType<typeof deskWindow>
let second: ReturnType<typeof deskWindow>
beforeEach(() => {
  vi.useFakeTimers()
  signedIn.clear()
  ended.length = 0
  const emitter = new EventEmitter()
  power = Object.assign(emitter, { state: 'active', asked: [] as number[], getSystemIdleState: (seconds: number) => (power.asked.push(seconds), power.state) })
  first = deskWindow('a')
  second = deskWindow('b')
  lockWithPower({ power: power as unknown as Power, windows: { add: () => first, of: () => first, all: () => [first, second] }, core, log: silentLog })
})
afterEach(() => vi.useRealTimers())

describe.each([['suspend', 'suspend'], ['lock-screen', 'screen']] as const)('when the computer says %s', (event, reason) => {
  it('each signed-in page is told to save and leave, and nothing is forced when it does', async () => {
    signedIn.add('a').add('b')
    for (const desk of [first, second]) desk.page = () => void end(desk.clientId)
    power.emit(event)
    expect(first.heard).toEqual([JSON.stringify({ kind: 'locking', reason })])
    await vi.advanceTimersByTimeAsync(lockPatienceMs)
    expect(ended).toEqual(['a', 'b'])
    expect([...first.done, ...second.done]).toEqual([])
  })

  it('the session of a page that does not answer is ended for it, and its window comes back empty', async () => {
    signedIn.add('a')
    power.emit(event)
    await vi.advanceTimersByTimeAsync(lockPatienceMs - 1)
    expect(ended).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(ended).toEqual(['a'])
    expect(first.done).toEqual(['crash', 'reload'])
    expect(second.heard).toEqual([])
  })

  it('a desk where nobody is signed in is left alone', async () => {
    power.emit(event)
    await vi.advanceTimersByTimeAsync(lockPatienceMs)
    expect([first.heard, ended]).toEqual([[], []])
  })
})

describe('a computer that wakes', () => {
  it('ends at once what could not end before it slept', async () => {
    signedIn.add('a')
    power.emit('suspend')
    power.emit('resume')
    await Promise.resolve()
    expect(ended).toEqual(['a'])
    await vi.advanceTimersByTimeAsync(lockPatienceMs)
    expect(ended).toEqual(['a'])
  })
})

describe('a computer nobody touches', () => {
  it.each(['idle', 'locked'])('locks the desk by itself when it says %s, by the person’s own minutes', async (state) => {
    signedIn.add('a')
    await vi.advanceTimersByTimeAsync(15_000)
    expect([power.asked, first.heard]).toEqual([[600], []])
    power.state = state
    await vi.advanceTimersByTimeAsync(15_000 + lockPatienceMs)
    expect(ended).toEqual(['a'])
  })

  it('lets the same person in again afterwards, and locks again', async () => {
    signedIn.add('a')
    power.emit('suspend')
    await vi.advanceTimersByTimeAsync(lockPatienceMs)
    signedIn.add('a')
    power.emit('suspend')
    await vi.advanceTimersByTimeAsync(lockPatienceMs)
    expect(ended).toEqual(['a', 'a'])
  })

  it('is not guessed about where the system does not know', async () => {
    signedIn.add('a')
    power.state = 'unknown'
    await vi.advanceTimersByTimeAsync(60_000)
    expect(ended).toEqual([])
  })
})
