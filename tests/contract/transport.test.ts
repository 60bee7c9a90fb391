import type { BrowserWindow, IpcMainInvokeEvent } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import type { CallSpec } from '../../shared/contract/call.ts'
import { callNames, contract } from '../../shared/contract/index.ts'
import type { CallName } from '../../shared/contract/index.ts'
import { channels } from '../../electron/main/channels.ts'
import { connectWindows } from '../../electron/main/ipc.ts'
import { appAddress } from '../../electron/main/policy/app-origin.ts'
import { testPassword } from '../support/hash-cost.ts'
import { loadMasterData } from '../support/master-data.ts'
import { createTestCore } from '../support/test-core.ts'
import { samples } from './samples.ts'
import { http } from './transports.ts'
import type { Line, Transport } from './transports.ts'

type IpcHandler = (event: IpcMainInvokeEvent, request: unknown) => Promise<string>
const electron = vi.hoisted(() => ({ handlers: new Map<string, unknown>() }))
// The Electron module cannot run here: this stands for its IPC only, the handlers behind it are the product's.
vi.mock('electron', () => ({ ipcMain: { handle: (channel: string, handler: unknown) => electron.handlers.set(channel, handler) } }))

/** The IPC of the desktop shell: the product's own handler, called as Electron calls it. */
const ipc: Transport = {
  name: 'in the shape of IPC',
  connect: (core): Promise<Line> => {
    const window = { isDestroyed: () => false, webContents: { send: () => undefined } } as unknown as BrowserWindow
    const desk = { window, clientId: 'window-1' }
    connectWindows({ add: () => desk, of: () => desk, all: () => [desk] }, core, () => Promise.resolve('{}'))
    const handler = electron.handlers.get(channels.call) as IpcHandler
    const event = { sender: {}, senderFrame: { url: appAddress, parent: null } } as unknown as IpcMainInvokeEvent
    return Promise.resolve({ send: async (request) => structuredClone(await handler(event, structuredClone(request))), close: () => Promise.resolve() })
  },
}

type Envelope = { readonly ok: boolean; readonly error?: { readonly code: string } }

/** What a call may answer to a good input of somebody who may make it: nothing that any call may say, `internal` least of all. */
function declared(name: CallName): readonly string[] {
  const [area = '', call = ''] = name.split('.')
  return (contract as unknown as Record<string, Record<string, CallSpec>>)[area]?.[call]?.errors ?? []
}

/** What a report says of files, as text within the answer: those of two desks were not written in the same moment, nor is a log of the database always as long. */
function comparable(reply: string): string {
  return reply.replaceAll(/(\\?"changed\\?": ?\\?")[^"\\]+/g, '$1').replaceAll(/(-(?:wal|shm)\\?",(?:\\n)?\s*\\?"bytes\\?": ?)\d+/g, '$10')
}

describe('every call', () => {
  it.each([http, ipc])('$name answers as the core itself does, in a form that survives JSON', async ({ connect }) => {
    const direct = await createTestCore({ load: loadMasterData })
    const other = await createTestCore({ load: loadMasterData })
    const line = await connect(other.core)
    try {
      const signIn = JSON.stringify({ call: 'session.signIn', input: { username: 'anna', password: testPassword } })
      expect(JSON.parse(await line.send(signIn))).toEqual(JSON.parse(await direct.core.dispatch({ clientId: 'test' }, signIn)))
      for (const name of callNames().filter((call) => call !== 'session.signOut')) {
        const request = JSON.stringify({ call: name, input: samples[name] })
        const expected: unknown = JSON.parse(comparable(await direct.core.dispatch({ clientId: 'test' }, request)))
        const actual: unknown = JSON.parse(comparable(await line.send(request)))
        expect(actual, name).toEqual(expected)
        expect(JSON.parse(JSON.stringify(actual)), name).toEqual(actual)
        const reply = actual as Envelope
        if (!reply.ok) expect(declared(name), name).toContain(reply.error?.code)
      }
    } finally {
      await line.close()
      await other.close()
      await direct.close()
    }
  })
})
