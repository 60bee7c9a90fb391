import { Worker } from 'node:worker_threads'
import { beginFolding, endFolding } from './log-fold.ts'
import type { FoldMemory } from './log-fold.ts'
import type { FoldWorkerData } from './worker-messages.ts'

/** A copy in memory that a worker sees directly and zeroes when its connection is open: no copy stays behind in a message. */
export function shareKey(key: Uint8Array): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(key.length)
  new Uint8Array(shared).set(key)
  return shared
}

export type FoldHelper = {
  /** Resolves when the thread has ended; folding is the load's own affair from there on. */
  readonly end: () => Promise<void>
}

/** A thread that folds the log beside a load. If it fails, the load folds by itself and nobody needs to know. */
export function startFoldHelper(databasePath: string, key: Uint8Array, fold: FoldMemory): FoldHelper {
  const data: FoldWorkerData = { databasePath, key: shareKey(key), fold }
  beginFolding(fold)
  const worker = new Worker(workerUrl(), { workerData: data, name: 'sportello-import-fold', resourceLimits: { maxYoungGenerationSizeMb: 2 } })
  const ended = new Promise<void>((resolve) => worker.on('exit', () => resolve()))
  worker.on('error', () => {
    new Uint8Array(data.key).fill(0)
    endFolding(fold)
  })
  return {
    end: () => {
      endFolding(fold)
      return ended
    },
  }
}

/** A worker's file lies beside this one: as it is written when Node runs the sources, as an entry of its own in a bundle. */
function workerUrl(): URL {
  return new URL(`./fold-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)
}
