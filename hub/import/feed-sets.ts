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
    if (leaving === 'customers' && table !== 'customer') continue
    await tx.query(`INSERT INTO feed_change (tbl, key, kind, scopes, row)
      SELECT tbl, key, 'delete', lost, jsonb_build_object('now', to_jsonb(now)) FROM (
        SELECT t.tbl, ${keyArray(table)} AS key, ${scopesArray(table)} AS now, ARRAY(SELECT unnest(t.scopes) EXCEPT SELECT unnest(${scopesArray(table)}) ORDER BY 1) AS lost
        FROM feed_touched t JOIN ${recordPlans[table].table} r ON ${keyMatches(table)} WHERE t.tbl = '${table}' AND cardinality(t.scopes) > 0
      ) l WHERE cardinality(lost) > 0`)
  }
  for (const table of present) {
    await tx.query(`INSERT INTO feed_change (tbl, key, kind, scopes, row)
      SELECT tbl, key, 'put', now, row FROM (
        SELECT t.tbl, ${keyArray(table)} AS key, t.written, coalesce(t.scopes, '{}') AS was, ${scopesArray(table)} AS now, ${wireRow(table)} AS row
        FROM feed_touched t JOIN ${recordPlans[table].table} r ON ${keyMatches(table)} WHERE t.tbl = '${table}'
      ) c WHERE cardinality(now) > 0 AND (written OR was <> now)`)
  }
}

/** Gives the collected changes their positions: last in the transaction, because everybody who writes waits for them. Answers how many. */
export async function flushChanges(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ n: number }>('SELECT count(*)::bigint AS n FROM feed_change')
  const count = rows[0]?.n ?? 0
  if (count === 0) return 0
  const head = await tx.query<{ pos: number }>('UPDATE feed_head SET pos = pos + $1 RETURNING pos', [count])
  await tx.query(
    `INSERT INTO change (pos, tbl, key, kind, scopes, row) SELECT $1::bigint + row_number() OVER (ORDER BY n), tbl, key, kind, scopes, row FROM feed_change`,
    [(head.rows[0]?.pos ?? 0) - count],
  )
  await tx.query('DELETE FROM feed_change')
  await tx.query('SELECT pg_notify($1, $2)', [feedChannel, JSON.stringify({ head: head.rows[0]?.pos ?? 0, scopes: null })])
  return count
}
