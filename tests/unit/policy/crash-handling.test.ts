import type { BrowserWindow, WebContents } from 'electron'
import { EventEmitter } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bringPagesBack, endOnFailure } from '../../../electron/main/crash-handling.ts'
import type { DeskWindows } from '../../../electron/main/desk-windows.ts'
import { mostReloads } from '../../../electron/main/policy/crash-response.ts'

type Box = { readonly message: string; readonly buttons: readonly string[]; readonly signal?: AbortSignal }
type Hoisted = { app: unknown; boxes: unknown[]; answer: unknown }
const electron = vi.hoisted((): Hoisted => ({ app: null, boxes: [], answer: null }))
// The runtime's events and dialogs, and nothing of its behaviour.
vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events')
  const done: string[] = []
  electron.app = Object.assign(new Emitter(), { done, isReady: () => true, isPackaged: true, relaunch: () => void done.push('relaunch'), exit: (code: number) => void done.push(`exit ${code}`), quit: () => void done.push('quit') })
  const dialog = {
    showMessageBox: (...args: unknown[]) => {
      electron.boxes.push(args.at(-1))
      return electron.answer
    },
  }
  return { app: electron.app, dialog }
})

const app = () => electron.app as EventEmitter & { done: string[] }
const boxes = () => electron.boxes as Box[]
const answering = (response: number): void => {
  electron.answer = Promise.resolve({ response })
}
const settle = () => new Promise((resolve) => setImmediate(resolve))
let done: string[]
let said: string[]
let contents: WebContents
let window: BrowserWindow & EventEmitter
const windows = () => ({ of: (asked: WebContents) => (asked === contents ? { window, clientId: 'a' } : null), all: () => [], add: () => ({ window, clientId: 'a' }) }) satisfies DeskWindows
const log = (_level: string, event: string, fields: object = {}) => void said.push(JSON.stringify({ event, ...fields }))

beforeEach(() => {
  done = []
  said = []
  electron.boxes.length = 0
  app().done.length = 0
  contents = { reload: () => void done.push('reload'), forcefullyCrashRenderer: () => void done.push('crash') } as unknown as WebContents
  window = Object.assign(new EventEmitter(), { isDestroyed: () => false, webContents: contents }) as unknown as BrowserWindow & EventEmitter
})
afterEach(() => void app().removeAllListeners())

describe('a page whose process has gone', () => {
  const fall = (reason: string) => app().emit('render-process-gone', {}, contents, { reason, exitCode: 5 })

  it('is loaded again, and the reason is written down', () => {
    bringPagesBack(windows(), log)
    fall('crashed')
    expect(done).toEqual(['reload'])
    expect(said).toEqual(['{"event":"page_gone","reason":"crashed","exitCode":5}'])
  })

  it('is asked about once when it falls again and again, in both languages; then the application restarts or ends', async () => {
    for (const [button, ends] of [[0, ['relaunch', 'quit']], [1, ['quit']]] as const) {
      app().removeAllListeners()
      app().done.length = 0
      electron.boxes.length = 0
      contents = { ...contents } as WebContents
      answering(button)
      bringPagesBack(windows(), log)
      for (let i = 0; i < mostReloads + 3; i++) fall('oom')
      await settle()
      expect(boxes()).toHaveLength(1)
      expect(boxes()[0]).toMatchObject({ buttons: ['Riavvia / Restart', 'Chiudi / Close'], message: expect.stringMatching(/finestra.*\n.*window/) as string })
      expect(app().done).toEqual(ends)
    }
  })

  it('is left alone when its window has gone too, or is none of ours', () => {
    bringPagesBack(windows(), log)
    app().emit('render-process-gone', {}, {}, { reason: 'crashed', exitCode: 5 })
    Object.assign(window, { isDestroyed: () => true })
    fall('clean-exit')
    expect(done).toEqual([])
  })
})

describe('a helper process that has gone', () => {
  it('is written down and nothing else', () => {
    bringPagesBack(windows(), log)
    app().emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 9 })
    app().emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 })
    expect([said, done]).toEqual([['{"event":"helper_gone","type":"gpu","reason":"crashed","exitCode":9}'], []])
  })
})

describe('a page that hangs', () => {
  const watched = () => {
    bringPagesBack(windows(), log)
    app().emit('browser-window-created', {}, window)
  }

  it('is waited for, if the person wants to', async () => {
    watched()
    answering(0)
    window.emit('unresponsive')
    await settle()
    expect([boxes().length, done]).toEqual([1, []])
  })

  it('is loaded afresh, if the person wants to', async () => {
    watched()
    answering(1)
    window.emit('unresponsive')
    await settle()
    expect(done).toEqual(['crash', 'reload'])
  })

  it('is asked about once, and not any more when it answers', async () => {
    watched()
    const { promise, resolve } = Promise.withResolvers<{ response: number }>()
    electron.answer = promise
    window.emit('unresponsive')
    window.emit('unresponsive')
    expect(boxes()).toHaveLength(1)
    window.emit('responsive')
    expect(boxes()[0]?.signal?.aborted).toBe(true)
    resolve({ response: 1 })
    await settle()
    expect(done).toEqual([])
  })
})

describe('an error nobody caught', () => {
  const added: { event: string; listener: (error: unknown) => void }[] = []
  const watch = (close: () => Promise<void>) => {
    const on = vi.spyOn(process, 'on').mockImplementation((event, listener) => {
      added.push({ event: String(event), listener: listener as (error: unknown) => void })
      return process
    })
    const fail = endOnFailure({ log, close })
    on.mockRestore()
    return fail
  }
  const hear = (event: string, error: unknown) => added.splice(0).find((one) => one.event === event)?.listener(error)

  it('closes the store, asks, and ends; its message is told to nobody', async () => {
    answering(0)
    watch(() => {
      app().done.push('closed')
      return Promise.resolve()
    })
    hear('uncaughtException', new TypeError('RSSMRA80A01H501U'))
    await settle()
    expect(app().done).toEqual(['closed', 'relaunch', 'exit 1'])
    expect(JSON.stringify([said, electron.boxes])).not.toContain('RSSMRA80A01H501U')
    expect(said).toEqual(['{"event":"main_exception","name":"TypeError","code":"none"}'])
  })

  it('ends also when the store does not close', async () => {
    answering(1)
    watch(() => Promise.reject(new Error('full')))
    hear('uncaughtException', new Error('x'))
    await settle()
    expect(app().done).toEqual(['exit 1'])
    vi.useFakeTimers()
    try {
      app().done.length = 0
      watch(() => new Promise(() => undefined))
      hear('uncaughtException', new Error('x'))
      await vi.advanceTimersByTimeAsync(5000)
      expect(app().done).toEqual(['exit 1'])
    } finally {
      vi.useRealTimers()
    }
  })

  it('in a promise is written down, and the desk goes on', async () => {
    watch(() => Promise.resolve())
    hear('unhandledRejection', new Error('x'))
    await settle()
    expect(app().done).toEqual([])
    expect(said).toEqual(['{"event":"main_rejection","name":"Error","code":"none"}'])
  })

  it('at the start ends the desk, for there would be no window', async () => {
    answering(1)
    watch(() => Promise.resolve())(new Error('x'))
    await settle()
    expect(app().done).toEqual(['exit 1'])
  })
})

describe('the crash reporter', () => {
  it('is never started', () => {
    const folder = fileURLToPath(new URL('../../../electron', import.meta.url))
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    expect(sources.filter((name) => readFileSync(join(folder, name), 'utf8').includes('crashReporter'))).toEqual([])
  })
})
