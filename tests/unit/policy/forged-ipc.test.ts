import type { BrowserWindow, IpcMainInvokeEvent, WebContents } from 'electron'
import fc from 'fast-check'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Core } from '../../../electron/core/core.ts'
import { channels } from '../../../electron/main/channels.ts'
import { connectWindows } from '../../../electron/main/ipc.ts'
import { appAddress } from '../../../electron/main/policy/app-origin.ts'
import { deniedAddresses } from './corpus.ts'

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<unknown>
const electron = vi.hoisted(() => ({ handlers: new Map<string, unknown>() }))
vi.mock('electron', () => ({ ipcMain: { handle: (channel: string, handler: unknown) => electron.handlers.set(channel, handler) } }))

const ours = { id: 1 } as WebContents
const window = { isDestroyed: () => false, webContents: ours } as unknown as BrowserWindow
const desk = { window, clientId: 'window-1' }
/** What came through to the core and to the shell. */
const reached: string[] = []
let fail = false
const answer = (where: string) => (): Promise<string> => {
  reached.push(where)
  return fail ? Promise.reject(new Error('EACCES: /home/anna/RSSMRA80A01H501U.csv')) : Promise.resolve('"answer"')
}

beforeAll(() => {
  const core = { dispatch: answer('core'), subscribe: () => () => undefined, desk: { session: () => null } } as unknown as Core
  connectWindows({ add: () => desk, of: (contents) => (contents.id === 1 ? desk : null), all: () => [desk] }, core, answer('shell'))
})

const gone = (): never => {
  throw new Error('Render frame was disposed before WebFrameMain could be accessed')
}
const top = { url: appAddress, parent: null }
const good = { sender: ours, senderFrame: top }
const disposed = { get url() { return gone() }, get parent() { return gone() } }

/** Everything but the top frame of our window on our page. */
const forged = fc.oneof(
  fc.constantFrom(...deniedAddresses).map((url) => ({ sender: ours, senderFrame: { url, parent: null } })),
  fc.string().filter((url) => URL.parse(url)?.host !== 'desk').map((url) => ({ sender: ours, senderFrame: { url, parent: null } })),
  fc.constantFrom(top, disposed, {}).map((parent) => ({ sender: ours, senderFrame: { url: appAddress, parent } })),
  fc.constantFrom(
    { sender: ours, senderFrame: null },
    { sender: ours },
    { sender: ours, senderFrame: disposed },
    { sender: ours, senderFrame: {} },
    { sender: ours, senderFrame: { url: undefined, parent: null } },
    { sender: ours, senderFrame: { url: 7, parent: null } },
    { sender: ours, senderFrame: { url: appAddress } },
    { sender: { id: 2 }, senderFrame: top },
    { sender: { get id() { return gone() } }, senderFrame: top },
    { sender: undefined, senderFrame: top },
    { sender: null, senderFrame: top },
    {},
    { get sender() { return gone() }, senderFrame: top },
    { sender: ours, get senderFrame() { return gone() } },
  ),
)
const request = fc.oneof(fc.constant('{"call":"session.status","input":{}}'), fc.constant('{"ability":"print","input":{}}'), fc.string(), fc.anything())
const strange = fc.anything().filter((value) => typeof value !== 'string')
const channel = fc.constantFrom(channels.call, channels.shell)
const invoke = (name: string, event: unknown, ...args: unknown[]): Promise<unknown> => (electron.handlers.get(name) as Handler)(event as IpcMainInvokeEvent, ...args)
const refusal = '{"ok":false,"error":{"code":"forbidden"}}'

describe('a message to the application', () => {
  it('is heard on two channels and no other', () => expect([...electron.handlers.keys()]).toEqual([channels.call, channels.shell]))

  it('from our own page reaches core and shell', async () => {
    reached.length = 0
    expect(await invoke(channels.call, good, '{}')).toBe('"answer"')
    expect(await invoke(channels.shell, good, '{}')).toBe('"answer"')
    expect(reached).toEqual(['core', 'shell'])
  })

  it('from anybody else is refused in the same words, whoever it is and whatever it says; nothing is thrown', async () => {
    reached.length = 0
    await fc.assert(fc.asyncProperty(channel, forged, request, fc.anything(), async (name, event, text, more) => (await invoke(name, event, text, more)) === refusal), { numRuns: 2000 })
    expect(reached).toEqual([])
  })

  it('that is no text is refused from our own page too', async () => {
    reached.length = 0
    await fc.assert(fc.asyncProperty(channel, strange, async (name, value) => (await invoke(name, good, value)) === refusal), { numRuns: 1000 })
    for (const name of [channels.call, channels.shell]) expect(await invoke(name, good)).toBe(refusal)
    expect(reached).toEqual([])
  })

  it('whose answer fails tells neither stack nor message nor path', async () => {
    fail = true
    try {
      for (const name of [channels.call, channels.shell]) expect(await invoke(name, good, '{}')).toBe('{"ok":false,"error":{"code":"internal"}}')
    } finally {
      fail = false
    }
  })
})
