/** The feed: every committed change of a record, in the order of the commits and without gaps. Desks follow it by position. */
import type { TableName } from '../../shared/domain/records/tables.ts'
import { keyOf } from '../../shared/model/record-plan.ts'
import type { Tx } from '../server/parts.ts'
import type { Row } from './record-sql.ts'
import { scopesOf } from './scopes.ts'

export type FeedRow = { readonly table: TableName; readonly key: readonly (string | number)[]; readonly kind: 'put' | 'delete'; readonly scopes: readonly string[]; readonly row: Row | null; readonly opId?: string }
export type FeedHead = { readonly feedId: string; readonly pos: number; readonly minPos: number; readonly durableThrough: number; readonly auditHead: string }

/** Told on commit: `{"head":…,"scopes":[…]|null}`; a hint that may be lost. */
export const feedChannel = 'sportello_feed'
const hintedScopes = 50

/** Writes changes after position `base`, from a parameter of JSON. */
export const insertChangesSql = (rows: string, base: string, from = ''): string => `INSERT INTO change (pos, tbl, key, kind, scopes, row, op_id)
  SELECT ${base} + r.i, r.tbl, r.key, r.kind, ARRAY(SELECT jsonb_array_elements_text(r.scopes)), NULLIF(r.row, 'null'::jsonb), r.op
  FROM ${from}jsonb_to_recordset(${rows}::jsonb) AS r(i bigint, tbl text, key jsonb, kind text, scopes jsonb, row jsonb, op text)`
/** Tells who listens, at the commit. */
export const notifyFeedSql = (pos: string, scopes: string): string => `pg_notify('${feedChannel}', json_build_object('head', ${pos}, 'scopes', ${scopes}::json)::text)`

/** The two parameters of the statements above: the rows, and whom they concern. */
export function feedValues(changes: readonly FeedRow[]): readonly [rows: string, scopes: string | null] {
  const scopes = [...new Set(changes.flatMap((change) => change.scopes))]
  const rows = changes.map(({ table, key, kind, scopes: to, row, opId }, index) => ({ i: index + 1, tbl: table, key, kind, scopes: to, row, op: opId ?? null }))
  return [JSON.stringify(rows), scopes.length > hintedScopes ? null : JSON.stringify(scopes)]
}

/**
 * Takes the next positions and writes the rows there; answers the last position. It holds the feed until the commit: nothing that may take
 * long or fail comes after it.
 */
export async function appendFeed(tx: Tx, changes: readonly FeedRow[]): Promise<number> {
  const [rows, scopes] = feedValues(changes)
  const { rows: head } = await tx.query<{ pos: number }>(
    `WITH head AS (UPDATE feed_head SET pos = pos + $2 RETURNING pos, pos - $2 AS base), added AS (${insertChangesSql('$1', 'head.base', 'head, ')})
     SELECT pos, ${notifyFeedSql('pos', '$3')} FROM head`,
    [rows, changes.length, scopes],
  )
  return head[0]?.pos ?? 0
}

/** Written rows as `put` changes for all who hold them. */
export async function putChanges(tx: Tx, rows: readonly { readonly table: TableName; readonly row: Row; readonly opId?: string }[]): Promise<readonly FeedRow[]> {
  const scopes = await scopesOf(tx, rows)
  return rows.map(({ table, row, opId }, index) => ({ table, key: keyOf(table, row), kind: 'put', scopes: scopes[index] ?? [], row, ...(opId === undefined ? {} : { opId }) }))
}

export async function readHead(tx: Pick<Tx, 'query'>): Promise<FeedHead> {
  const { rows } = await tx.query<{ feed_id: string; pos: number; min_pos: number; durable_through: number; audit: string }>(
    `SELECT f.feed_id, f.pos, f.min_pos, f.durable_through, a.seq || ':' || a.hash AS audit FROM feed_head AS f, audit_head AS a`,
  )
  const [head] = rows
  if (!head) throw new Error('the feed has no head')
  return { feedId: head.feed_id, pos: head.pos, minPos: head.min_pos, durableThrough: head.durable_through, auditHead: head.audit }
}
