import type { Membrane } from './membrane.ts'

type Outgoing =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'send'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'open'; readonly address: string; readonly name: string; readonly features: string; readonly disposition: string }

/** What comes back from the main process. */
type Incoming = { readonly kind: 'reply'; readonly id: number; readonly value?: unknown; readonly error?: string } | { readonly kind: 'event'; readonly channel: string; readonly args: readonly unknown[] }

type Hear = (event: object, ...args: unknown[]) => void

/**
 * The preload's world: `require('electron')` with `contextBridge` and `ipcRenderer`, over one binding. Handed to the
 * page as text: it may use nothing from outside.
 *
 * @param preload the built preload, wrapped as CommonJS
 */
export function enterPreloadWorld(membrane: Membrane, post: (text: string) => void, preload: (require: (name: string) => unknown, module: object, exports: object) => void): void {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const listeners = new Map<string, Hear[]>()
  let last = 0
  const refusing = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get: (object, member) => {
        if (typeof member === 'string' && !(member in object) && member !== 'then') throw new Error(`The double has no ${name}.${member} in the preload`)
        return Reflect.get(object, member) as unknown
      },
    })
  const plain = (value: unknown): unknown => {
    const text = JSON.stringify(value, (_, each: unknown) => {
      if (typeof each === 'function' || typeof each === 'symbol' || typeof each === 'bigint' || ArrayBuffer.isView(each)) throw new Error('The double sends plain JSON only')
      return each
    })
    // Of `undefined`, which its declaration does not say.
    return (text as string | undefined) === undefined ? null : JSON.parse(text)
  }
  const send = (message: Outgoing) => post(JSON.stringify(message))
  const off = (channel: string, listener: Hear) => {
    listeners.set(channel, (listeners.get(channel) ?? []).filter((each) => each !== listener))
    return ipcRenderer
  }
  const on = (channel: string, listener: Hear) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
    return ipcRenderer
  }
  const ipcRenderer: object = refusing('ipcRenderer', {
    invoke: (channel: string, ...args: unknown[]) => {
      const asked = Promise.withResolvers<unknown>()
      waiting.set(++last, asked)
      send({ kind: 'invoke', id: last, channel, args: args.map(plain) })
      return asked.promise
    },
    send: (channel: string, ...args: unknown[]) => send({ kind: 'send', channel, args: args.map(plain) }),
    on,
    off,
    addListener: on,
    removeListener: off,
  })
  const electron = refusing('electron', { ipcRenderer, contextBridge: refusing('contextBridge', { exposeInMainWorld: (name: string, value: unknown) => membrane.give(name, value) }) })

  Object.defineProperty(globalThis, '__hear', {
    value: (text: string) => {
      const message = JSON.parse(text) as Incoming
      if (message.kind === 'event') {
        for (const listener of listeners.get(message.channel) ?? []) listener({ sender: ipcRenderer }, ...message.args)
        return
      }
      const asked = waiting.get(message.id)
      waiting.delete(message.id)
      if (message.error !== undefined) asked?.reject(new Error(message.error))
      else asked?.resolve(message.value)
    },
  })
  membrane.give('double:open', (address: string, name: string, features: string, disposition: string) => send({ kind: 'open', address, name, features, disposition }))
  const exported = {}
  preload(
    (name) => {
      if (name !== 'electron') throw new Error(`A sandboxed preload has no module ${name}`)
      return electron
    },
    { exports: exported },
    exported,
  )
}
