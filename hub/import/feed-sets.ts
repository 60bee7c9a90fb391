/**
 * Change rows in sets, for work that writes many rows at once. Rows that may change are touched first, which notes whose they are; what is
 * collected afterwards compares. Temporary tables that empty themselves at the commit: everything happens inside one transaction.
 */
import { recordPlans } from '../../shared/model/record-plan.ts'
import type { Tx } from '../server/parts.ts'
import { feedChannel } from '../sync/feed.ts'
import { scopedTables, scopesArray, wireRow } from './row-scopes.ts'
import type { ScopedTable } from './row-scopes.ts'

const keyColumns = ['k1', 'k2', 'k3'] as const

/** Begins a set; changes that were collected before stay. */
export async function beginFeedSet(tx: Tx): Promise<void> {
  await tx.query('SET LOCAL client_min_messages = warning')
  await tx.query(`CREATE TEMP TABLE IF NOT EXISTS feed_touched (tbl text NOT NULL, k1 text NOT NULL, k2 text NOT NULL, k3 text NOT NULL, scopes text[], written boolean NOT NULL DEFAULT false, PRIMARY KEY (tbl, k1, k2, k3)) ON COMMIT DELETE ROWS`)
  await tx.query(`CREATE TEMP TABLE IF NOT EXISTS feed_change (n bigint GENERATED ALWAYS AS IDENTITY, tbl text NOT NULL, key jsonb NOT NULL, kind text NOT NULL, scopes text[] NOT NULL, row jsonb) ON COMMIT DELETE ROWS`)
  await tx.query(`CREATE TEMP TABLE IF NOT EXISTS feed_left (n bigint GENERATED ALWAYS AS IDENTITY, tbl text NOT NULL, key jsonb NOT NULL, now text[] NOT NULL, lost text[] NOT NULL, told boolean NOT NULL DEFAULT false) ON COMMIT DELETE ROWS`)
  await tx.query(`CREATE TEMP TABLE IF NOT EXISTS feed_begun (pos bigint NOT NULL) ON COMMIT DELETE ROWS`)
  await tx.query('INSERT INTO feed_begun SELECT pos FROM feed_head WHERE NOT EXISTS (SELECT 1 FROM feed_begun)')
  await tx.query('DELETE FROM feed_touched')
}

const keysOf = (table: ScopedTable) => recordPlans[table].key.map(({ column }) => column)
/** The key of `r`, filled up with empty texts to three columns. */
export const keyOfRow = (table: ScopedTable): string => keyColumns.map((_, i) => (keysOf(table)[i] === undefined ? `''` : `r.${keysOf(table)[i]}`)).join(', ')
const keyMatches = (table: ScopedTable) => keysOf(table).map((column, i) => `r.${column} = t.k${i + 1}`).join(' AND ')
const keyArray = (table: ScopedTable) => `jsonb_build_array(${keysOf(table).map((_, i) => `t.k${i + 1}`).join(', ')})`

/** Notes rows and their territories as they are now. `source` is what follows FROM, with the rows as `r`. */
export async function touch(tx: Tx, table: ScopedTable, source: string, values: readonly unknown[] = []): Promise<void> {
  await tx.query(
    `INSERT INTO feed_touched (tbl, k1, k2, k3, scopes) SELECT '${table}', ${keyOfRow(table)}, ${scopesArray(table)} FROM ${source} ON CONFLICT DO NOTHING`,
    [...values],
  )
}

/** Notes rows that are not there yet. `source` yields their keys, as `r`. */
export async function touchNew(tx: Tx, table: ScopedTable, source: string, values: readonly unknown[] = []): Promise<void> {
  await tx.query(`INSERT INTO feed_touched (tbl, k1, k2, k3) SELECT '${table}', ${keyOfRow(table)} FROM ${source} ON CONFLICT DO NOTHING`, [...values])
}

/** Of a touched set that lost territories: every row is taken away there, or each customer with all that is theirs. */
export type Leaving = 'rows' | 'customers'

/**
 * Makes the change rows of a touched set: what was written, and what has come into or out of a territory. A taking says where the row is now:
 * a desk with both territories is told nothing of it, and loses neither the row nor what somebody is typing there.
 */
export async function collectChanges(tx: Tx, leaving: Leaving): Promise<void> {
  await tx.query('ANALYZE feed_touched')
  const { rows } = await tx.query<{ tbl: ScopedTable }>('SELECT DISTINCT tbl FROM feed_touched')
  const present = scopedTables.filter((table) => rows.some(({ tbl }) => tbl === table))
  for (const table of present) {
    await tx.query(`INSERT INTO feed_left (tbl, key, now, lost)
      SELECT tbl, key, now, lost FROM (
        SELECT t.tbl, ${keyArray(table)} AS key, ${scopesArray(table)} AS now, ARRAY(SELECT unnest(t.scopes) EXCEPT SELECT unnest(${scopesArray(table)}) ORDER BY 1) AS lost
        FROM feed_touched t JOIN ${recordPlans[table].table} r ON ${keyMatches(table)} WHERE t.tbl = '${table}' AND cardinality(t.scopes) > 0
      ) l WHERE cardinality(lost) > 0`)
  }
  await tx.query(`INSERT INTO feed_change (tbl, key, kind, scopes, row)
    SELECT tbl, key, 'delete', lost, jsonb_build_object('now', to_jsonb(now)) FROM feed_left WHERE NOT told AND ($1 OR tbl = 'customer') ORDER BY n`, [leaving === 'rows'])
  await tx.query('UPDATE feed_left SET told = true WHERE NOT told')
  for (const table of present) {
    await tx.query(`INSERT INTO feed_change (tbl, key, kind, scopes, row)
      SELECT tbl, key, 'put', now, row FROM (
        SELECT t.tbl, ${keyArray(table)} AS key, t.written, coalesce(t.scopes, '{}') AS was, ${scopesArray(table)} AS now, ${wireRow(table)} AS row
        FROM feed_touched t JOIN ${recordPlans[table].table} r ON ${keyMatches(table)} WHERE t.tbl = '${table}'
      ) c WHERE cardinality(now) > 0 AND (written OR was <> now)`)
  }
}

/**
 * Gives the collected changes their positions: last in the transaction, because everybody who writes waits for them. What others have committed
 * since the set was begun was not seen when it was collected: it is told anew as it is now. Answers how many.
 */
export async function flushChanges(tx: Tx): Promise<number> {
  await withdrawLeft(tx, 0)
  const { rows: heads } = await tx.query<{ pos: number; begun: number }>('SELECT pos, (SELECT pos FROM feed_begun) AS begun FROM feed_head FOR UPDATE')
  const { pos: base, begun } = heads[0] ?? { pos: 0, begun: 0 }
  if (base > begun) await collectMeanwhile(tx, begun)
  // What was collected before it left in the same transaction.
  await tx.query(`UPDATE feed_change AS f SET scopes = ARRAY(SELECT unnest(f.scopes) EXCEPT SELECT unnest(l.lost) ORDER BY 1) FROM feed_left AS l
    WHERE f.kind = 'put' AND f.key = l.key AND f.tbl = l.tbl AND f.scopes && l.lost`)
  await tx.query(`DELETE FROM feed_change WHERE kind = 'put' AND cardinality(scopes) = 0`)
  const { rows } = await tx.query<{ n: number }>('SELECT count(*)::bigint AS n FROM feed_change')
  const count = rows[0]?.n ?? 0
  // Nobody else comes between this and the commit.
  await tx.query('UPDATE feed_begun SET pos = $1', [base + count])
  if (count === 0) return 0
  await tx.query('UPDATE feed_head SET pos = pos + $1', [count])
  await tx.query(
    `INSERT INTO change (pos, tbl, key, kind, scopes, row) SELECT $1::bigint + row_number() OVER (ORDER BY n), tbl, key, kind, scopes, row FROM feed_change`,
    [base],
  )
  for (const table of ['feed_change', 'feed_left']) await tx.query(`DELETE FROM ${table}`)
  await tx.query('SELECT pg_notify($1, $2)', [feedChannel, JSON.stringify({ head: base + count, scopes: null })])
  return count
}

/**
 * What older positions of the feed say of rows that left a territory is not for its desks any more: one that comes to such a position later is
 * told of the leaving, and never again what left (I11).
 */
async function withdrawLeft(tx: Tx, after: number): Promise<void> {
  await tx.query('ANALYZE feed_left')
  await tx.query(
    `UPDATE change AS c SET scopes = ARRAY(SELECT unnest(c.scopes) EXCEPT SELECT unnest(l.lost) ORDER BY 1) FROM feed_left AS l
     WHERE c.key->>0 = l.key->>0 AND c.key = l.key AND c.tbl = l.tbl AND c.kind = 'put' AND c.scopes && l.lost AND c.pos > $1`,
    [after],
  )
}

/** With the feed locked: rows that others wrote after position `begun`, whose territories or whose words are others by now. */
async function collectMeanwhile(tx: Tx, begun: number): Promise<void> {
  await tx.query(`CREATE TEMP TABLE IF NOT EXISTS feed_late (tbl text NOT NULL, key jsonb NOT NULL, was text[] NOT NULL, again boolean NOT NULL DEFAULT false) ON COMMIT DELETE ROWS`)
  await tx.query(
    `INSERT INTO feed_late (tbl, key, was) SELECT c.tbl, c.key, ARRAY(SELECT DISTINCT s FROM change AS o, unnest(o.scopes) AS s WHERE o.pos > $1 AND o.key->>0 = c.key->>0 AND o.key = c.key AND o.tbl = c.tbl AND o.kind = 'put' AND s <> 'none')
     FROM (SELECT DISTINCT tbl, key FROM change WHERE pos > $1) AS c`,
    [begun],
  )
  await tx.query(`WITH stale AS (DELETE FROM feed_change f USING feed_late l WHERE f.kind = 'put' AND f.tbl = l.tbl AND f.key = l.key RETURNING f.tbl, f.key)
    UPDATE feed_late l SET again = true FROM stale s WHERE s.tbl = l.tbl AND s.key = l.key`)
  const { rows } = await tx.query<{ tbl: string }>('SELECT DISTINCT tbl FROM feed_late')
  for (const table of scopedTables.filter((name) => rows.some(({ tbl }) => tbl === name))) {
    const found = `SELECT l.tbl, l.key, l.was, l.again, ${scopesArray(table)} AS now, ${wireRow(table)} AS row FROM feed_late l JOIN ${recordPlans[table].table} r ON ${keysOf(table).map((column, i) => `r.${column} = l.key->>${i}`).join(' AND ')} WHERE l.tbl = '${table}'`
    await tx.query(`WITH left_late AS (
        INSERT INTO feed_left (tbl, key, now, lost, told) SELECT tbl, key, now, lost, true FROM (SELECT f.*, ARRAY(SELECT unnest(was) EXCEPT SELECT unnest(now) ORDER BY 1) AS lost FROM (${found}) f) x WHERE cardinality(lost) > 0 RETURNING tbl, key, now, lost
      ) INSERT INTO feed_change (tbl, key, kind, scopes, row) SELECT tbl, key, 'delete', lost, jsonb_build_object('now', to_jsonb(now)) FROM left_late`)
    await tx.query(`INSERT INTO feed_change (tbl, key, kind, scopes, row) SELECT tbl, key, 'put', now, row FROM (${found}) f WHERE cardinality(now) > 0 AND (again OR NOT was @> now)`)
  }
  await withdrawLeft(tx, begun)
  await tx.query('DELETE FROM feed_late')
}
