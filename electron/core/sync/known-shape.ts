import { createHash } from 'node:crypto'
import type { RecordPlan } from '../../../shared/model/record-plan.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { readState, writeState } from './sync-store.ts'

/** Names the tables and columns that this version of the desk knows. */
export function shapeOf(plans: readonly RecordPlan[]): string {
  const shape = plans.map(({ table, columns }) => [table, ...columns.map(({ column }) => column)])
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 16)
}

/** Inside a transaction: the hub has shown something that has no place here. A desk of another shape takes everything anew. */
export function noteLack(db: RawDatabase, plans: readonly RecordPlan[]): void {
  const shape = shapeOf(plans)
  if (readState(db, 'lacks') !== shape) writeState(db, 'lacks', shape)
}
