import { createHash } from 'node:crypto'
import type { AuditKind } from '../../../shared/contract/call.ts'
import { canonicalJson } from '../../../shared/sync/canonical.ts'
import type { RawDatabase } from '../store/cipher.ts'

/** Who did what to which record; never a personal value. */
export type AuditEntry = {
  readonly at: string
  readonly actor: string
  readonly desk: string
  readonly kind: Exclude<AuditKind, 'none'> | 'caller_not_verified' | 'link_refused'
  /** Id of the record. */
  readonly subject: string | null
  /** Kinds and counts, such as which checks were passed. */
  readonly details: { readonly [key: string]: string | number | boolean | readonly string[] }
}
type StoredEntry = { seq: number; at: string; actor: string; desk: string; kind: string; subject: string | null; details: string; previous: string; hash: string }

export const chainStart = '0'.repeat(64)

/** Appends an entry, chained to the one before; call it inside a transaction. */
export function appendAudit(db: RawDatabase, entry: AuditEntry): void {
  if (!db.inTransaction) throw new Error('the audit log is written inside a transaction')
  const last = db.prepare('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get() as { seq: number; hash: string } | undefined
  const seq = (last?.seq ?? 0) + 1
  const previous = last?.hash ?? chainStart
  const details = canonicalJson(entry.details)
  const hash = entryHash({ seq, ...entry, details, previous })
  db.prepare('INSERT INTO audit (seq, at, actor, desk, kind, subject, details, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    seq, entry.at, entry.actor, entry.desk, entry.kind, entry.subject, details, previous, hash,
  )
}

/** Walks the chain; answers the first entry that does not fit, or `null`. Tail truncation is contradicted only by a witness outside. */
export function verifyAudit(db: RawDatabase): { entries: number; firstBad: number | null } {
  let previous = chainStart
  let entries = 0
  for (const row of db.prepare('SELECT * FROM audit ORDER BY seq').iterate() as IterableIterator<StoredEntry>) {
    entries += 1
    if (row.seq !== entries || row.previous !== previous || row.hash !== entryHash(row)) return { entries, firstBad: row.seq }
    previous = row.hash
  }
  return { entries, firstBad: null }
}

function entryHash(row: Omit<StoredEntry, 'hash'>): string {
  return createHash('sha256')
    .update(canonicalJson([row.seq, row.at, row.actor, row.desk, row.kind, row.subject, row.details, row.previous]))
    .digest('hex')
}
