/** Brings judged rows into their table: only those that are new or differ, a bounded number in each transaction, with the feed last. */
import type { Pool } from 'pg'
import type { Tx } from '../server/parts.ts'
import { inTransactionOn } from './session.ts'
import { differs, list, sameKey } from './extract-table.ts'
import type { ExtractTable } from './extract-table.ts'
import { beginFeedSet, collectChanges, flushChanges, touch, touchNew } from './feed-sets.ts'
import { takenDay } from './judge.ts'
import { keepOwnFields } from './own-fields.ts'
import type { ScopedTable } from './row-scopes.ts'
import { anyDevice, assignTerritories, placeNewCustomers } from './territories.ts'

export type MergeSizes = { readonly withFeed: number; readonly withoutFeed: number }
export const mergeSizes: MergeSizes = { withFeed: 5_000, withoutFeed: 50_000 }

export type WorkCounts = { readonly loaded: number; readonly unchanged: number; readonly kept: number }

const work = 'import_work'

/** Finds the rows that would be written, and counts the others. Writes nothing but a temporary table. */
export async function findWork(client: Tx, table: ExtractTable): Promise<WorkCounts & { readonly rows: number }> {
  const columns = table.columns.map(({ column }) => column)
  const stands = table.deskStands === null ? 'false' : table.deskStands
  await client.query(`DROP TABLE IF EXISTS ${work}`)
  await client.query(`CREATE TEMP TABLE ${work} AS
    SELECT row_number() OVER (ORDER BY s.line) AS n, ${list(columns, 's')} FROM ${table.stage} s
    LEFT JOIN ${table.table} ON ${sameKey(table, table.table, 's')}
    WHERE s.accepted AND NOT s.replaced AND NOT ${erasedHere(table)} AND (${table.table}.${table.keys[0]} IS NULL${table.appendOnly ? '' : ` OR ((${differs(table, table.table, 's')}) AND NOT ${stands})`})`)
  await client.query(`CREATE UNIQUE INDEX ON ${work} (n)`)
  await client.query(`ANALYZE ${work}`)
  const { rows } = await client.query<{ accepted: number; new_or_changed: number; replaced: number; kept: number }>(`SELECT
    (SELECT count(*) FROM ${table.stage} WHERE accepted) AS accepted,
    (SELECT count(*) FROM ${work}) AS new_or_changed,
    (SELECT count(*) FROM ${table.stage} s WHERE s.accepted AND s.replaced AND EXISTS (SELECT 1 FROM ${work} w WHERE ${sameKey(table, 'w', 's')})) AS replaced,
    ${table.deskStands === null && !table.appendOnly ? '0' : `(SELECT count(*) FROM ${table.stage} s JOIN ${table.table} ON ${sameKey(table, table.table, 's')}
      WHERE s.accepted AND (${differs(table, table.table, 's')})${table.appendOnly ? '' : ` AND ${stands}`})`} AS kept`)
  const found = rows[0] ?? { accepted: 0, new_or_changed: 0, replaced: 0, kept: 0 }
  // A row that a later one of the file replaces counts with that one.
  const loaded = found.new_or_changed + found.replaced
  return { rows: found.new_or_changed, loaded, kept: found.kept, unchanged: found.accepted - loaded - found.kept }
}

/**
 * Who was erased does not come back with the next extract, nor what hung on them (reliability, table 3.6: erasure wins over any later update).
 * A point, a meter or an address may have a new holder, whose contract comes later in the run: `forgetErased` takes off what has none.
 */
function erasedHere({ kind, columns, keys }: ExtractTable): string {
  if (kind === 'supply_points' || kind === 'addresses') return 'false'
  if (kind === 'meters') return '(EXISTS (SELECT 1 FROM erased_record e WHERE e.id IN (s.id, s.supply_point_id)) AND NOT EXISTS (SELECT 1 FROM contract c WHERE c.supply_point_id = s.supply_point_id))'
  if (kind === 'customers') return 'EXISTS (SELECT 1 FROM erased e WHERE e.customer_id = s.id)'
  // What was read before the new holder's time is the story of who was erased.
  if (kind === 'readings') return '(EXISTS (SELECT 1 FROM erased_record e WHERE e.id = s.meter_id) AND NOT EXISTS (SELECT 1 FROM meter m JOIN contract c ON c.supply_point_id = m.supply_point_id WHERE m.id = s.meter_id AND c.start_day <= s.day))'
  if (kind === 'ticket_events') return 'EXISTS (SELECT 1 FROM erased_record e WHERE e.id = s.ticket_id)'
  const own = columns.some(({ column }) => column === 'customer_id') ? 'EXISTS (SELECT 1 FROM erased e WHERE e.customer_id = s.customer_id)' : 'false'
  return keys.includes('id') ? `(${own} OR EXISTS (SELECT 1 FROM erased_record e WHERE e.id = s.id))` : own
}

/** Writes the found rows. Each transaction is whole: what it wrote, whose it is and what the desks are told. Stops between two when `signal` fires. */
export async function mergeWork(client: Tx, table: ExtractTable, rows: number, now: string, sizes: MergeSizes, tell: (rows: number) => void, signal: AbortSignal): Promise<'done' | 'stopped'> {
  let from = 1
  while (from <= rows) {
    if (signal.aborted) return 'stopped'
    const first = from
    from = await inTransactionOn(client, async () => {
      await client.query(`SET LOCAL sportello.importing = 'on'`)
      const followed = await anyDevice(client)
      const to = first + (followed ? sizes.withFeed : sizes.withoutFeed)
      await mergeBatch(client, table, first, to, now, followed)
      return to
    })
    tell(Math.min(from - 1, rows))
  }
  return 'done'
}

async function mergeBatch(client: Tx, table: ExtractTable, from: number, to: number, now: string, followed: boolean): Promise<void> {
  const batch = `(SELECT * FROM ${work} WHERE n >= ${from} AND n < ${to})`
  // Locked first: what a desk changes in this moment is seen by the statements that follow, or waits.
  if (table.kind === 'customers' || table.kind === 'tickets') await client.query(`SELECT 1 FROM ${table.table} r JOIN ${batch} s ON ${sameKey(table, 'r', 's')} ORDER BY r.id FOR UPDATE OF r`)
  if (table.kind === 'customers') await keepOwnFields(client, work)
  if (followed) {
    await beginFeedSet(client)
    await touchBatch(client, table, batch)
  }
  await client.query(upsert(table, batch, followed), [...(table.touched === null ? [] : [now])])
  if (table.kind === 'customers') await placeNewCustomers(client, await batchIds(client, batch, 'id'))
  if (!followed) return
  await collectChanges(client, 'rows')
  if (table.kind === 'customers') await assignTerritories(client, { customerIds: await batchIds(client, batch, 'id') })
  if (table.kind === 'contracts') await assignTerritories(client, { customerIds: await batchIds(client, batch, 'customer_id') })
  if (table.kind === 'addresses') await assignTerritories(client, { customerIds: await customersAt(client, batch) })
  await flushChanges(client)
}

function upsert(table: ExtractTable, batch: string, followed: boolean): string {
  const columns = table.columns.map(({ column }) => column)
  const all = table.touched === null ? columns : [...columns, table.touched]
  const insert = `INSERT INTO ${table.table} (${list(all)}) SELECT ${list(columns, 's')}${table.touched === null ? '' : ', $1'} FROM ${batch} s${table.kind === 'readings' ? ` WHERE NOT (${takenDay})` : ''}`
  const set = all.filter((column) => !table.keys.includes(column)).map((column) => `${column} = excluded.${column}`).join(', ')
  const conflict = table.appendOnly
    ? 'DO NOTHING'
    : `DO UPDATE SET ${set} WHERE (${differs(table, table.table, 'excluded')})${table.deskStands === null ? '' : ` AND NOT ${table.deskStands}`}`
  const statement = `${insert} ON CONFLICT (${list(table.keys)}) ${conflict}`
  if (!followed) return statement
  const keys = ['k1', 'k2', 'k3'].map((name, i) => `t.${name} = ${table.keys[i] === undefined ? `''` : `w.${table.keys[i]}`}`).join(' AND ')
  return `WITH w AS (${statement} RETURNING ${list(table.keys, table.table)}) UPDATE feed_touched t SET written = true FROM w WHERE t.tbl = '${table.plan.name}' AND ${keys}`
}

/** The rows of the batch, and those that come into or out of a territory with them: a point is wherever somebody has a contract on it. */
async function touchBatch(client: Tx, table: ExtractTable, batch: string): Promise<void> {
  const name = table.plan.name as ScopedTable
  await touch(client, name, `${table.table} r JOIN ${batch} s ON ${sameKey(table, 'r', 's')}`)
  await touchNew(client, name, `${batch} r`)
  const addresses = (ids: string) => touch(client, 'address', `address r WHERE r.id IN (${ids})`)
  if (table.kind === 'customers' || table.kind === 'supply_points') {
    await addresses(`SELECT address_id FROM ${batch} b UNION SELECT o.address_id FROM ${table.table} o JOIN ${batch} b ON b.id = o.id`)
  }
  if (table.kind === 'contracts') {
    const points = `SELECT supply_point_id FROM ${batch} b UNION SELECT o.supply_point_id FROM contract o JOIN ${batch} b ON b.id = o.id`
    await touch(client, 'supplyPoint', `supply_point r WHERE r.id IN (${points})`)
    await addresses(`SELECT address_id FROM supply_point p WHERE p.id IN (${points})`)
    await touch(client, 'meter', `meter r WHERE r.supply_point_id IN (${points})`)
    await touch(client, 'reading', `reading r WHERE r.meter_id IN (SELECT id FROM meter m WHERE m.supply_point_id IN (${points}))`)
  }
  if (table.kind === 'meters') await touch(client, 'reading', `reading r WHERE r.meter_id IN (SELECT id FROM ${batch} b)`)
  if (table.kind === 'tickets') await touch(client, 'ticketEvent', `ticket_event r WHERE r.ticket_id IN (SELECT id FROM ${batch} b)`)
}

async function batchIds(client: Tx, batch: string, column: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(`SELECT DISTINCT ${column} AS id FROM ${batch} b`)
  return rows.map(({ id }) => id)
}

async function customersAt(client: Tx, batch: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(`SELECT k.id FROM customer k WHERE k.address_id IN (SELECT id FROM ${batch} b)
    UNION SELECT c.customer_id FROM contract c JOIN supply_point s ON s.id = c.supply_point_id WHERE s.address_id IN (SELECT id FROM ${batch} b)`)
  return rows.map(({ id }) => id)
}

/** Points and addresses of who was erased that the extracts brought again and that nobody has taken over. No desk was told of them: they are nobody's. */
export async function forgetErased(client: Tx): Promise<void> {
  const nobodys = 'EXISTS (SELECT 1 FROM erased_record e WHERE e.id = p.id) AND NOT EXISTS (SELECT 1 FROM contract c WHERE c.supply_point_id = p.id)'
  await client.query(`DELETE FROM reading r USING meter m, supply_point p WHERE m.id = r.meter_id AND p.id = m.supply_point_id AND ${nobodys}`)
  await client.query(`DELETE FROM meter m USING supply_point p WHERE p.id = m.supply_point_id AND ${nobodys}`)
  await client.query(`DELETE FROM supply_point p WHERE ${nobodys}`)
  await client.query(`DELETE FROM address a WHERE EXISTS (SELECT 1 FROM erased_record e WHERE e.id = a.id)
    AND NOT EXISTS (SELECT 1 FROM customer u WHERE u.address_id = a.id) AND NOT EXISTS (SELECT 1 FROM supply_point p WHERE p.address_id = a.id)`)
}

/** After a load that wrote no change rows: the head moves once, so that nothing older passes for the newest. */
export async function bumpHead(pool: Pool): Promise<void> {
  await pool.query('UPDATE feed_head SET pos = pos + 1')
}
