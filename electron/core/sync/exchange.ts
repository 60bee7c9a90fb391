/** One exchange with the hub: send what waits, take what is new, and set right what the hub finds wrong between the two. */
import type { HubStatus } from '../../../shared/contract/hub.ts'
import { passwordRevisions } from '../../../shared/sync/identity.ts'
import type { PasswordRevisions } from '../../../shared/sync/identity.ts'
import { pushLimits } from '../../../shared/sync/wire.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/store.ts'
import { writeInTurn } from '../store/transaction.ts'
import { applyAnswer, notePurged, rebase, takeDeferred, whileApplying } from './apply-changes.ts'
import type { TouchedRow } from './base-rows.ts'
import type { CrashPoint, HubFailure, HubTransport } from './ports.ts'
import { nextBatch, storeReceipts } from './push.ts'
import { recover } from './recover.ts'
import { beforeReplay, finishSnapshot, noteScopes, snapshotToTake } from './snapshot-state.ts'
import { loadSnapshot } from './snapshot-load.ts'
import { clearState, readState, writeState } from './sync-store.ts'

export type ExchangeParts = {
  readonly store: Store
  readonly key: Uint8Array
  readonly transport: HubTransport
  readonly clock: Clock
  readonly crash: CrashPoint
  readonly onTouched: (touched: readonly TouchedRow[], lostCustomers: readonly string[]) => void
  /** How often the hub's passwords were changed, when any was. */
  readonly onPasswords: (people: PasswordRevisions['people']) => Promise<void>
  /** Something went forward: a batch, an answer, a page. */
  readonly onProgress: () => void
  readonly onIndexed: (indexed: { done: number; total: number }) => void
  /** Wholly out of the store, out of the lookup index and out of the write-ahead log too; false where that is not yet so. */
  readonly purgeForGood: () => Promise<boolean>
}
export type Exchange = {
  /** Goes on until nothing waits on either side; `null` then. */
  readonly run: () => Promise<HubFailure | 'stopped' | null>
  /** Something was written while an exchange is under way: sent at once where the exchange is busy with a snapshot, which may take hours. */
  readonly hurry: () => void
  readonly stop: () => void
  readonly snapshot: () => HubStatus['snapshot']
}

const changesAtOnce = 500
/** Corrections in one exchange; a hub that finds ever new faults is asked again later. */
const mostRecoveries = 8
/** The hub waits half a minute for a request: what this line does not carry in that time goes in parts. */
const isTooMuch = (failure: HubFailure): boolean => failure.kind === 'refused' && (failure.code === 'too_slow' || failure.code === 'too_large')

export function createExchange(parts: ExchangeParts): Exchange {
  const { store, transport, clock, crash } = parts
  let stopped = false
  let lookedAtDeferred = false
  let catchingUp: HubStatus['snapshot'] = null
  let loading = false
  let pushing: Promise<HubFailure | 'stopped' | null> | null = null
  let batchSize: number = pushLimits.operations
  const now = () => clock.now().toISOString()

  /** One push at a time: whoever asks meanwhile gets the one under way. */
  function pushAll(): Promise<HubFailure | 'stopped' | null> {
    return (pushing ??= sendAll().finally(() => (pushing = null)))
  }

  async function sendAll(): Promise<HubFailure | 'stopped' | null> {
    for (;;) {
      if (stopped) return 'stopped'
      const batch = nextBatch(store.rawWriter, batchSize)
      if (!batch) return null
      crash('batch read')
      const answer = await transport.push(batch)
      crash('push answered')
      if (!answer.ok) {
        // A thin line gets less at once; what was sent is sent again under the same numbers.
        const tooMuch = isTooMuch(answer.failure)
        if (tooMuch || answer.failure.kind === 'unreachable') batchSize = Math.max(1, Math.floor(Math.min(batchSize, batch.operations.length) / 2))
        if (tooMuch && batch.operations.length > 1) continue
        return answer.failure
      }
      if (stopped) return 'stopped'
      batchSize = Math.min(pushLimits.operations, batchSize * 2)
      const stored = await writeInTurn(store, async (db) => {
        writeState(db, 'lastContactAt', now())
        return storeReceipts(db, batch, answer.value, now())
      })
      crash('receipts stored')
      if (stored === null) return { kind: 'refused', status: 409, code: 'feed_changed', details: { feedId: answer.value.feedId } }
      parts.onTouched(stored.touched, [])
      // An answer that decides nothing must not be asked for in a circle.
      if (stored.settled === 0) return { kind: 'not_a_hub' }
      parts.onProgress()
    }
  }

  async function pullAll(): Promise<HubFailure | 'stopped' | null> {
    for (;;) {
      if (stopped) return 'stopped'
      const db = store.rawWriter
      const answer = await transport.changes({ feedId: readState(db, 'feedId') ?? '', after: readState(db, 'cursor') ?? 0, limit: changesAtOnce })
      crash('changes answered')
      if (!answer.ok) return answer.failure
      if (stopped) return 'stopped'
      const applied = await writeInTurn(store, async (tx) => {
        writeState(tx, 'lastContactAt', now())
        if (!(await noteScopes(tx, answer.value))) return 'snapshot' as const
        return applyAnswer(tx, answer.value, now())
      })
      crash('changes stored')
      if (applied === 'snapshot') return null
      if (applied === null) return answer.value.feedId === readState(db, 'feedId') ? { kind: 'not_a_hub' } : { kind: 'refused', status: 409, code: 'feed_changed', details: { feedId: answer.value.feedId } }
      parts.onTouched(applied.touched, applied.lostCustomers)
      parts.onProgress()
      if (!answer.value.more) return lookAtPasswords(answer.value.passwords)
    }
  }

  /** Whoever's password was changed at the hub comes in with the new one only, from this exchange on. */
  async function lookAtPasswords(changes: number): Promise<HubFailure | null> {
    if (changes === (readState(store.rawWriter, 'passwords') ?? 0)) return null
    const answer = await transport.ask('/v1/passwords', {}, null)
    if (!answer.ok) return answer.failure.kind === 'refused' && answer.failure.status === 404 ? null : answer.failure
    const said = passwordRevisions.safeParse(answer.value)
    if (!said.success) return { kind: 'not_a_hub' }
    if (stopped) return null
    await parts.onPasswords(said.data.people)
    await writeInTurn(store, (db) => writeState(db, 'passwords', changes))
    return null
  }

  /** What must go is gone from every file before the hub is told so; owed until the hub has heard it. */
  async function sayPurged(): Promise<HubFailure | null> {
    const owed = readState(store.rawWriter, 'purge')
    if (owed === null || wantsSnapshot()) return null
    // Something still reads an older state of the file: told at another time, when the log is empty.
    if (!(await parts.purgeForGood())) return null
    crash('purged')
    const answer = await transport.purged(owed)
    crash('purge told')
    if (!answer.ok) return answer.failure
    await writeInTurn(store, (db) => clearState(db, 'purge'))
    return null
  }

  async function takeSnapshot(): Promise<HubFailure | 'stopped' | null> {
    const state = await snapshotToTake(store, transport)
    if (state === null) return null
    if (!state.ok) return state.failure
    crash('snapshot planned')
    const page = async (token: string) => transport.page(token)
    const betweenPages = async () => void (await pushAll())
    const onLoaded = (_: unknown, indexed: { done: number; total: number }) => {
      parts.onIndexed(indexed)
      parts.onProgress()
    }
    let swept = 0
    const onSwept = (customers: number) => {
      swept = customers
    }
    loading = true
    const failure = await loadSnapshot({ onSwept, store, key: parts.key, page, onLoaded, betweenPages, isStopped: () => stopped, crash }, state.value).finally(() => (loading = false))
    if (failure !== null) return failure
    const last = readState(store.rawWriter, 'snapshot') ?? state.value
    const touched = await writeInTurn(store, async (db) => {
      beforeReplay(db, last, now())
      const replayed = await whileApplying(db, () => rebase(db, () => []))
      if (readState(db, 'purge') !== null) notePurged(db, swept)
      finishSnapshot(db, last)
      return replayed
    })
    crash('snapshot finished')
    catchingUp = { phase: 'catching_up', customers: last.customers, ofCustomers: Math.max(last.customers, last.plan.customers), records: last.records }
    parts.onTouched(touched, [])
    parts.onTouched([{ table: 'brand', key: [] }], [])
    return null
  }

  async function steps(): Promise<HubFailure | 'stopped' | null> {
    for (;;) {
      const failure = (await pushAll()) ?? (wantsSnapshot() ? await takeSnapshot() : null)
      if (failure !== null) return failure
      const pulled = await pullAll()
      if (pulled !== null) return pulled
      if (wantsSnapshot()) continue
      const owed = await sayPurged()
      if (owed !== null || nextBatch(store.rawWriter, 1) === null) return owed
    }
  }

  const wantsSnapshot = () => readState(store.rawWriter, 'snapshot') !== null || readState(store.rawWriter, 'snapshotWanted') !== null

  return {
    run: async () => {
      // A desk that was brought to a new version may understand what had to wait.
      if (!lookedAtDeferred) {
        lookedAtDeferred = true
        const taken = await writeInTurn(store, takeDeferred)
        if (taken.touched.length > 0) parts.onTouched(taken.touched, taken.lostCustomers)
      }
      for (let recovered = 0; ; recovered++) {
        const failure = await steps()
        if (failure === null) catchingUp = null
        if (failure === null || failure === 'stopped' || recovered >= mostRecoveries || !(await recover(store, transport, failure))) return failure
        parts.onProgress()
      }
    },
    hurry: () => {
      // What fails here fails again in the exchange itself, which sees to it.
      if (loading && !stopped) pushAll().catch(() => undefined)
    },
    stop: () => {
      stopped = true
    },
    snapshot: () => {
      const state = readState(store.rawWriter, 'snapshot')
      return state ? { phase: 'loading', customers: state.customers, ofCustomers: Math.max(state.customers, state.plan.customers), records: state.records } : catchingUp
    },
  }
}
