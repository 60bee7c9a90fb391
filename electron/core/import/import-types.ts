import type { ExtractKind } from '../../../shared/import/extract-format.ts'
import type { FileRefusal } from '../../../shared/import/extract-reader.ts'

/** Rows of one file. `read` = `loaded` + `unchanged` + `kept` + `rejected`. */
export type FileCounts = {
  read: number
  /** New, or different from what was stored. In a dry run: would have been. */
  loaded: number
  /** Equal to what was stored already. */
  unchanged: number
  /** Not loaded because the desk's own version stands: a ticket worked on here, a step of a ticket's story that was loaded before. */
  kept: number
  /** Listed in the reject file with line, field and reason. */
  rejected: number
  /** Rows with at least one warning, whatever became of them. */
  warned: number
}

export type FileState =
  /** Read to its end in this run. */
  | 'done'
  /** Read to its end in the interrupted run that this one continues; the counts are from there. */
  | 'done_before'
  /** Not in the folder: nothing of its kind changes. */
  | 'absent'
  /** Cannot be read at all; `refusal` says why. */
  | 'refused'
  /** The run was cancelled in the middle of it, or before it. */
  | 'stopped'
  | 'not_reached'

export type FileSummary = {
  kind: ExtractKind
  fileName: string
  state: FileState
  refusal: FileRefusal | null
  /** Columns of the file that nobody knows: ignored. */
  unknownColumns: readonly string[]
  counts: FileCounts
}

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

export function noCounts(): FileCounts {
  return { read: 0, loaded: 0, unchanged: 0, kept: 0, rejected: 0, warned: 0 }
}
