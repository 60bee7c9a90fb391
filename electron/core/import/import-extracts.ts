import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Clock } from '../ports.ts'
import { systemClock } from '../ports.ts'
import type { DatabaseKey, RawDatabase } from '../store/cipher.ts'
import type { WriteGate } from '../store/write-gate.ts'
import { shareKey, startFoldHelper } from './fold-helper.ts'
import { ImportRunningError, NoExtractsError } from './import-errors.ts'
import type { ImportProgress, ImportSummary } from './import-types.ts'
import { createFoldMemory } from './log-fold.ts'
import type { ImportReply, ImportWorkerData } from './worker-messages.ts'
import { createDeskTurn, createTurnMemory } from './write-turn.ts'

export type ImportOptions = {
  readonly databasePath: string
  /** Copied; the caller zeroes its own. */
  readonly key: DatabaseKey
  /** Of the open store: desk writes go on during the load, each between two batches. */
  readonly gate: WriteGate
  /** The desk's writing connection: during a load it leaves folding the log to the worker, which would hold the event loop here. */
  readonly deskWriter?: RawDatabase
  /** With the extracts, named as `shared/import` says; those that are missing are left out. */
  readonly folder: string
  /** Takes `<name>.rejects.csv` and `<name>.warnings.csv`; by default `rejects` inside the folder. */
  readonly rejectFolder?: string
  /** Reads, judges and counts everything and writes nothing to the store. */
  readonly dryRun?: boolean
  /** Goes on where the newest run was cancelled or killed; files that changed since, and those after them, begin anew. */
  readonly resume?: boolean
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ImportProgress) => void
  readonly clock?: Clock
}

const deskCheckpointPages = 500
const running = new Set<string>()

/**
 * Loads a billing system's extracts into the store, in a worker thread with a connection of its own: the event loop stays free and
 * desk writes are taken in between. Upserts by business key, so loading the same files again changes nothing; a row that is missing
 * from an extract is never a deletion. Every batch is durable with its position. Rejects with `NoExtractsError`,
 * `ImportRunningError`, or what the disk or the store said; cancelling resolves with what was done.
 */
export async function importExtracts(options: ImportOptions): Promise<ImportSummary> {
  const { databasePath, gate, folder, signal } = options
  if (running.has(databasePath)) throw new ImportRunningError('an import into this store is running')
  running.add(databasePath)
  const turn = createTurnMemory()
  const desk = createDeskTurn(turn)
  const fold = options.dryRun ? null : createFoldMemory()
  const data: ImportWorkerData = {
    databasePath,
    key: shareKey(options.key),
    turn,
    fold,
    job: {
      folder,
      rejectFolder: options.rejectFolder ?? join(folder, 'rejects'),
      dryRun: options.dryRun ?? false,
      resume: options.resume ?? false,
      startedAt: (options.clock ?? systemClock).now().toISOString(),
    },
  }
  const cancel = () => desk.cancel()
  if (signal?.aborted) cancel()
  signal?.addEventListener('abort', cancel)
  if (!data.job.dryRun) {
    gate.setBulk(desk)
    options.deskWriter?.pragma('wal_autocheckpoint = 0')
  }
  const helper = fold === null ? null : startFoldHelper(databasePath, options.key, fold)
  try {
    return await runWorker(data, options.onProgress)
  } finally {
    desk.workerEnded()
    await helper?.end()
    signal?.removeEventListener('abort', cancel)
    if (!data.job.dryRun) {
      gate.setBulk(null)
      if (options.deskWriter?.open) options.deskWriter.pragma(`wal_autocheckpoint = ${deskCheckpointPages}`)
    }
    running.delete(databasePath)
  }
}

function runWorker(data: ImportWorkerData, onProgress: ImportOptions['onProgress']): Promise<ImportSummary> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl(), { workerData: data, name: 'sportello-import', resourceLimits: { maxYoungGenerationSizeMb: 16 } })
    let outcome: ImportSummary | Error = new Error('the import worker ended without an answer')
    worker.on('message', (message: ImportReply) => {
      switch (message.kind) {
        case 'progress':
          onProgress?.(message.progress)
          break
        case 'summary':
          outcome = message.summary
          break
        case 'no_extracts':
          outcome = new NoExtractsError('the folder holds none of the extracts')
      }
    })
    worker.on('error', (error) => {
      outcome = error instanceof Error ? error : new Error('the import worker failed')
    })
    worker.on('exit', () => {
      if (outcome instanceof Error) reject(outcome)
      else resolve(outcome)
    })
  })
}

/**
 * A worker's file lies beside this one: as it is written when Node runs the sources, as an entry of its own in a bundle
 * (with every chunk in one folder).
 */
function workerUrl(): URL {
  return new URL(`./import-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)
}
