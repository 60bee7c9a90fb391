/** Takes customers with everything that is theirs out of the store, down to what somebody typed or looked at here. */
import type { RawDatabase } from '../store/cipher.ts'
import { highest, noteRemoved } from '../customers/customer-count.ts'
import { isSettledSql } from '../outbox/outbox-list.ts'
import { stateName } from '../search/index-progress.ts'
import { readState, writeState } from './sync-store.ts'

const list = 'SELECT value FROM json_each(?)'

/**
 * Purges these customers; call it inside a transaction that applies the hub's word. Supplies, meters, readings and addresses that another
 * customer of this desk shares stay. Answers those that were here.
 */
export function purgeCustomers(db: RawDatabase, customerIds: readonly string[]): string[] {
  const ids = JSON.stringify(customerIds)
  const present = db.prepare(`SELECT n, id, address_id AS address FROM customer WHERE id IN (${list})`).all(ids) as { n: number; id: string; address: string | null }[]
  const tickets = JSON.stringify(column(db, `SELECT id FROM ticket WHERE customer_id IN (${list})`, ids))
  const points = column(db, `SELECT DISTINCT supply_point_id FROM contract WHERE customer_id IN (${list})`, ids)
  const run = (sql: string, ...values: unknown[]) => db.prepare(sql).run(...values)
  forgetTraces(db, customerIds, ids, tickets)
  const files = column(db, `SELECT sha256 FROM attachment WHERE customer_id IN (${list})`, ids)
  const contents = JSON.stringify(files)
  if (files.length > 0) writeState(db, 'purgedFiles', [...(readState(db, 'purgedFiles') ?? []), ...files])
  run(`DELETE FROM attachment WHERE customer_id IN (${list})`, ids)
  run(`DELETE FROM blob_queue WHERE sha256 IN (${list}) AND sha256 NOT IN (SELECT sha256 FROM attachment)`, contents)
  // Without its decision a refused operation would wait for one again.
  run(`DELETE FROM outbox AS o WHERE o.state = 'refused' AND o.op_id IN (SELECT subject_id FROM decision WHERE customer_id IN (${list})) AND ${isSettledSql}`, ids)
  run(`DELETE FROM decision WHERE customer_id IN (${list})`, ids)
  run(`DELETE FROM field_conflict WHERE customer_id IN (${list})`, ids)
  run(`DELETE FROM ticket_event WHERE ticket_id IN (${list})`, tickets)
  run(`DELETE FROM ticket WHERE customer_id IN (${list})`, ids)
  const links = JSON.stringify(column(db, `SELECT id FROM contract_link WHERE holder_customer_id IN (${list}) OR profile_id IN (SELECT id FROM portal_profile WHERE customer_id IN (${list}))`, ids, ids))
  run(`DELETE FROM portal_profile WHERE customer_id IN (${list})`, ids)
  run(`DELETE FROM invoice WHERE customer_id IN (${list})`, ids)
  run(`DELETE FROM contract WHERE customer_id IN (${list})`, ids)
  for (const { n } of present) run('INSERT OR IGNORE INTO search_dirty (n) VALUES (?)', n)
  if (present.length > 0) run('INSERT INTO search_state (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = 1', stateName.merging)
  const highestBefore = highest(db)
  run(`DELETE FROM customer WHERE id IN (${list})`, ids)
  noteRemoved(db, highestBefore, present.length)
  // A link belongs to whose profile it is in and to whose service it is: it stays with the one that stays.
  run(`DELETE FROM contract_link WHERE id IN (${list}) AND holder_customer_id NOT IN (SELECT id FROM customer) AND profile_id NOT IN (SELECT id FROM portal_profile)`, links)
  const orphans = points.filter((id) => db.prepare('SELECT 1 FROM contract WHERE supply_point_id = ? LIMIT 1').get(id) === undefined)
  purgePoints(db, orphans, present.flatMap(({ address }) => (address === null ? [] : [address])))
  return present.map(({ id }) => id)
}

function purgePoints(db: RawDatabase, points: readonly string[], addresses: readonly string[]): void {
  forgetDrafts(db, points)
  const ids = JSON.stringify(points)
  const all = JSON.stringify([...addresses, ...column(db, `SELECT address_id FROM supply_point WHERE id IN (${list}) AND address_id IS NOT NULL`, ids)])
  db.prepare(`DELETE FROM reading WHERE meter_id IN (SELECT id FROM meter WHERE supply_point_id IN (${list}))`).run(ids)
  db.prepare(`DELETE FROM meter WHERE supply_point_id IN (${list})`).run(ids)
  db.prepare(`DELETE FROM supply_point WHERE id IN (${list})`).run(ids)
  // Without an index on the address a look at each customer would be too much for one that is shared by many: asked once for all.
  db.prepare(`DELETE FROM address WHERE id IN (${list}) AND id NOT IN (SELECT address_id FROM customer WHERE address_id IS NOT NULL)
    AND id NOT IN (SELECT address_id FROM supply_point WHERE address_id IS NOT NULL)`).run(all)
}

/** What people left behind about them: drafts, tabs, the list of recent ones, operations the hub has, rows that wait. */
function forgetTraces(db: RawDatabase, customerIds: readonly string[], ids: string, tickets: string): void {
  db.prepare(`DELETE FROM recent_customer WHERE customer_id IN (${list})`).run(ids)
  db.prepare(`DELETE FROM outbox WHERE state = 'confirmed' AND (subject_id IN (${list}) OR subject_id IN (${list}) OR json_extract(input, '$.customerId') IN (${list}) OR json_extract(input, '$.ticketId') IN (${list}))`).run(ids, tickets, ids, tickets)
  const named = [...customerIds, ...(JSON.parse(tickets) as string[])]
  forgetDrafts(db, named)
  const spaces = db.prepare('SELECT person_id AS person, value FROM workspace').all() as { person: string; value: string }[]
  for (const { person, value } of spaces) if (named.some((id) => value.includes(JSON.stringify(id)))) db.prepare('DELETE FROM workspace WHERE person_id = ?').run(person)
  for (const id of named) db.prepare(`DELETE FROM deferred_change WHERE instr(change, ?) > 0`).run(JSON.stringify(id))
  for (const id of named) db.prepare(`DELETE FROM base_row WHERE instr(coalesce(row, key), ?) > 0`).run(JSON.stringify(id))
}

/**
 * Keys of drafts are parts between colons, and so are ids: `etra:1` is not in `ticket.new:etra:12`. Whoever typed them is told that they went,
 * by kind and time alone.
 */
function forgetDrafts(db: RawDatabase, ids: readonly string[]): void {
  const drafts = db.prepare('SELECT person_id AS personId, key, saved_at AS savedAt FROM draft').all() as { personId: string; key: string; savedAt: string }[]
  const gone = drafts.filter(({ key }) => ids.some((id) => `:${key}:`.includes(`:${id}:`)))
  if (gone.length === 0) return
  for (const { personId, key } of gone) db.prepare('DELETE FROM draft WHERE person_id = ? AND key = ?').run(personId, key)
  writeState(db, 'draftsPurged', true)
  const told = gone.map(({ personId, key, savedAt }) => ({ personId, form: key.split(':')[0] ?? '', savedAt }))
  writeState(db, 'draftsRemoved', [...(readState(db, 'draftsRemoved') ?? []), ...told].slice(-mostTold))
}
const mostTold = 100

/** Everything of the hub, as when it lets a desk go; the people, the trace of what was done and what was never sent stay. */
export const hubTables = [
  'contract_link', 'portal_profile', 'attachment', 'decision', 'field_conflict', 'ticket_event', 'ticket', 'reading', 'meter', 'invoice', 'contract', 'supply_point', 'customer', 'address',
  'base_row', 'deferred_change', 'blob_queue', 'recent_customer', 'draft', 'workspace', 'snapshot_seen', 'search_doc', 'search_term', 'search_dirty',
] as const

function column(db: RawDatabase, sql: string, ...values: unknown[]): string[] {
  return db.prepare(sql).pluck().all(...values) as string[]
}
