/** Brings the hub's word into the store: rows, cursor, states of the outbox and replay of what is open, all in one transaction. */
import { z } from '../../../shared/domain/schema.ts'
import { recordPlans, tableNames } from '../../../shared/model/record-plan.ts'
import type { TableName } from '../../../shared/domain/records/tables.ts'
import type { ChangesAnswer, FeedChange } from '../../../shared/sync/wire.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { keyText, restoreBaseRows } from './base-rows.ts'
import type { TouchedRow } from './base-rows.ts'
import { markTouched } from './index-touched.ts'
import { purgeCustomers } from './purge-rows.ts'
import { openWhere, replayOpen } from './replay.ts'
import { rowTables } from './row-tables.ts'
import { clearState, readState, writeState } from './sync-store.ts'

export type Applied = { readonly touched: readonly TouchedRow[]; readonly lostCustomers: readonly string[]; readonly confirmed: number }

const tableBySql = new Map<string, TableName>(tableNames.flatMap((name) => [[name, name], [recordPlans[name].table, name]] as const))
const knownKinds = z.enum(['put', 'delete'])

/** Lets the histories stand aside and references wait for the commit, while the hub's rows are written. */
export async function whileApplying<T>(db: RawDatabase, work: () => Promise<T>): Promise<T> {
  db.pragma('defer_foreign_keys = ON')
  writeState(db, 'applying', true)
  const result = await work()
  clearState(db, 'applying')
  return result
}

/** What stands, with `write` between the hub's rows and the replay of what is open. */
export async function rebase(db: RawDatabase, write: () => readonly TouchedRow[]): Promise<TouchedRow[]> {
  const restored = restoreBaseRows(db)
  const written = write()
  const touched = [...restored, ...written, ...(await replayOpen(db))]
  markTouched(db, touched)
  return touched
}

/**
 * Takes in one answer of the feed; call it inside a transaction. `null` for an answer that does not follow what is here: late, repeated or
 * of another history. Nothing of it is stored then.
 */
export async function applyAnswer(db: RawDatabase, answer: ChangesAnswer, now: string): Promise<Applied | null> {
  const cursor = readState(db, 'cursor') ?? 0
  if (answer.feedId !== readState(db, 'feedId') || answer.from !== cursor || answer.to < cursor) return null
  const confirmed = db.prepare(`UPDATE outbox SET state = 'confirmed', confirmed_at = ? WHERE state = 'delivered' AND pos <= ?`).run(now, answer.to).changes
  const lostCustomers: string[] = []
  const touched = answer.changes.length === 0 && confirmed === 0 ? [] : await whileApplying(db, () => rebase(db, () => writeChanges(db, answer.changes, lostCustomers)))
  if (lostCustomers.length > 0) notePurged(db, lostCustomers.length)
  writeState(db, 'cursor', answer.to)
  writeState(db, 'head', answer.head)
  writeState(db, 'durableThrough', answer.durableThrough)
  writeState(db, 'auditHead', answer.auditHead)
  if (!answer.more) writeState(db, 'currentAsOf', now)
  return { touched, lostCustomers, confirmed }
}

function writeChanges(db: RawDatabase, changes: readonly FeedChange[], lostCustomers: string[]): TouchedRow[] {
  const touched: TouchedRow[] = []
  for (const change of changes) {
    const table = tableBySql.get(change.table)
    // A newer word about the same record takes the place of an older one that waited.
    db.prepare('DELETE FROM deferred_change WHERE tbl = ? AND key = ? AND pos <= ?').run(change.table, keyText(change.key), change.pos)
    if (table === undefined || !isUnderstood(table, change)) defer(db, change)
    if (table === undefined || !knownKinds.safeParse(change.kind).success || change.key.length !== recordPlans[table].key.length) continue
    touched.push({ table, key: change.key })
    if (change.kind === 'put' && change.row !== null) rowTables(db)(table).put(byProperty(table, change.row))
    else if (table === 'customer') lostCustomers.push(...purgeCustomers(db, [String(change.key[0])]))
    else remove(db, table, change.key)
  }
  return touched
}

/** Rows that hang on a row that goes, go with it: the hub may tell the one before the other. */
function remove(db: RawDatabase, table: TableName, key: FeedChange['key']): void {
  const [id = ''] = key
  if (table === 'ticket') for (const row of rowTables(db)('ticketEvent').find({ ticketId: id })) rowTables(db)('ticketEvent').remove([String(row['id'])])
  rowTables(db)(table).remove(key)
}

/** Everything a change says has its place here. What has none waits for a newer desk, as it was sent. */
function isUnderstood(table: TableName, { kind, row }: FeedChange): boolean {
  const { columns } = recordPlans[table]
  return knownKinds.safeParse(kind).success && Object.keys(row ?? {}).every((name) => columns.some(({ property, column }) => property === name || column === name))
}

/** Takes in what had to wait for a newer desk and has its place here now; call it inside a transaction. What still has none goes on waiting. */
export async function takeDeferred(db: RawDatabase): Promise<readonly TouchedRow[]> {
  const waiting = (db.prepare('SELECT change FROM deferred_change ORDER BY pos').pluck().all() as string[]).map((text) => JSON.parse(text) as FeedChange)
  const ready = waiting.filter((change) => {
    const table = tableBySql.get(change.table)
    return table !== undefined && isUnderstood(table, change) && change.key.length === recordPlans[table].key.length
  })
  return ready.length === 0 ? [] : whileApplying(db, () => rebase(db, () => writeChanges(db, ready, [])))
}

function defer(db: RawDatabase, change: FeedChange): void {
  db.prepare('INSERT OR REPLACE INTO deferred_change (pos, tbl, key, change) VALUES (?, ?, ?, ?)').run(change.pos, change.table, keyText(change.key), JSON.stringify(change))
}

function byProperty(table: TableName, row: { readonly [name: string]: unknown }): { readonly [property: string]: unknown } {
  return Object.fromEntries(recordPlans[table].columns.map(({ property, column }) => [property, property in row ? row[property] : row[column]]))
}

/** The hub is owed a receipt, as soon as nothing of them is left in the files either. */
export function notePurged(db: RawDatabase, customers: number): void {
  const owed = readState(db, 'purge') ?? { scopes: [], customers: 0 }
  writeState(db, 'purge', { ...owed, customers: owed.customers + customers })
}

/** How many operations wait for the hub or for their rows. */
export function openCount(db: RawDatabase): number {
  return Number(db.prepare(`SELECT count(*) FROM outbox WHERE ${openWhere}`).pluck().get())
}
