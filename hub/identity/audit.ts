import { createHash } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import { canonicalJson } from '../../shared/sync/canonical.ts'

/** The hub's own chain of who did what; entries hold ids, kinds and counts, never a personal value. */
export type AuditEntry = {
  readonly at: string
  /** Person of the staff, or `hub` for what it does by itself. */
  readonly actor: string
  /** Desk it was done from, `null` at the hub's command line. */
  readonly deviceId: string | null
  readonly kind: string
  /** Id of the record. */
  readonly subject: string | null
  readonly details: { readonly [key: string]: string | number | boolean | null | readonly string[] }
}
export type StoredAudit = { readonly seq: number; readonly at: string; readonly actor: string; readonly device_id: string | null; readonly kind: string; readonly subject: string | null; readonly details: unknown; readonly previous: string; readonly hash: string }

/** Appends entries to the chain. Takes a lock until the commit, so it comes after everything that may take long. */
export async function appendAudit(tx: PoolClient, ...entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  const { rows } = await tx.query<{ seq: number; hash: string }>('SELECT seq, hash FROM audit_head FOR UPDATE')
  let { seq, hash } = rows[0] ?? { seq: 0, hash: '0'.repeat(64) }
  const added: StoredAudit[] = []
  for (const { deviceId, ...entry } of entries) {
    const row = { seq: (seq += 1), ...entry, device_id: deviceId, previous: hash }
    added.push({ ...row, hash: (hash = entryHash(row)) })
  }
  await tx.query(
    `INSERT INTO audit (seq, at, actor, device_id, kind, subject, details, previous, hash)
     SELECT seq, at, actor, device_id, kind, subject, details, previous, hash
     FROM jsonb_to_recordset($1::jsonb) AS r(seq bigint, at text, actor text, device_id text, kind text, subject text, details jsonb, previous text, hash text)`,
    [JSON.stringify(added)],
  )
  await tx.query('UPDATE audit_head SET seq = $1, hash = $2', [seq, hash])
}

const pageSize = 5_000

/**
 * Walks the chain in pages; answers the first entry that does not fit, or `null`. The head of its own row tells a cut tail, and desks
 * keep the heads they were given, which a rewritten chain contradicts.
 */
export async function verifyAudit(pool: Pool): Promise<{ readonly entries: number; readonly firstBad: number | null }> {
  let entries = 0
  let previous = '0'.repeat(64)
  for (;;) {
    const { rows } = await pool.query<StoredAudit>('SELECT * FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2', [entries, pageSize])
    for (const row of rows) {
      entries += 1
      if (row.seq !== entries || row.previous !== previous || row.hash !== entryHash(row)) return { entries, firstBad: entries }
      previous = row.hash
    }
    if (rows.length < pageSize) break
  }
  const { rows } = await pool.query<{ seq: number; hash: string }>('SELECT seq, hash FROM audit_head')
  // What was appended while the chain was walked is not a fault: the head may be ahead, never elsewhere.
  const cut = rows[0] !== undefined && rows[0].seq === entries ? rows[0].hash !== previous : (rows[0]?.seq ?? 0) > entries && (await pool.query('SELECT 1 FROM audit WHERE seq = $1', [entries + 1])).rowCount === 0
  return { entries, firstBad: cut ? entries + 1 : null }
}

function entryHash(row: Omit<StoredAudit, 'hash'>): string {
  return createHash('sha256').update(canonicalJson([row.seq, row.at, row.actor, row.device_id, row.kind, row.subject, row.details, row.previous])).digest('hex')
}

/** A page from an entry backwards, and whether its entries fit each other, the entry after them, and the head. */
export async function auditPage(pool: Pool, before: number | null, size: number): Promise<{ readonly entries: readonly StoredAudit[]; readonly verified: boolean }> {
  // One statement, so that what is appended meanwhile does not look like a break.
  const { rows } = await pool.query<StoredAudit & { head_seq: number; head_hash: string }>(
    'SELECT a.*, h.seq AS head_seq, h.hash AS head_hash FROM audit_head h LEFT JOIN LATERAL (SELECT * FROM audit WHERE $1::bigint IS NULL OR seq <= $1 ORDER BY seq DESC LIMIT $2) a ON true ORDER BY a.seq DESC', [before, size + 1],
  )
  const stored = rows.filter(({ seq }) => seq !== null)
  const newest = before === null ? { previous: rows[0]?.head_hash, seq: (rows[0]?.head_seq ?? 0) + 1 } : stored[0]
  const walk = before === null ? [newest, ...stored] : stored
  const fits = stored.every((row) => row.hash === entryHash(row)) && walk.every((row, index) => {
    const older = walk[index + 1]
    return older === undefined || (row?.previous === (older as StoredAudit).hash && row.seq === older.seq + 1)
  })
  const entries = stored.filter(({ seq }) => before === null || seq < before).slice(0, size)
  return { entries, verified: fits && (before !== null || rows[0]?.head_seq === (stored[0]?.seq ?? 0)) }
}
