/** A desk that follows its hub while its store is open: when to ask, when to wait, and what it truthfully looks like. */
import type { CoreEvent } from '../../../shared/contract/events.ts'
import type { HubStatus, LinkState, LinkTrouble } from '../../../shared/contract/hub.ts'
import type { PasswordRevisions, SessionAnswer } from '../../../shared/sync/identity.ts'
import { createLeases } from '../leases/leases.ts'
import type { Leases } from '../leases/leases.ts'
import type { LookupService } from '../search/lookup-service.ts'
import type { Clock, Log } from '../ports.ts'
import type { Store } from '../store/store.ts'
import { sendBlobs } from './blobs/send-blobs.ts'
import { createComparison } from './comparison.ts'
import { learnEnvelopeKey } from './envelope/learn-key.ts'
import { createExchange } from './exchange.ts'
import type { HubLink } from './hub-link.ts'
import { checkHealth } from './health.ts'
import { createPace } from './pace.ts'
import { nextBatch } from './push.ts'
import { purgeFile } from './purge-file.ts'
import type { CrashPoint, HubFailure, HubTransport, Timer } from './ports.ts'
import { readState } from './sync-store.ts'
import { eventsOf } from './touched-events.ts'

export type FollowerParts = {
  readonly store: Store
  readonly key: Uint8Array
  readonly dataDir: string
  readonly link: Omit<HubLink, 'privateKey'>
  readonly transport: HubTransport
  readonly lookup: LookupService
  readonly clock: Clock
  readonly timer: Timer
  readonly log: Log
  readonly emit: (event: CoreEvent) => void
  readonly crash: CrashPoint
  /** The hub has let this desk go. */
  readonly onRevoked: () => void
  /** People whose rows the hub has changed: who may not come in any more goes. */
  readonly onPeople: () => void
  /** Passwords were changed at the hub: slots that an older one opens go. */
  readonly onPasswords: (people: PasswordRevisions['people']) => Promise<void>
}
export type Follower = {
  readonly transport: HubTransport
  readonly link: Omit<HubLink, 'privateKey'>
  readonly sessionOf: (personId: string) => string | null
  readonly keepSession: (personId: string, session: Pick<SessionAnswer, 'token' | 'expiresAt'>) => void
  readonly forgetSession: (personId: string) => void
  /** Something was written, or somebody is waiting: an exchange begins now, or follows the one under way. */
  readonly wake: () => void
  /** Who is writing at other desks. */
  readonly leases: Leases
  /** One whole exchange, and how it ended. */
  readonly exchangeNow: () => Promise<HubFailure | 'stopped' | null>
  /** Sends what waits, for as long as that. */
  readonly flush: (milliseconds: number) => Promise<void>
  readonly checkHealth: () => Promise<HubFailure | 'stopped' | null>
  readonly standing: () => { state: LinkState; trouble: LinkTrouble | null; stuck: boolean }
  readonly snapshot: () => HubStatus['snapshot']
  readonly isPushing: () => boolean
  /** Both sides are being added up and compared. */
  readonly isComparing: () => boolean
  readonly stop: () => Promise<void>
}

const watchdogMs = 60_000
const goodbyeMs = 2_000

export function createFollower(parts: FollowerParts): Follower {
  const { store, transport, clock, timer, log } = parts
  const sessions = new Map<string, { token: string; expiresAt: string }>()
  const goodbyes = new Set<Promise<unknown>>()
  let running: Promise<HubFailure | 'stopped' | null> | null = null
  let again = false
  let stopped = false
  let state: LinkState = 'connecting'
  let trouble: LinkTrouble | null = null
  let stuck = false
  let lastProgress = clock.now().getTime()
  let lastAttempt = lastProgress
  let hangUp: (() => void) | null = null
  let sending: Promise<void> | null = null
  let learning: Promise<void> | null = null
  const pace = createPace(timer, () => wake())
  const leases = createLeases({ deviceId: parts.link.deviceId, ask: transport.leases, clock, timer, emit: parts.emit })

  const exchange = createExchange({
    store, key: parts.key, transport, clock, crash: parts.crash,
    onTouched: (touched, lost) => {
      for (const event of eventsOf(store.rawReader, touched, lost)) parts.emit(event)
      if (touched.length > 0) parts.lookup.wake()
      if (touched.some(({ table }) => table === 'person' || table === 'brand')) parts.onPeople()
    },
    onProgress: () => {
      lastProgress = clock.now().getTime()
      stuck = false
      parts.emit({ kind: 'hub' })
    },
    onIndexed: ({ done, total }) => parts.emit({ kind: 'index', progress: { done, total, finished: false } }),
    onPasswords: parts.onPasswords,
    purgeForGood: () => purgeFile(store, parts.lookup, parts.dataDir, parts.key),
  })

  function settle(failure: HubFailure | 'stopped' | null): void {
    if (failure === 'stopped') return
    const before = `${state} ${trouble}`
    state = failure === null ? 'connected' : failure.kind === 'refused' && isLetGo(failure.code) ? 'refused' : 'unreachable'
    trouble = failure === null ? null : troubleOf(failure)
    if (failure?.kind === 'refused' && failure.code === 'device_revoked') parts.onRevoked()
    if (before !== `${state} ${trouble}`) log('info', 'hub_state', { state, trouble: trouble ?? 'none' })
    parts.emit({ kind: 'hub' })
    if (failure === null) {
      listen()
      pace.succeeded()
      sendFiles()
      learnKey()
      comparison.connected()
    } else pace.failed(failure)
  }

  /** Contents of attachments go beside the operations and never before them. */
  function sendFiles(): void {
    if (stopped || sending) return
    sending = sendBlobs(transport.blob, { store, dataDir: parts.dataDir, key: parts.key, isStopped: () => stopped, onProgress: () => parts.emit({ kind: 'hub' }) })
      .then(() => undefined, (error: unknown) => log('error', 'files_failed', { name: error instanceof Error ? error.name : 'unknown' }))
      .finally(() => (sending = null))
  }

  /** Once while this desk is open: hubs keep their key. Where it was not heard, after the next exchange. */
  function learnKey(): void {
    learning ??= learnEnvelopeKey(store, transport).then((heard) => {
      if (!heard) learning = null
    }, (error: unknown) => log('error', 'envelope_key_failed', { name: error instanceof Error ? error.name : 'unknown' }))
  }

  function listen(): void {
    if (hangUp || stopped) return
    hangUp = transport.listen(
      (head) => {
        pace.lineHeard()
        if (head > (readHead() ?? 0)) wake()
      },
      () => {
        hangUp = null
        leases.lost()
        // The line is gone: the next exchange finds out why.
        if (!stopped) pace.lineLost()
      },
      leases,
    )
  }
  const readHead = () => (stopped || !store.rawWriter.open ? null : readState(store.rawWriter, 'cursor'))

  /** Whoever asks while an exchange is under way gets the one that follows it: what they wrote is in that one. */
  function start(): Promise<HubFailure | 'stopped' | null> {
    if (stopped || parts.link.revoked) return Promise.resolve('stopped')
    if (running) again = true
    return (running ??= rounds())
  }

  async function rounds(): Promise<HubFailure | 'stopped' | null> {
    for (;;) {
      again = false
      pace.hold()
      lastAttempt = clock.now().getTime()
      const failure = await exchange.run().catch((error: unknown) => {
        log('error', 'exchange_failed', { name: error instanceof Error ? error.name : 'unknown' })
        return { kind: 'refused', status: 0, code: 'internal', details: null } satisfies HubFailure
      })
      try {
        settle(failure)
      } catch (error) {
        // News that nobody could take: the next exchange is due all the same.
        log('error', 'settle_failed', { name: error instanceof Error ? error.name : 'unknown' })
        pace.failed({ kind: 'unreachable' })
      }
      if (again && failure === null && !stopped) continue
      running = null
      return failure
    }
  }

  function wake(): void {
    if (stopped) return
    if (running) exchange.hurry()
    void start()
  }

  /** Work waits, the hub may be there, and nothing moves: the line is torn down, and that is said. */
  function watch(): void {
    if (stopped) return
    cancelWatch = timer.after(watchdogMs / 4, watch)
    const now = clock.now().getTime()
    // A clock that was put back must not put the watch to sleep until it is there again.
    lastProgress = Math.min(lastProgress, now)
    lastAttempt = Math.min(lastAttempt, now)
    // An attempt that has just begun has its time, however long the wait before it was.
    const since = running ? Math.max(lastProgress, lastAttempt) : lastProgress
    if (now - since < watchdogMs || nextBatch(store.rawWriter, 1) === null) return
    lastProgress = now
    stuck = true
    log('error', 'exchange_stuck', {})
    transport.reset()
    parts.emit({ kind: 'hub' })
    wake()
  }
  let cancelWatch = timer.after(watchdogMs / 4, watch)

  let callOff: () => void = () => undefined
  const comparison = createComparison({
    exchange: start,
    check: (afterRepair) => checkHealth({ store, key: parts.key, transport, clock, isStopped: () => stopped, afterRepair, onCancel: (cancel) => (callOff = cancel) }),
    onChecked: () => parts.emit({ kind: 'hub' }),
    isStopped: () => stopped,
    timer,
    log,
  })

  return {
    transport,
    link: parts.link,
    sessionOf: (personId) => {
      const session = sessions.get(personId)
      return session && session.expiresAt > clock.now().toISOString() ? session.token : null
    },
    keepSession: (personId, { token, expiresAt }) => {
      sessions.set(personId, { token, expiresAt })
      parts.emit({ kind: 'hub' })
    },
    forgetSession: (personId) => {
      const session = sessions.get(personId)
      sessions.delete(personId)
      if (session) {
        const goodbye: Promise<unknown> = transport.closeSession(session.token).catch(() => undefined).finally(() => goodbyes.delete(goodbye))
        goodbyes.add(goodbye)
      }
      parts.emit({ kind: 'hub' })
    },
    wake,
    leases,
    exchangeNow: start,
    flush: async (milliseconds) => {
      if (stopped || nextBatch(store.rawWriter, 1) === null) return
      let cancel: () => void = () => undefined
      await Promise.race([start(), new Promise<void>((resolve) => (cancel = timer.after(milliseconds, resolve)))])
      cancel()
    },
    checkHealth: comparison.now,
    standing: () => ({ state: parts.link.revoked ? 'refused' : state, trouble: parts.link.revoked ? 'revoked' : trouble, stuck }),
    snapshot: exchange.snapshot,
    isPushing: () => running !== null,
    isComparing: comparison.isRunning,
    stop: async () => {
      stopped = true
      exchange.stop()
      callOff()
      cancelWatch()
      comparison.stop()
      pace.stop()
      leases.lost()
      hangUp?.()
      // A session that was ended here should be over there too, but nobody waits long for it.
      let cancel: () => void = () => undefined
      if (goodbyes.size > 0) await Promise.race([Promise.all(goodbyes), new Promise<void>((resolve) => (cancel = timer.after(goodbyeMs, resolve)))])
      cancel()
      transport.close()
      await running
      await sending
      await learning
      // A reader that goes on would hold up the closing of the store.
      await comparison.ended()
    },
  }
}

const isLetGo = (code: string) => code === 'device_revoked' || code === 'device_unknown'

function troubleOf(failure: HubFailure): LinkTrouble {
  switch (failure.kind) {
    case 'unreachable': return 'unreachable'
    case 'not_a_hub': return 'not_a_hub'
    case 'busy': return failure.code === 'unsafe_database' ? 'unsafe_database' : 'unreachable'
    case 'refused':
      if (isLetGo(failure.code)) return 'revoked'
      return failure.code === 'too_old' || failure.code === 'feed_changed' || failure.code === 'clock' || failure.code === 'unsafe_database' ? failure.code : 'internal'
  }
}
