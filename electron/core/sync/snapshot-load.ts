/** Takes a snapshot of what this desk may hold: pages one by one, the next on its way while one is loaded, resumed where it was cut short. */
import type { Store } from '../store/store.ts'
import type { CrashPoint, HubAnswer, HubFailure } from './ports.ts'
import { pageHead } from './snapshot-page.ts'
import { startWorker } from './snapshot-thread.ts'
import type { SnapshotWorker } from './snapshot-thread.ts'
import type { SnapshotState } from './sync-store.ts'

export type SnapshotParts = {
  readonly store: Store
  /** Zeroed by who owns it. */
  readonly key: Uint8Array
  readonly page: (token: string) => Promise<HubAnswer<Uint8Array>>
  readonly onLoaded: (state: SnapshotState, indexed: { done: number; total: number }) => void
  /** How many customers the hub did not send again. */
  readonly onSwept: (customers: number) => void
  /** Between two pages: what was written meanwhile is sent on its way. */
  readonly betweenPages: () => Promise<void>
  readonly isStopped: () => boolean
  readonly crash: CrashPoint
}

const deskCheckpointPages = 500
/** After as many pages what waits is sent. */
const pagesBetweenPushes = 4

/** Loads from `state` on to the last page, and sweeps what the hub did not send. `null` when it is all in; a failure stops it where it is. */
export async function loadSnapshot(parts: SnapshotParts, state: SnapshotState): Promise<HubFailure | 'stopped' | null> {
  const { store } = parts
  const worker = startWorker(store.path, parts.key, true)
  store.gate.setBulk(worker.desk)
  store.rawWriter.pragma('wal_autocheckpoint = 0')
  try {
    return await loadPages(parts, worker, state)
  } finally {
    await worker.end()
    store.gate.setBulk(null)
    if (store.rawWriter.open) store.rawWriter.pragma(`wal_autocheckpoint = ${deskCheckpointPages}`)
  }
}

async function loadPages(parts: SnapshotParts, worker: SnapshotWorker, from: SnapshotState): Promise<HubFailure | 'stopped' | null> {
  let state = from
  let coming = state.token === null ? null : parts.page(state.token)
  for (let pages = 1; coming !== null; pages++) {
    const page = await coming
    // A token that is none (any more) asks for another snapshot, whatever the hub calls it.
    if (!page.ok) return page.failure.kind === 'refused' && page.failure.status === 400 ? { ...page.failure, code: 'token_invalid' } : page.failure
    if (parts.isStopped()) return 'stopped'
    const { next } = pageHead(page.value)
    parts.crash('page fetched')
    coming = next === null ? null : parts.page(next)
    // A page that nobody waits for any more may fail in silence.
    coming?.catch(() => undefined)
    const loaded = await worker.page(page.value, state)
    state = loaded.state
    parts.crash('page loaded')
    parts.onLoaded(state, loaded.indexed)
    if (pages % pagesBetweenPushes === 0) await parts.betweenPages()
    if (parts.isStopped()) return 'stopped'
  }
  if (state.whole || state.parts) parts.onSwept((await worker.sweep(state.fresh, state.parts ?? null)).customers)
  parts.crash('swept')
  return null
}
