/** Writes what the hub says of records into the tables. What this desk does not understand waits for a newer one, as it was sent. */
import { recordPlans, tableNames } from '../../../shared/model/record-plan.ts'
import type { ColumnPlan } from '../../../shared/model/record-plan.ts'
import type { TableName } from '../../../shared/domain/records/tables.ts'
import type { FeedChange } from '../../../shared/sync/wire.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { keyText } from './base-rows.ts'
import type { TouchedRow } from './base-rows.ts'
import { purgeCustomers } from './purge-rows.ts'
import { rowTables } from './row-tables.ts'

const tableBySql = new Map<string, TableName>(tableNames.flatMap((name) => [[name, name], [recordPlans[name].table, name]] as const))

/** `lostCustomers` takes those that were purged. */
export function writeChanges(db: RawDatabase, changes: readonly FeedChange[], lostCustomers: string[]): TouchedRow[] {
  const touched: TouchedRow[] = []
  for (const change of changes) {
    // A newer word about the same record takes the place of an older one that waited.
    db.prepare('DELETE FROM deferred_change WHERE tbl = ? AND key = ? AND pos <= ?').run(change.table, keyText(change.key), change.pos)
    const table = tableBySql.get(change.table)
    const written = table !== undefined && fits(table, change) && write(db, table, change, lostCustomers)
    if (!written || !isWhole(table, change)) defer(db, change)
    if (written) touched.push({ table, key: change.key })
  }
  dropStrays(db, touched)
  return touched
}

/** Whether a change that waited has its place here by now. */
export function isUnderstood(change: FeedChange): boolean {
  const table = tableBySql.get(change.table)
  return table !== undefined && fits(table, change) && isWhole(table, change)
}

/** What can be carried out here: a kind, a key and values as these tables have them. */
function fits(table: TableName, { kind, key, row }: FeedChange): boolean {
  const plan = recordPlans[table]
  if (key.length !== plan.key.length) return false
  if (kind === 'delete') return true
  return kind === 'put' && row !== null && plan.columns.every((column) => fitsColumn(column, row[column.property] ?? row[column.column]))
}

function fitsColumn({ kind, nullable }: ColumnPlan, value: unknown): boolean {
  // What a hub of a version before does not send stays as it is.
  if (value === undefined || value === null) return value === undefined || nullable
  if (kind === 'text') return typeof value === 'string'
  return typeof value === 'number' || (kind === 'boolean' && typeof value === 'boolean')
}

/** Everything that is said has its place. */
function isWhole(table: TableName, { row }: FeedChange): boolean {
  const { columns } = recordPlans[table]
  return Object.keys(row ?? {}).every((name) => columns.some(({ property, column }) => property === name || column === name))
}

/** False for a value that these tables refuse: a state, say, that only a newer desk knows. One record waits then, and not the feed. */
function write(db: RawDatabase, table: TableName, change: FeedChange, lostCustomers: string[]): boolean {
  if (change.kind === 'delete') {
    if (table === 'customer') lostCustomers.push(...purgeCustomers(db, [String(change.key[0])]))
    else remove(db, table, change.key)
    return true
  }
  try {
    rowTables(db)(table).put(byProperty(table, change.row ?? {}))
    return true
  } catch (error) {
    if (isRefusedValue(error)) return false
    throw error
  }
}

/** Rows that hang on a row that goes, go with it: the hub may tell the one before the other. */
function remove(db: RawDatabase, table: TableName, key: FeedChange['key']): void {
  const [id = ''] = key
  if (table === 'ticket') for (const row of rowTables(db)('ticketEvent').find({ ticketId: id })) rowTables(db)('ticketEvent').remove([String(row['id'])])
  rowTables(db)(table).remove(key)
}

/**
 * A step of a ticket that is not here (any more): its customer has left between the snapshot and this position, and the feed will say so.
 * Left there it would break a reference, and no answer after it could be taken in.
 */
function dropStrays(db: RawDatabase, touched: readonly TouchedRow[]): void {
  for (const { table, key } of touched) {
    if (table !== 'ticketEvent') continue
    const row = rowTables(db)('ticketEvent').get(key)
    if (row && rowTables(db)('ticket').get([String(row['ticketId'])]) === null) rowTables(db)('ticketEvent').remove(key)
  }
}

function defer(db: RawDatabase, change: FeedChange): void {
  db.prepare('INSERT OR REPLACE INTO deferred_change (pos, tbl, key, change) VALUES (?, ?, ?, ?)').run(change.pos, change.table, keyText(change.key), JSON.stringify(change))
}

function byProperty(table: TableName, row: { readonly [name: string]: unknown }): { readonly [property: string]: unknown } {
  return Object.fromEntries(recordPlans[table].columns.map(({ property, column }) => [property, property in row ? row[property] : row[column]]))
}

function isRefusedValue(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'SQLITE_CONSTRAINT_CHECK' || error.code === 'SQLITE_CONSTRAINT_NOTNULL')
}
