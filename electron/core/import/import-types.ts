import type { FileSummary } from '../../../shared/import/file-summary.ts'

export type ImportSummary = {
  /** `cancelled` keeps everything loaded so far and can be resumed. */
  state: 'done' | 'cancelled'
  dryRun: boolean
  files: readonly FileSummary[]
  /** Rows read in this run: those of files done before are not in it. */
  records: number
  /** From the first byte read to the end of the index. */
  seconds: number
  recordsPerSecond: number
  index: { customers: number; seconds: number; finished: boolean }
}

export type ImportProgress = {
  phase: 'load' | 'index'
  /** The file at hand while loading. */
  fileName: string | null
  /** Bytes of the extracts, or customers of the index. */
  done: number
  total: number
  /** Rows read so far in this run. */
  records: number
  /** Over the last seconds. */
  recordsPerSecond: number
  /** Of this phase; null while it cannot be said. */
  secondsLeft: number | null
}

/** What the worker is told. */
export type ImportJob = {
  folder: string
  rejectFolder: string
  dryRun: boolean
  resume: boolean
  /** ISO instant of the run: `updated_at` of the customers it changes. */
  startedAt: string
}
