/**
 * The rows as the hub last said they are, beneath those that operations of this desk have changed and whose effect has not come back yet:
 * state here = the hub's rows + replay of what is open.
 */
import { keyOf, recordPlans } from '../../../shared/model/record-plan.ts'
import type { TableName } from '../../../shared/domain/records/tables.ts'
import type { Change } from '../../../shared/operations/operation.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { rowTables } from './row-tables.ts'
import type { Key, PlainRow } from './row-tables.ts'

export type TouchedRow = { readonly table: TableName; readonly key: Key }

/** Keeps the rows that a change is about to touch, unless they are kept already; call it before the change, in its transaction. */
export function keepBaseRows(db: RawDatabase, change: Change): void {
  const { find, get } = rowTables(db)(change.table)
  if (change.action === 'insert') {
    const key = keyOf(change.table, change.row)
    keep(db, change.table, key, get(key))
    return
  }
  for (const row of find(change.where)) keep(db, change.table, keyOf(change.table, row), row)
}

/** Puts every kept row back and forgets it: what stands then is the hub's. Answers what was touched. */
export function restoreBaseRows(db: RawDatabase): TouchedRow[] {
  const kept = db.prepare('SELECT tbl, key, row FROM base_row').all() as { tbl: TableName; key: string; row: string | null }[]
  // What is gone makes room before what comes back.
  for (const { tbl, key, row } of kept) if (row === null) rowTables(db)(tbl).remove(JSON.parse(key) as Key)
  for (const { tbl, row } of kept) if (row !== null) rowTables(db)(tbl).put(JSON.parse(row) as PlainRow)
  db.prepare('DELETE FROM base_row').run()
  return kept.map(({ tbl, key }) => ({ table: tbl, key: JSON.parse(key) as Key }))
}

export function hasBaseRows(db: RawDatabase): boolean {
  return db.prepare('SELECT 1 FROM base_row LIMIT 1').get() !== undefined
}

/** The text under which a row is kept. */
export function keyText(key: Key): string {
  return JSON.stringify(key)
}

function keep(db: RawDatabase, table: TableName, key: Key, row: PlainRow | null): void {
  if (recordPlans[table].key.length !== key.length) throw new Error(`a key of ${table} has another length`)
  db.prepare('INSERT OR IGNORE INTO base_row (tbl, key, row) VALUES (?, ?, ?)').run(table, keyText(key), row === null ? null : JSON.stringify(row))
}
