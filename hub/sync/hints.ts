/** News of the feed's head to desks that listen: a hint, so that they ask at once. What they know is their cursor. */
import { Client } from 'pg'
import type { ClientConfig } from 'pg'
import { Readable } from 'node:stream'
import { createLeaseNews } from '../leases/lease-news.ts'
import { leaseChannel } from '../leases/leases.ts'
import type { HubParts } from '../server/parts.ts'
import { HubError } from '../server/errors.ts'
import { feedChannel } from './feed.ts'
import { everybody } from './scopes.ts'

export type Hints = {
  /** A stream of `data: {"head":n}` lines, and of `event: lease`, for a desk with these scopes. Throws 503 when there are too many. */
  readonly open: (deviceId: string, scopes: readonly string[], signal: AbortSignal) => Readable
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
}

const streamsAtMost = 5_000
/** Many commits in a row are one piece of news; the more desks listen, the longer it is gathered, so that telling stays a small part of the work. */
const togetherMs = 30
const perListenerMs = 0.2
const beatMs = 15_000
const againMs = 1_000
/** A desk that does not read is let go: it will ask again by itself. */
const unreadBytes = 16 * 1024

type Listener = { readonly deviceId: string; readonly stream: Readable; readonly scopes: ReadonlySet<string> }

export function createHints(hub: Pick<HubParts, 'pool' | 'log' | 'clock'>): Hints {
  const listeners = new Set<Listener>()
  const leases = createLeaseNews(hub, (devices, text) => {
    for (const listener of listeners) if (devices.has(listener.deviceId)) write(listener, text)
  })
  let client: Client | null = null
  let stopped = false
  let timers: NodeJS.Timeout[] = []
  let news: { head: number; scopes: Set<string> | null } | null = null
  let toldAt = -Infinity

  function later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers = timers.filter((each) => each !== timer)
      work()
    }, ms)
    timer.unref()
    timers.push(timer)
  }

  function write({ stream }: Listener, text: string): void {
    if (stream.readableLength > unreadBytes) stream.destroy()
    else stream.push(text)
  }

  function tell(): void {
    const told = news
    news = null
    if (!told) return
    toldAt = performance.now()
    const text = `data: {"head":${told.head}}\n\n`
    for (const listener of listeners) if (told.scopes === null || !told.scopes.isDisjointFrom(listener.scopes)) write(listener, text)
  }

  function hear(payload: string | undefined): void {
    const said = JSON.parse(payload ?? '{}') as { head: number; scopes: readonly string[] | null } | { gone: string }
    if ('gone' in said) {
      // A desk that was let go finds out at once: its line ends, and its next request says why.
      for (const { deviceId, stream } of listeners) if (deviceId === said.gone) stream.push(null)
      return
    }
    const { head, scopes } = said
    // After a quiet while at once.
    if (news === null) later(Math.max(0, toldAt + togetherMs + listeners.size * perListenerMs - performance.now()), tell)
    const all = scopes === null || news?.scopes === null ? null : new Set([...scopes, ...(news?.scopes ?? [])])
    news = { head: Math.max(head, news?.head ?? 0), scopes: all }
  }

  /** One connection of its own; when it is lost, what was missed meanwhile is told as one piece of news. */
  async function listen(): Promise<void> {
    if (stopped) return
    const { connectionString, options } = hub.pool.options as ClientConfig
    const fresh = new Client({ ...(connectionString === undefined ? {} : { connectionString }), ...(options === undefined ? {} : { options }), application_name: 'sportello-hub-hints', keepAlive: true })
    fresh.on('error', () => undefined)
    fresh.on('end', () => later(againMs, () => void listen()))
    fresh.on('notification', ({ channel, payload }) => (channel === leaseChannel ? leases.hear(payload ?? '') : hear(payload)))
    try {
      await fresh.connect()
      await fresh.query(`LISTEN ${feedChannel}`)
      await fresh.query(`LISTEN ${leaseChannel}`)
      client = fresh
      // Stopped meanwhile: nobody else would end this connection.
      if (stopped) return void (await fresh.end())
      const { rows } = await fresh.query<{ pos: string }>('SELECT pos FROM feed_head')
      hear(JSON.stringify({ head: Number(rows[0]?.pos ?? 0), scopes: null }))
    } catch {
      hub.log.warn('live hints are away: no connection to the database')
      await fresh.end().catch(() => undefined)
    }
  }

  function beat(): void {
    for (const listener of listeners) write(listener, ': here\n\n')
    later(beatMs, beat)
  }

  return {
    open: (deviceId, scopes, signal) => {
      if (listeners.size >= streamsAtMost) throw new HubError(503, 'busy', undefined, 30)
      const stream = new Readable({ read: () => undefined })
      const listener: Listener = { deviceId, stream, scopes: new Set([...scopes, everybody]) }
      listeners.add(listener)
      stream.once('close', () => listeners.delete(listener))
      signal.addEventListener('abort', () => stream.push(null), { once: true })
      if (signal.aborted) stream.destroy()
      // Headers leave with the first bytes: the desk knows at once that it is heard.
      stream.push(': here\n\n')
      return stream
    },
    start: async () => {
      await listen()
      later(beatMs, beat)
    },
    stop: async () => {
      stopped = true
      for (const timer of timers) clearTimeout(timer)
      for (const { stream } of listeners) stream.push(null)
      await client?.end().catch(() => undefined)
    },
  }
}
