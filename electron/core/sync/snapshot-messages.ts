import type { RecordPlan } from '../../../shared/model/record-plan.ts'
import type { FoldMemory } from '../import/log-fold.ts'
import type { TurnMemory } from '../import/write-turn.ts'
import type { OwnSums } from './checksums.ts'
import type { SnapshotState } from './sync-store.ts'

export type SnapshotWorkerData = {
  readonly databasePath: string
  /** Shared; zeroed by the worker as soon as the store is open. */
  readonly key: SharedArrayBuffer
  readonly turn: TurnMemory
  /** Where a helper folds the log beside the load; without one the load does. */
  readonly fold: FoldMemory | null
  /** The models bring all of TypeORM with them: the worker gets what it needs of them. */
  readonly plans: readonly RecordPlan[]
}

export type SnapshotRequest =
  /** Loads a page and stands behind it; the bytes are handed over. */
  | { readonly kind: 'page'; readonly bytes: ArrayBuffer; readonly state: SnapshotState }
  /** Takes out what the hub did not send. */
  | { readonly kind: 'sweep'; readonly fresh: boolean; readonly parts: readonly string[] | null }
  /** Counts and adds up what is here, as of one moment. */
  | { readonly kind: 'sums' }
  | { readonly kind: 'end' }
export type SnapshotReply =
  | { readonly kind: 'loaded'; readonly state: SnapshotState; readonly indexed: { readonly done: number; readonly total: number } }
  | { readonly kind: 'swept'; readonly customers: number }
  | { readonly kind: 'sums'; readonly sums: OwnSums }
