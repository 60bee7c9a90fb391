/**
 * Takes everything of a customer away, everywhere and for good (GDPR art. 17; reliability, table 3.6): rows, files, what the feed remembers,
 * and refused operations. Desks take the rows off as they follow the feed; whatever they send later is refused as erased.
 */
import type { TableName } from '../../shared/domain/records/tables.ts'
import { keyOf, recordPlans } from '../../shared/model/record-plan.ts'
import { notFound } from '../server/errors.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import { isLostRace } from '../sync/failures.ts'
import { appendFeed } from '../sync/feed.ts'
import { selectList } from '../sync/record-sql.ts'
import type { Row } from '../sync/record-sql.ts'
import { scopesOf } from '../sync/scopes.ts'

export type Erasure = { readonly customerId: string; readonly reason: string; readonly by: string; readonly deviceId: string | null }
type Parts = Pick<HubParts, 'transaction' | 'clock' | 'audit'>
type Owned = { readonly table: TableName; readonly row: Row }

/** Supply points nobody else has a contract on. */
const ownPoints = 'SELECT c.supply_point_id FROM contract AS c WHERE c.customer_id = $1 AND NOT EXISTS (SELECT 1 FROM contract AS o WHERE o.supply_point_id = c.supply_point_id AND o.customer_id <> $1)'
const ownTickets = 'SELECT id FROM ticket WHERE customer_id = $1'
const lived = `SELECT address_id FROM customer WHERE id = $1 UNION SELECT address_id FROM supply_point WHERE id IN (${ownPoints})`

/** What is the customer's alone, children before what they hang on; `null`: nobody's. A table that is forgotten does not compile. */
const conditions: { readonly [T in TableName]: string | null } = {
  attachment: 't.customer_id = $1',
  decision: 't.customer_id = $1',
  fieldConflict: 't.customer_id = $1',
  contractLink: 't.holder_customer_id = $1 OR t.profile_id IN (SELECT id FROM portal_profile WHERE customer_id = $1)',
  portalProfile: 't.customer_id = $1',
  ticketEvent: `t.ticket_id IN (${ownTickets})`,
  ticket: 't.customer_id = $1',
  invoice: 't.customer_id = $1',
  reading: `t.meter_id IN (SELECT id FROM meter WHERE supply_point_id IN (${ownPoints}))`,
  meter: `t.supply_point_id IN (${ownPoints})`,
  address: `t.id IN (${lived}) AND NOT EXISTS (SELECT 1 FROM customer AS u WHERE u.address_id = t.id AND u.id <> $1) AND NOT EXISTS (SELECT 1 FROM supply_point AS x WHERE x.address_id = t.id AND x.id NOT IN (${ownPoints}))`,
  supplyPoint: `t.id IN (${ownPoints})`,
  contract: 't.customer_id = $1',
  customer: 't.id = $1',
  brand: null,
  readingWindow: null,
  person: null,
}
const owned = (Object.entries(conditions) as [TableName, string | null][]).flatMap(([table, condition]) => (condition === null ? [] : [[table, condition] as const]))
const triesAtOnce = 3

/** Throws 404 for a customer the hub does not have. Whoever pushes at that moment may lock the same rows the other way round: then it is tried again. */
export async function eraseCustomer(hub: Parts, erasure: Erasure): Promise<void> {
  for (let left = triesAtOnce; ; left -= 1) {
    try {
      return await eraseOnce(hub, erasure)
    } catch (error) {
      if (left <= 1 || !isLostRace(error)) throw error
    }
  }
}

async function eraseOnce(hub: Parts, { customerId, reason, by, deviceId }: Erasure): Promise<void> {
  await hub.transaction(async (tx) => {
    await tx.query(`SELECT set_config('statement_timeout', '0', true)`)
    const { rowCount } = await tx.query('SELECT 1 FROM customer WHERE id = $1 FOR UPDATE', [customerId])
    if (rowCount === 0) throw notFound()
    const rows: Owned[] = []
    for (const [table, condition] of owned) {
      const found = await tx.query<Row>(`SELECT ${selectList(table, 't')} FROM ${recordPlans[table].table} AS t WHERE ${condition}`, [customerId])
      rows.push(...found.rows.map((row) => ({ table, row })))
    }
    // Before the rows go: afterwards nobody knows whose they were.
    const scopes = await scopesOf(tx, rows)
    const at = hub.clock.now().toISOString()
    const ids = await rememberErased(tx, customerId, rows, scopes.find((_, index) => rows[index]?.table === 'customer') ?? [])
    await removeFiles(tx, rows)
    await removeRows(tx, rows)
    for (const text of ['DELETE FROM customer_territory WHERE customer_id = $1', 'DELETE FROM mail_message WHERE customer_id = $1']) await tx.query(text, [customerId])
    await forgetWords(tx, rows, ids)
    await hub.audit(tx, { at, actor: by, deviceId, kind: 'erased', subject: customerId, details: { rows: rows.length } })
    const pos = await appendFeed(tx, rows.map(({ table, row }, index) => ({ table, key: keyOf(table, row), kind: 'delete' as const, scopes: scopes[index] ?? [], row: null })))
    await tx.query('INSERT INTO erased (customer_id, erased_at, erased_by, reason, pos) VALUES ($1, $2, $3, $4, $5)', [customerId, at, by, reason, pos])
  })
}

/** Ids that operations and extracts may still name. */
async function rememberErased(tx: Tx, customerId: string, rows: readonly Owned[], scopes: readonly string[]): Promise<readonly string[]> {
  const named: readonly TableName[] = ['ticket', 'contractLink', 'fieldConflict', 'attachment', 'supplyPoint', 'meter', 'address']
  const ids = [customerId, ...rows.flatMap(({ table, row }) => (named.includes(table) ? [String(row['id'])] : []))]
  await tx.query('INSERT INTO erased_record (id, customer_id, scopes) SELECT unnest($1::text[]), $2, $3 ON CONFLICT DO NOTHING', [ids, customerId, scopes])
  return ids
}

async function removeRows(tx: Tx, rows: readonly Owned[]): Promise<void> {
  for (const [table] of owned) {
    const { table: name, key } = recordPlans[table]
    const mine = rows.filter((each) => each.table === table).map(({ row }) => keyOf(table, row).map(String))
    if (mine.length === 0) continue
    const lists = key.map((_, index) => `unnest($${index + 1}::text[])`).join(', ')
    await tx.query(
      `DELETE FROM ${name} AS t USING ROWS FROM (${lists}) AS q(${key.map((_, index) => `k${index}`).join(', ')}) WHERE ${key.map(({ column }, index) => `t.${column} = q.k${index}`).join(' AND ')}`,
      key.map((_, index) => mine.map((values) => values[index] ?? '')),
    )
  }
}

/** Content of attachments that no other one has. */
async function removeFiles(tx: Tx, rows: readonly Owned[]): Promise<void> {
  const attachments = rows.filter(({ table }) => table === 'attachment')
  if (attachments.length === 0) return
  const given = [attachments.map(({ row }) => String(row['sha256'])), attachments.map(({ row }) => String(row['id']))]
  const alone = 'sha256 = ANY($1) AND NOT EXISTS (SELECT 1 FROM attachment AS a WHERE a.sha256 = f.sha256 AND a.id <> ALL($2))'
  await tx.query(`DELETE FROM blob_chunk AS f WHERE ${alone}`, given)
  await tx.query(`DELETE FROM blob AS f WHERE ${alone}`, given)
}

/** What older positions of the feed and refused operations say: a desk that comes to such a position takes the row off. */
async function forgetWords(tx: Tx, rows: readonly Owned[], ids: readonly string[]): Promise<void> {
  for (const [table, mine] of Map.groupBy(rows, (each) => each.table)) {
    const keys = mine.map(({ row }) => JSON.stringify(keyOf(table, row)))
    await tx.query(`UPDATE change AS c SET row = NULL, kind = 'delete' FROM unnest($2::text[], $3::jsonb[]) AS q(first, key) WHERE c.key->>0 = q.first AND c.key = q.key AND c.tbl = $1`, [table, mine.map(({ row }) => String(keyOf(table, row)[0])), keys])
  }
  await tx.query(`UPDATE refused_op SET envelope = json_build_object('opId', op_id, 'erased', true)::text, details = 'null' WHERE subjects && $1`, [ids])
}
