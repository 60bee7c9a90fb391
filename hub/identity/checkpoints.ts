import type { Pool } from 'pg'
import type { StoredAudit } from './audit.ts'
import type { AuditKey } from './audit-key.ts'
import { keepCheckpoint, signCheckpoint } from './audit-signing.ts'
import type { Checkpoint } from './audit-signing.ts'
import { createWalk } from './verify-audit.ts'

export const checkpointRows = 1_000
export const checkpointMs = 15 * 60_000
const pageSize = 5_000

export type CheckpointParts = { readonly pool: Pool; readonly key: AuditKey; readonly dataDir: string; readonly now: Date }
/** `nothing` is due; otherwise the entry it was signed through, or the first that does not follow what was signed before: that is never signed. */
export type CheckpointResult = { readonly result: 'nothing' | 'signed' | 'broken'; readonly seq: number }

type Standing = { seq: number; hash: string; feed_id: string; last_seq: number | null; last_hash: string | null; last_at: string | null }

/** Signs the head of the chain after so many entries or so much time, and only when it continues what was signed last. */
export async function makeCheckpoint({ pool, key, dataDir, now }: CheckpointParts): Promise<CheckpointResult> {
  const { rows } = await pool.query<Standing>(
    `SELECT h.seq, h.hash, f.feed_id, c.seq AS last_seq, c.hash AS last_hash, c.at AS last_at FROM audit_head h CROSS JOIN feed_head f
     LEFT JOIN LATERAL (SELECT seq, hash, at FROM audit_checkpoint ORDER BY seq DESC, at DESC LIMIT 1) c ON true`,
  )
  const [found] = rows
  if (!found) return { result: 'nothing', seq: 0 }
  const last = found.last_seq ?? 0
  if (found.seq < last) return { result: 'broken', seq: found.seq + 1 }
  const waited = found.last_at === null ? Infinity : now.getTime() - Date.parse(found.last_at)
  if (found.seq === last || (found.seq - last < checkpointRows && waited < checkpointMs)) return { result: 'nothing', seq: last }
  const walk = createWalk(last, found.last_hash ?? '0'.repeat(64))
  while (walk.at() < found.seq) {
    const { rows: entries } = await pool.query<StoredAudit>('SELECT * FROM audit WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3', [walk.at(), found.seq, pageSize])
    if (entries.length === 0 || entries.some((row) => walk.step(row) !== null)) return { result: 'broken', seq: walk.at() + 1 }
  }
  if (walk.hash() !== found.hash) return { result: 'broken', seq: found.seq + 1 }
  await store({ pool, dataDir }, signCheckpoint(key, { seq: found.seq, kind: 'checkpoint', feedId: found.feed_id, at: now.toISOString(), hash: found.hash }))
  return { result: 'signed', seq: found.seq }
}

/**
 * After a restore: signs the entry with which the new history began, so that what was signed of the lost one is no longer held against the
 * chain. Nothing to do in a history that was signed before.
 */
export async function signRestart({ pool, key, dataDir, now }: CheckpointParts): Promise<void> {
  const { rows } = await pool.query<{ seq: number; hash: string; feed_id: string }>(
    `SELECT a.seq, a.hash, f.feed_id FROM feed_head f CROSS JOIN LATERAL (SELECT seq, hash FROM audit WHERE kind = 'feed_changed' ORDER BY seq DESC LIMIT 1) a
     WHERE NOT EXISTS (SELECT 1 FROM audit_checkpoint c WHERE c.feed_id = f.feed_id)`,
  )
  const [began] = rows
  if (began) await store({ pool, dataDir }, signCheckpoint(key, { seq: began.seq, kind: 'restart', feedId: began.feed_id, at: now.toISOString(), hash: began.hash }))
}

async function store({ pool, dataDir }: Pick<CheckpointParts, 'pool' | 'dataDir'>, checkpoint: Checkpoint): Promise<void> {
  const { seq, kind, feedId, at, hash, signature } = checkpoint
  const { rowCount } = await pool.query('INSERT INTO audit_checkpoint (seq, kind, feed_id, at, hash, signature) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING', [seq, kind, feedId, at, hash, signature])
  // Another hub was first.
  if (rowCount === 1) keepCheckpoint(dataDir, checkpoint)
}
