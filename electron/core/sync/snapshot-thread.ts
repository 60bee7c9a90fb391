/** The worker thread in which snapshots are loaded and rows are added up. */
import { Worker } from 'node:worker_threads'
import { recordPlans } from '../../../shared/model/record-plan.ts'
import { shareKey, startFoldHelper } from '../import/fold-helper.ts'
import type { FoldHelper } from '../import/fold-helper.ts'
import { createFoldMemory, endFolding } from '../import/log-fold.ts'
import { createDeskTurn, createTurnMemory } from '../import/write-turn.ts'
import type { OwnSums } from './checksums.ts'
import type { SnapshotReply, SnapshotRequest, SnapshotWorkerData } from './snapshot-messages.ts'
import type { SnapshotState } from './sync-store.ts'

export type SnapshotWorker = {
  readonly desk: ReturnType<typeof createDeskTurn>
  readonly page: (bytes: Uint8Array, state: SnapshotState) => Promise<Extract<SnapshotReply, { kind: 'loaded' }>>
  readonly sweep: (fresh: boolean, parts: readonly string[] | null) => Promise<Extract<SnapshotReply, { kind: 'swept' }>>
  readonly sums: () => Promise<OwnSums>
  readonly end: () => Promise<void>
}

/** From here on a snapshot is long enough to be worth a thread that folds the log beside it. */
const pagesBeforeFolding = 3

/** A worker with a connection of its own; `desk` is its turn at the write gate. `folded`: there may be much to write; `key` must stay good until the end. */
export function startWorker(databasePath: string, key: Uint8Array, folded: boolean): SnapshotWorker {
  const turn = createTurnMemory()
  const desk = createDeskTurn(turn)
  const fold = folded ? createFoldMemory() : null
  if (fold !== null) endFolding(fold)
  let helper: FoldHelper | null = null
  let pages = 0
  const data: SnapshotWorkerData = { databasePath, key: shareKey(key), turn, fold, plans: Object.values(recordPlans) }
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
      if (fold !== null && ++pages > pagesBeforeFolding) helper ??= startFoldHelper(databasePath, key, fold)
      const own = Uint8Array.from(bytes).buffer
      const reply = await ask({ kind: 'page', bytes: own, state }, [own])
      if (reply.kind !== 'loaded') throw new Error('the snapshot worker answers something else')
      return reply
    },
    sweep: async (fresh, parts) => {
      const reply = await ask({ kind: 'sweep', fresh, parts })
      if (reply.kind !== 'swept') throw new Error('the snapshot worker answers something else')
      return reply
    },
    sums: async () => {
      const reply = await ask({ kind: 'sums' })
      if (reply.kind !== 'sums') throw new Error('the snapshot worker answers something else')
      return reply.sums
    },
    end: async () => {
      if (!failure) worker.postMessage({ kind: 'end' } satisfies SnapshotRequest)
      await exited
      await helper?.end()
    },
  }
}

/** A worker's file lies beside this one: as it is written when Node runs the sources, as an entry of its own in a bundle. */
function workerUrl(): URL {
  return new URL(`./snapshot-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)
}
