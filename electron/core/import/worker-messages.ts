import type { ImportJob, ImportProgress, ImportSummary } from './import-types.ts'
import type { FoldMemory } from './log-fold.ts'
import type { TurnMemory } from './write-turn.ts'

export type ImportWorkerData = {
  readonly databasePath: string
  /** Shared, so that no copy stays behind in a message: the worker zeroes it as soon as the store is open. */
  readonly key: SharedArrayBuffer
  readonly turn: TurnMemory
  readonly fold: FoldMemory | null
  readonly job: ImportJob
}

export type FoldWorkerData = { readonly databasePath: string; readonly key: SharedArrayBuffer; readonly fold: FoldMemory }

export type ImportReply =
  | { readonly kind: 'progress'; readonly progress: ImportProgress }
  | { readonly kind: 'summary'; readonly summary: ImportSummary }
  | { readonly kind: 'no_extracts' }
