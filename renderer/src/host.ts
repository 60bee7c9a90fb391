import type { CoreEvent } from '../../shared/contract/events.ts'
import type { Shell } from '../../shared/contract/shell.ts'
import type { Transport } from './core-client.ts'
import { alwaysUp, watchLink } from './host-link.ts'
import type { LinkWatch } from './host-link.ts'
import { nativeShell, noDesktop } from './host-shell.ts'

type Listener = (event: string) => void

/** How the renderer reaches its host: one JSON string there, one back, and events as JSON strings. */
export type Host = {
  readonly shell: Shell
  /** Rejects only when the host cannot be reached at all. */
  readonly call: Transport
  /** Hears events until the answer is called. */
  readonly onEvent: (listener: Listener) => () => void
  readonly link: LinkWatch
}

/** What the preload puts on the window under Electron. */
export type Bridge = {
  readonly call: Transport
  readonly onEvent: (listener: Listener) => () => void
  readonly shell: (request: string) => Promise<string>
}

/** Said after a gap: anything may have changed meanwhile, so every store reads afresh. */
const anythingChanged = JSON.stringify({ kind: 'changed', entity: 'master', ids: [] } satisfies CoreEvent)
const retryMs = 2000

/** Asks once in which host this renderer lives; nothing else in the renderer knows. */
export function connectHost(): Host {
  const bridge = (window as Window & { readonly sportello?: Bridge }).sportello
  return bridge === undefined ? browserHost() : electronHost(bridge)
}

function electronHost(bridge: Bridge): Host {
  return { call: bridge.call, link: alwaysUp, ...nativeShell(bridge) }
}

function browserHost(): Host {
  const link = watchLink(async () => (await fetch('/events', { method: 'HEAD', cache: 'no-store', redirect: 'error' })).status)
  return {
    call: async (body) => {
      const headers = { 'content-type': 'application/json', 'x-sportello': '1' }
      try {
        const reply = await fetch('/call', { method: 'POST', headers, body, cache: 'no-store', redirect: 'error' })
        if (reply.status === 401) link.suspect()
        else link.heard()
        return await reply.text()
      } catch (problem) {
        link.suspect()
        throw problem
      }
    },
    onEvent: listenToStream('/events', link),
    link,
    shell: {
      ...noDesktop,
      can: (ability) => ability === 'print' || ability === 'saveFile',
      print: () => {
        window.print()
        return Promise.resolve('done')
      },
      saveFile: ({ name, mime, text, encoding }) => {
        download(name, new Blob([encoding === 'base64' ? Uint8Array.from(atob(text), (character) => character.charCodeAt(0)) : text], { type: mime }))
        return Promise.resolve('saved')
      },
    },
  }
}

function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads the blob after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/**
 * The loopback host's events, from one stream for all listeners. A hidden page lets go of it, because a browser holds
 * only six connections to one host, and so many tabs would leave none for calls.
 */
function listenToStream(path: string, link: { readonly suspect: () => void; readonly heard: () => void }): (listener: Listener) => () => void {
  const listeners = new Set<Listener>()
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let heardBefore = false

  const tell: Listener = (event) => {
    for (const listener of listeners) listener(event)
  }
  const leave = () => {
    clearTimeout(retry)
    source?.close()
    source = null
  }
  const join = () => {
    leave()
    if (listeners.size === 0 || document.hidden) return
    const stream = new EventSource(path)
    source = stream
    stream.addEventListener('open', () => {
      link.heard()
      if (heardBefore) tell(anythingChanged)
      heardBefore = true
    })
    stream.addEventListener('message', (event: MessageEvent<string>) => tell(event.data))
    stream.addEventListener('error', () => {
      link.suspect()
      // The browser tries again by itself after a broken line, but not after a refusal.
      if (stream.readyState === EventSource.CLOSED) retry = setTimeout(join, retryMs)
    })
  }
  document.addEventListener('visibilitychange', join)

  return (listener) => {
    listeners.add(listener)
    if (source === null) join()
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) leave()
    }
  }
}
