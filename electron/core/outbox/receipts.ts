import type { ReceiptState } from '../../../shared/contract/customers.ts'
import type { Store } from '../store/store.ts'

/** How far the newest operation about each record has travelled; records not written here have none. */
export function receiptsOf(store: Store, subjectIds: readonly string[]): ReadonlyMap<string, ReceiptState> {
  if (subjectIds.length === 0) return new Map()
  const rows = store.rawReader
    .prepare('SELECT subject_id AS id, state FROM outbox WHERE subject_id IN (SELECT value FROM json_each(?)) ORDER BY seq')
    .all(JSON.stringify(subjectIds)) as { id: string; state: ReceiptState }[]
  return new Map(rows.map((row) => [row.id, row.state]))
}

/** The same by operation, for histories in which each entry has a receipt of its own. */
export function receiptsOfOperations(store: Store, opIds: readonly string[]): ReadonlyMap<string, ReceiptState> {
  if (opIds.length === 0) return new Map()
  const rows = store.rawReader.prepare('SELECT op_id AS id, state FROM outbox WHERE op_id IN (SELECT value FROM json_each(?))').all(JSON.stringify(opIds)) as { id: string; state: ReceiptState }[]
  return new Map(rows.map((row) => [row.id, row.state]))
}
