import { beforeEach, describe, expect, it, vi } from 'vitest'
import { channels } from '../../../electron/main/channels.ts'

type Bridge = { call: (request: string) => Promise<string>; onEvent: (listener: (event: string) => void) => () => void; shell: (request: string) => Promise<string> }
type Listener = (event: object, message: unknown) => void

const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  invoked: [] as unknown[][],
  listeners: new Map<string, Set<unknown>>(),
}))
vi.mock('electron', () => {
  const ipcRenderer = {
    invoke: (...args: unknown[]) => {
      electron.invoked.push(args)
      return Promise.resolve('reply')
    },
    on: (channel: string, listener: unknown) => {
      electron.listeners.set(channel, new Set([...(electron.listeners.get(channel) ?? []), listener]))
      return ipcRenderer
    },
    off: (channel: string, listener: unknown) => {
      electron.listeners.get(channel)?.delete(listener)
      return ipcRenderer
    },
  }
  return { ipcRenderer, contextBridge: { exposeInMainWorld: (name: string, value: unknown) => electron.exposed.set(name, value) } }
})

beforeEach(() => {
  electron.invoked.length = 0
  electron.listeners.clear()
})

async function loadBridge(): Promise<Bridge> {
  await import('../../../electron/preload/preload.ts')
  return electron.exposed.get('sportello') as Bridge
}

describe('the bridge between page and application', () => {
  it('is three functions in one frozen object, and nothing else', async () => {
    const bridge = await loadBridge()
    expect([...electron.exposed.keys()]).toEqual(['sportello'])
    expect(Object.keys(bridge)).toEqual(['call', 'onEvent', 'shell'])
    expect(Object.isFrozen(bridge)).toBe(true)
  })

  it('speaks on the channels the application listens to', async () => {
    const bridge = await loadBridge()
    expect(await bridge.call('{"call":"session.status"}')).toBe('reply')
    await bridge.shell('{"ability":"print"}')
    expect(electron.invoked).toEqual([[channels.call, '{"call":"session.status"}'], [channels.shell, '{"ability":"print"}']])
  })

  it('passes on the text of an event, never the event, and gives nothing back when it stops listening', async () => {
    const bridge = await loadBridge()
    const heard: unknown[][] = []
    const stop = bridge.onEvent((...args) => void heard.push(args))
    const [listener] = electron.listeners.get(channels.event) ?? []
    const tell = listener as Listener
    tell({ sender: 'ipcRenderer' }, '{"kind":"changed"}')
    tell({ sender: 'ipcRenderer' }, { not: 'text' })
    expect(heard).toEqual([['{"kind":"changed"}']])
    expect(stop()).toBeUndefined()
    expect(electron.listeners.get(channels.event)?.size).toBe(0)
  })
})
