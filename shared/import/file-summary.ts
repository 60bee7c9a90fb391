import type { ExtractKind } from './extract-format.ts'
import type { FileRefusal } from './extract-reader.ts'

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

export function noCounts(): FileCounts {
  return { read: 0, loaded: 0, unchanged: 0, kept: 0, rejected: 0, warned: 0 }
}
