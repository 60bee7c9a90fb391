/** One page of the browser, spoken to directly: a client of its own beside the test's. */
import type { CDPSession } from '@playwright/test'

export type Cdp = Pick<CDPSession, 'send' | 'on'> & { readonly close: () => void }

type Incoming = { readonly id?: number; readonly result?: unknown; readonly error?: { readonly message: string }; readonly method?: string; readonly params?: unknown }

/** @param endpoint address of the browser's debugging port, such as `ws://127.0.0.1:9222` */
export async function connectToPage(endpoint: string, target: string): Promise<Cdp> {
  const socket = new WebSocket(`${endpoint}/devtools/page/${target}`)
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const listeners = new Map<string, ((params: unknown) => void)[]>()
  let last = 0
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new Error('The double found no page at the debugging port')))
  })
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const { id, result, error, method, params } = JSON.parse(data) as Incoming
    if (method !== undefined) for (const listener of listeners.get(method) ?? []) listener(params)
    if (id === undefined) return
    const asked = waiting.get(id)
    waiting.delete(id)
    if (error) asked?.reject(new Error(error.message))
    else asked?.resolve(result)
  })
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The page is gone'))
    waiting.clear()
  })
  const client = {
    send: (method: string, params: unknown = {}) => {
      const asked = Promise.withResolvers<unknown>()
      // A page may go at any time, and not everybody waits for its answer.
      asked.promise.catch(() => undefined)
      if (socket.readyState !== WebSocket.OPEN) asked.reject(new Error('The page is gone'))
      else {
        waiting.set(++last, asked)
        socket.send(JSON.stringify({ id: last, method, params }))
      }
      return asked.promise
    },
    on: (method: string, listener: (params: unknown) => void) => {
      listeners.set(method, [...(listeners.get(method) ?? []), listener])
    },
    close: () => socket.close(),
  }
  return client as unknown as Cdp
}
