import type { Pool } from 'pg'
import { entryHash } from './audit.ts'
import type { StoredAudit } from './audit.ts'
import type { AuditKey } from './audit-key.ts'
import { isSignedCheckpoint, isSignedHead } from './audit-signing.ts'
import type { Checkpoint, Head } from './audit-signing.ts'
import { isVoid } from './audit-witnesses.ts'
import { createWalk } from './verify-audit.ts'

export type AuditPage = { readonly entries: readonly StoredAudit[]; readonly verified: boolean }
/** Entries walked from a page to the next checkpoint; a hub makes one long before. */
const mostWalked = 50_000

/**
 * A page from an entry backwards, and whether its entries fit each other, the entry after them and the head; with the key also whether
 * they lead to the next checkpoint, nothing signed lies beyond the end, and no desk holds a head that contradicts.
 */
export async function auditPage(pool: Pool, before: number | null, size: number, key: AuditKey | null): Promise<AuditPage> {
  // One statement, so that what is appended meanwhile does not look like a break.
  const { rows } = await pool.query<StoredAudit & { head_seq: number; head_hash: string }>(
    'SELECT a.*, h.seq AS head_seq, h.hash AS head_hash FROM audit_head h LEFT JOIN LATERAL (SELECT * FROM audit WHERE $1::bigint IS NULL OR seq <= $1 ORDER BY seq DESC LIMIT $2) a ON true ORDER BY a.seq DESC', [before, size + 1],
  )
  const stored = rows.filter(({ seq }) => seq !== null)
  const head = { seq: rows[0]?.head_seq ?? 0, hash: rows[0]?.head_hash ?? '' }
  const newest = before === null ? { previous: head.hash, seq: head.seq + 1 } : stored[0]
  const walk = before === null ? [newest, ...stored] : stored
  const fits = stored.every((row) => row.hash === entryHash(row)) && walk.every((row, index) => {
    const older = walk[index + 1]
    return older === undefined || (row?.previous === (older as StoredAudit).hash && row.seq === older.seq + 1)
  })
  const entries = stored.filter(({ seq }) => before === null || seq < before).slice(0, size)
  const complete = before !== null || head.seq === (stored[0]?.seq ?? 0)
  return { entries, verified: fits && complete && (key === null || (await isVouched(pool, key, stored, head.seq))) }
}

async function isVouched(pool: Pool, key: AuditKey, stored: readonly StoredAudit[], headSeq: number): Promise<boolean> {
  const select = 'SELECT seq, kind, feed_id AS "feedId", at, hash, signature FROM audit_checkpoint'
  const top = stored[0]
  const { rows: last } = await pool.query<Checkpoint>(`${select} ORDER BY seq DESC LIMIT 1`)
  const { rows: restarts } = await pool.query<Checkpoint>(`${select} WHERE kind = 'restart'`)
  const { rows: told } = await pool.query<Head>('SELECT feed_id AS "feedId", seq, hash, signature FROM audit_contradiction')
  if (told.some((each) => isSignedHead(key, each) && !isVoid(each, restarts))) return false
  if (last.some((checkpoint) => checkpoint.seq > headSeq || !isSignedCheckpoint(key, checkpoint))) return false
  if (!top) return true
  const { rows: within } = await pool.query<Checkpoint>(`${select} WHERE seq BETWEEN $1 AND coalesce((SELECT min(seq) FROM audit_checkpoint WHERE seq >= $2), $2)`, [stored.at(-1)?.seq ?? top.seq, top.seq])
  if (within.some((checkpoint) => !isSignedCheckpoint(key, checkpoint))) return false
  const signed = Map.groupBy(within, ({ seq }) => seq)
  if (stored.some(({ seq, hash }) => signed.get(seq)?.some((checkpoint) => checkpoint.hash !== hash))) return false
  const next = Math.max(top.seq, ...signed.keys())
  const { rows } = await pool.query<StoredAudit>('SELECT * FROM audit WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3', [top.seq, next, mostWalked])
  const walk = createWalk(top.seq, top.hash, signed)
  return rows.every((row) => walk.step(row) === null) && (walk.at() === next || rows.length === mostWalked)
}
