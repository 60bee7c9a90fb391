import type { Tx } from '../server/parts.ts'
import { otherwise } from '../sync/scopes.ts'
import { beginFeedSet, collectChanges, flushChanges, touch } from './feed-sets.ts'


/** Where a customer lives or, without an address, where one of their supplies is. */
const addressOf = `LEFT JOIN address a ON a.id = coalesce(c.address_id, (
  SELECT min(s.address_id) FROM contract k JOIN supply_point s ON s.id = k.supply_point_id WHERE k.customer_id = c.id))`
const none = (field: string) => `coalesce(rule -> '${field}', '[]') = '[]'::jsonb`
const fits = `(${none('brandIds')} OR rule -> 'brandIds' ? c.brand_id) AND (${none('provinces')} OR rule -> 'provinces' ? a.province)
  AND (${none('towns')} OR EXISTS (SELECT 1 FROM jsonb_array_elements_text(rule -> 'towns') w WHERE lower(w) = lower(a.town)))`
/** The first territory, by priority and name, one of whose rules fits. */
const territoryOf = `coalesce((SELECT t.id FROM territory t, jsonb_array_elements(t.rules) rule WHERE ${fits} ORDER BY t.priority, t.name, t.id LIMIT 1), '${otherwise}')`

/** Puts customers that have none into their territory; they are new, so nobody has to be told that they moved. */
export async function placeNewCustomers(tx: Tx, customerIds: readonly string[] | null): Promise<void> {
  await tx.query(
    `INSERT INTO customer_territory (customer_id, territory_id) SELECT c.id, ${territoryOf} FROM customer c ${addressOf}
     WHERE ($1::text[] IS NULL OR c.id = ANY ($1)) AND NOT EXISTS (SELECT 1 FROM customer_territory x WHERE x.customer_id = c.id)`,
    [customerIds],
  )
}

/**
 * Puts customers into the territories whose rules fit them (`null`: all), and writes the feed for those who moved: everything of theirs to
 * those who gain them, their leaving to those who lose them. Call it last in the transaction; what everybody else waits for, such as the trace, is
 * written by `last`, when everything has been read. Answers how many moved.
 */
export async function assignTerritories(tx: Tx, { customerIds, last }: { readonly customerIds: readonly string[] | null; readonly last?: () => Promise<unknown> }): Promise<number> {
  await beginFeedSet(tx)
  await placeNewCustomers(tx, customerIds)
  await tx.query('CREATE TEMP TABLE IF NOT EXISTS territory_move (customer_id text PRIMARY KEY, territory_id text NOT NULL) ON COMMIT DELETE ROWS')
  await tx.query('DELETE FROM territory_move')
  const moved = await tx.query(
    `INSERT INTO territory_move SELECT customer_id, fitting FROM (
       SELECT c.id AS customer_id, ct.territory_id, ${territoryOf} AS fitting FROM customer c JOIN customer_territory ct ON ct.customer_id = c.id ${addressOf}
       WHERE $1::text[] IS NULL OR c.id = ANY ($1)
     ) f WHERE fitting <> territory_id`,
    [customerIds],
  )
  if ((moved.rowCount ?? 0) === 0) {
    await last?.()
    return 0
  }
  await tx.query('ANALYZE territory_move')
  await touchCustomers(tx, 'territory_move')
  await tx.query('UPDATE customer_territory ct SET territory_id = m.territory_id FROM territory_move m WHERE m.customer_id = ct.customer_id')
  if (await anyDevice(tx)) {
    await collectChanges(tx, 'customers')
    await last?.()
    await flushChanges(tx)
  } else await last?.()
  return moved.rowCount ?? 0
}

/** Until the first desk has joined nobody has to be told of anything. Whoever joins waits for the end of this transaction. */
export async function anyDevice(tx: Tx): Promise<boolean> {
  const known = async () => (await tx.query('SELECT 1 FROM device LIMIT 1')).rowCount === 1
  if (await known()) return true
  await tx.query('LOCK TABLE device IN SHARE MODE')
  return known()
}

/** Everything of the customers named by `customer_id` in a table. */
async function touchCustomers(tx: Tx, of: string): Promise<void> {
  await touch(tx, 'customer', `customer r JOIN ${of} m ON m.customer_id = r.id`)
  for (const [table, name] of [['contract', 'contract'], ['invoice', 'invoice'], ['ticket', 'ticket'], ['portalProfile', 'portal_profile'], ['fieldConflict', 'field_conflict'], ['attachment', 'attachment'], ['decision', 'decision']] as const)
    await touch(tx, table, `${name} r JOIN ${of} m ON m.customer_id = r.customer_id`)
  await touch(tx, 'ticketEvent', `ticket_event r JOIN ticket k ON k.id = r.ticket_id JOIN ${of} m ON m.customer_id = k.customer_id`)
  await touch(tx, 'contractLink', `contract_link r JOIN portal_profile p ON p.id = r.profile_id WHERE EXISTS (SELECT 1 FROM ${of} m WHERE m.customer_id IN (p.customer_id, r.holder_customer_id))`)
  const points = `(SELECT DISTINCT c.supply_point_id FROM contract c JOIN ${of} m ON m.customer_id = c.customer_id) p`
  await touch(tx, 'supplyPoint', `supply_point r JOIN ${points} ON p.supply_point_id = r.id`)
  await touch(tx, 'meter', `meter r JOIN ${points} ON p.supply_point_id = r.supply_point_id`)
  await touch(tx, 'reading', `reading r JOIN meter n ON n.id = r.meter_id JOIN ${points} ON p.supply_point_id = n.supply_point_id`)
  await touch(tx, 'address', `address r WHERE r.id IN (
    SELECT c.address_id FROM customer c JOIN ${of} m ON m.customer_id = c.id
    UNION SELECT s.address_id FROM supply_point s JOIN ${points} ON p.supply_point_id = s.id)`)
}
