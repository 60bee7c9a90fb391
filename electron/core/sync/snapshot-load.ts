/** Takes a snapshot of what this desk may hold: pages one by one, the next on its way while one is loaded, resumed where it was cut short. */
import { Worker } from 'node:worker_threads'
import { recordPlans } from '../../../shared/model/record-plan.ts'
import { createDeskTurn, createTurnMemory } from '../import/write-turn.ts'
import type { Store } from '../store/store.ts'
import type { CrashPoint, HubAnswer, HubFailure } from './ports.ts'
import { pageHead } from './snapshot-page.ts'
import type { SnapshotReply, SnapshotRequest, SnapshotWorkerData } from './snapshot-messages.ts'
import type { SnapshotState } from './sync-store.ts'

export type SnapshotParts = {
  readonly store: Store
  /** Zeroed by who owns it. */
  readonly key: Uint8Array
  readonly page: (token: string) => Promise<HubAnswer<Uint8Array>>
  readonly onLoaded: (state: SnapshotState, indexed: { done: number; total: number }) => void
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
  const worker = startWorker(store.path, parts.key)
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
    if (!page.ok) return page.failure
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
  if (state.whole) await worker.sweep(state.fresh)
  parts.crash('swept')
  return null
}

type SnapshotWorker = {
  readonly desk: ReturnType<typeof createDeskTurn>
  readonly page: (bytes: Uint8Array, state: SnapshotState) => Promise<Extract<SnapshotReply, { kind: 'loaded' }>>
  readonly sweep: (fresh: boolean) => Promise<Extract<SnapshotReply, { kind: 'swept' }>>
  readonly end: () => Promise<void>
}

function startWorker(databasePath: string, key: Uint8Array): SnapshotWorker {
  const turn = createTurnMemory()
  const desk = createDeskTurn(turn)
  const shared = new SharedArrayBuffer(key.length)
  new Uint8Array(shared).set(key)
  const data: SnapshotWorkerData = { databasePath, key: shared, turn, plans: Object.values(recordPlans) }
  const worker = new Worker(workerUrl(), { workerData: data, name: 'sportello-snapshot', resourceLimits: { maxYoungGenerationSizeMb: 16 } })
  let waiting: { resolve: (reply: SnapshotReply) => void; reject: (error: Error) => void } | null = null
  let failure: Error | null = null
  const fail = (error: Error) => {
    failure ??= error
    desk.workerEnded()
    waiting?.reject(failure)
    waiting = null
  }
  const exited = new Promise<void>((resolve) => worker.on('exit', () => resolve(fail(new Error('the snapshot worker has ended')))))
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error('the snapshot worker failed')))
  worker.on('message', (reply: SnapshotReply) => {
    waiting?.resolve(reply)
    waiting = null
  })
  const ask = (request: SnapshotRequest, handed: ArrayBuffer[] = []) =>
    new Promise<SnapshotReply>((resolve, reject) => {
      if (failure) return reject(failure)
      waiting = { resolve, reject }
      worker.postMessage(request, handed)
    })
  return {
    desk,
    page: async (bytes, state) => {
      const own = Uint8Array.from(bytes).buffer
      const reply = await ask({ kind: 'page', bytes: own, state }, [own])
      if (reply.kind !== 'loaded') throw new Error('the snapshot worker answers something else')
      return reply
    },
    sweep: async (fresh) => {
      const reply = await ask({ kind: 'sweep', fresh })
      if (reply.kind !== 'swept') throw new Error('the snapshot worker answers something else')
      return reply
    },
    end: async () => {
      if (!failure) worker.postMessage({ kind: 'end' } satisfies SnapshotRequest)
      await exited
    },
  }
}

/** A worker's file lies beside this one: as it is written when Node runs the sources, as an entry of its own in a bundle. */
function workerUrl(): URL {
  return new URL(`./snapshot-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)
}
