/** Everything signed that the audit chain can be held against: checkpoints of the table and of the file beside it, and heads that desks hold. */
import type { Pool } from 'pg'
import type { AuditKey } from './audit-key.ts'
import { isSignedCheckpoint, isSignedHead } from './audit-signing.ts'
import type { Checkpoint, Head } from './audit-signing.ts'

/** The key that is trusted, and what is known of the chain from outside the database. */
export type Evidence = { readonly key: AuditKey; readonly kept: readonly Checkpoint[]; readonly heads?: readonly Head[] }
/** What the entry `seq` must have as its hash. */
export type Witness = { readonly seq: number; readonly hash: string }
export type Witnesses = {
  readonly bySeq: ReadonlyMap<number, readonly Witness[]>
  readonly newest: number
  /** A checkpoint of the table that the key did not sign. */
  readonly forged: number | null
  /** Entries with which a history was begun anew. */
  readonly restarts: readonly Checkpoint[]
}

const columns = 'seq, kind, feed_id AS "feedId", at, hash, signature'

export async function collectWitnesses(pool: Pool, { key, kept, heads = [] }: Evidence): Promise<Witnesses> {
  const { rows: table } = await pool.query<Checkpoint>(`SELECT ${columns} FROM audit_checkpoint ORDER BY seq`)
  const { rows: told } = await pool.query<Head>('SELECT feed_id AS "feedId", seq, hash, signature FROM audit_contradiction')
  const forged = table.find((checkpoint) => !isSignedCheckpoint(key, checkpoint))?.seq ?? null
  const inTable = new Set(table.map(({ signature }) => signature))
  const checkpoints = [...table, ...kept.filter(({ signature }) => !inTable.has(signature))].filter((checkpoint) => isSignedCheckpoint(key, checkpoint))
  const restarts = checkpoints.filter(({ kind }) => kind === 'restart')
  const good = [...checkpoints, ...[...told, ...heads].filter((head) => isSignedHead(key, head))].filter((witness) => !isVoid(witness, restarts))
  return { bySeq: Map.groupBy(good, ({ seq }) => seq), newest: good.reduce((most, { seq }) => Math.max(most, seq), 0), forged, restarts: restarts.toSorted((a, b) => (a.at < b.at ? -1 : 1)) }
}

/** What was signed of a history that a later one was put in the place of: a restored database rightly lacks it. */
export function isVoid({ feedId, seq }: Pick<Head, 'feedId' | 'seq'>, restarts: readonly Checkpoint[]): boolean {
  const begun = restarts.find((restart) => restart.feedId === feedId)?.at ?? ''
  return restarts.some((restart) => restart.feedId !== feedId && restart.seq <= seq && restart.at > begun)
}
