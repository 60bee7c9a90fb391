import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { extractFormats, extractOrder } from '../../../shared/import/extract-formats.ts'
import type { ExtractKind } from '../../../shared/import/extract-format.ts'
import { knownBrands } from '../../../shared/import/known-brands.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { createReadBatch, createWriteBatch } from './batch.ts'
import type { Batch } from './batch.ts'
import { createChangeMarks, noMarks } from './change-marks.ts'
import { fileFingerprint } from './file-fingerprint.ts'
import { NoExtractsError } from './import-errors.ts'
import { noCounts } from '../../../shared/import/file-summary.ts'
import type { FileState, FileSummary } from '../../../shared/import/file-summary.ts'
import type { ImportJob, ImportProgress, ImportSummary } from './import-types.ts'
import { indexChanges } from './index-changes.ts'
import type { KeySet } from './key-set.ts'
import { loadFile } from './load-file.ts'
import type { ExtractSource } from './load-file.ts'
import { createLogFold } from './log-fold.ts'
import type { FoldMemory } from './log-fold.ts'
import { createProgressMeter } from './progress-meter.ts'
import { createReferenceCheck } from './reference-check.ts'
import { noRunState, openRunState } from './run-state.ts'
import type { RunPosition, RunState } from './run-state.ts'
import type { LoadTurn } from './write-turn.ts'

export type RunParts = {
  readonly db: RawDatabase
  readonly job: ImportJob
  readonly turn: LoadTurn
  /** Shared with the helper that folds the log; null where there is none. */
  readonly fold: FoldMemory | null
  readonly report: (progress: ImportProgress) => void
}

/**
 * Loads the extracts of a folder, parents before children, then brings the lookup index up to date. Blocks its thread until the end:
 * it belongs into a worker. Whenever it stops (cancelled, killed, an error of the disk), what was committed stands and a run
 * with `resume` goes on there.
 */
export function runImport(parts: RunParts): ImportSummary {
  const { db, job, turn } = parts
  const sources = findSources(job.folder)
  if (sources.length === 0) throw new NoExtractsError('the folder holds none of the extracts')
  const batch = job.dryRun ? createReadBatch(db) : createWriteBatch(db, turn, createLogFold(db, parts.fold))
  try {
    return runAll(parts, sources, batch)
  } catch (error) {
    batch.abandon()
    throw error
  }
}

function runAll({ db, job, turn, report }: RunParts, sources: readonly ExtractSource[], batch: Batch): ImportSummary {
  const startedAt = performance.now()
  const meter = createProgressMeter(report)
  const state = begin(db, job, batch)
  const unfinished = decideStart(state, sources, batch)
  const marks = job.dryRun ? noMarks : createChangeMarks(db)
  const accepted = new Map<ExtractKind, KeySet>()
  const exists = createReferenceCheck(db, (to, id) => accepted.get(to)?.has(id) ?? false)
  meter.begin('load', unfinished.reduce((sum, source) => sum + source.size, 0))
  const files: FileSummary[] = []
  let bytes = 0
  let records = 0
  let cancelled = false
  for (const kind of extractOrder) {
    const source = sources.find((each) => each.kind === kind)
    const from = state.position[kind] ?? null
    if (!source) {
      files.push(untouched(kind, 'absent', state.position))
    } else if (cancelled) {
      files.push(untouched(kind, 'not_reached', state.position))
    } else if (!unfinished.includes(source)) {
      files.push(untouched(kind, 'done_before', state.position))
    } else {
      const parts = { db, job, batch, state, meter, exists, isCancelled: turn.isCancelled, marks, before: { bytes, records } }
      const { summary, keys } = loadFile(parts, { ...source, kind }, from)
      files.push(summary)
      bytes += source.size
      records += summary.counts.read - (from?.counts.read ?? 0)
      cancelled = summary.state === 'stopped'
      if (job.dryRun || scattered.has(kind)) accepted.set(kind, keys)
      if (!job.dryRun) for (const [to, last] of lastNeeds) if (last === kind) accepted.delete(to)
    }
  }
  const indexStart = performance.now()
  const index = job.dryRun || cancelled ? { customers: 0, finished: job.dryRun } : indexChanges({ db, batch, meter, records, isCancelled: turn.isCancelled })
  const finishedAt = performance.now()
  cancelled ||= !index.finished
  if (!job.dryRun) {
    batch.open()
    state.finish(cancelled ? 'cancelled' : 'done', new Date().toISOString())
    batch.close()
    foldLog(db, turn)
  }
  const seconds = (finishedAt - startedAt) / 1000
  return {
    state: cancelled ? 'cancelled' : 'done',
    dryRun: job.dryRun,
    files,
    records,
    seconds,
    recordsPerSecond: Math.round(records / seconds),
    index: { ...index, seconds: (finishedAt - indexStart) / 1000 },
  }
}

/**
 * Codes that others gave (POD, PDR, serial number) lie anywhere in the order of keys: looking one up reads a page of its own.
 * The keys that this run accepted are asked first, as long as a big file needs them. A dry run, which stores nothing, asks them all.
 */
const scattered: ReadonlySet<ExtractKind> = new Set(['supply_points', 'meters'])
const lastNeeds: readonly (readonly [to: ExtractKind, last: ExtractKind])[] = [['supply_points', 'meters'], ['meters', 'readings']]

function begin(db: RawDatabase, job: ImportJob, batch: Batch): RunState {
  if (job.dryRun) return noRunState
  batch.open()
  const insertBrand = db.prepare('INSERT INTO brand (id, name, portal) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING')
  for (const brand of knownBrands) insertBrand.run(brand.id, brand.name, brand.portal)
  const state = openRunState(db, job.startedAt, job.resume)
  batch.close()
  return state
}

/**
 * The files that are still to be read. From the first one on that changed since the interrupted run, all begin anew: later ones may
 * have been refused rows for want of what the changed one now brings.
 */
function decideStart(state: RunState, sources: readonly ExtractSource[], batch: Batch): readonly ExtractSource[] {
  const isStale = (source: ExtractSource) => {
    const before = state.position[source.kind]
    return before !== undefined && before.print !== source.print
  }
  const changed = sources.findIndex(isStale)
  if (changed >= 0) {
    batch.open()
    for (const source of sources.slice(changed)) state.forget(source.kind)
    batch.close()
  }
  return sources.filter((source) => state.position[source.kind]?.state !== 'done')
}

function findSources(folder: string): ExtractSource[] {
  const found: ExtractSource[] = []
  for (const kind of extractOrder) {
    const { fileName } = extractFormats[kind]
    const path = join(folder, fileName)
    if (existsSync(path) && statSync(path).isFile()) found.push({ kind, fileName, ...fileFingerprint(path) })
  }
  return found
}

function untouched(kind: ExtractKind, state: FileState, position: Readonly<RunPosition>): FileSummary {
  return { kind, fileName: extractFormats[kind].fileName, state, refusal: null, unknownColumns: [], counts: position[kind]?.counts ?? noCounts() }
}

/** Leaves a small log behind: the long work beside the desk, the cut in a turn of its own. */
function foldLog(db: RawDatabase, turn: LoadTurn): void {
  db.pragma('wal_checkpoint(PASSIVE)')
  db.pragma('busy_timeout = 0')
  turn.enter()
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    turn.leave()
  }
}
