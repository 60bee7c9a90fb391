import { createHash } from 'node:crypto'
import type { PoolClient } from 'pg'
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

/** Where the chain ends. */
export type AuditHead = { readonly seq: number; readonly hash: string }

/** Rows of the chain after a head, from one parameter of JSON; the head moves with them. */
export const insertAuditSql = (rows: string): string => `INSERT INTO audit (seq, at, actor, device_id, kind, subject, details, previous, hash)
  SELECT seq, at, actor, device_id, kind, subject, details, previous, hash
  FROM jsonb_to_recordset(${rows}::jsonb) AS r(seq bigint, at text, actor text, device_id text, kind text, subject text, details jsonb, previous text, hash text)`
export const moveAuditHeadSql = (seq: string, hash: string): string => `UPDATE audit_head SET seq = ${seq}, hash = ${hash}`

/** Entries as rows of the chain that ends at `head`, and where it ends then. */
export function chained(head: AuditHead, entries: readonly AuditEntry[]): { readonly rows: readonly StoredAudit[]; readonly head: AuditHead } {
  let { seq, hash } = head
  const rows = entries.map(({ deviceId, ...entry }): StoredAudit => {
    const row = { seq: (seq += 1), ...entry, device_id: deviceId, previous: hash }
    return { ...row, hash: (hash = entryHash(row)) }
  })
  return { rows, head: { seq, hash } }
}

/** Appends entries to the chain. Takes a lock until the commit, so it comes after everything that may take long. */
export async function appendAudit(tx: PoolClient, ...entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  const { rows: heads } = await tx.query<AuditHead>('SELECT seq, hash FROM audit_head FOR UPDATE')
  const { rows, head } = chained(heads[0] ?? { seq: 0, hash: '0'.repeat(64) }, entries)
  await tx.query(insertAuditSql('$1'), [JSON.stringify(rows)])
  await tx.query(moveAuditHeadSql('$1', '$2'), [head.seq, head.hash])
}

/** What the chain holds of an entry: everything, and the hash of the one before. */
export function entryHash(row: Omit<StoredAudit, 'hash'>): string {
  return createHash('sha256').update(canonicalJson([row.seq, row.at, row.actor, row.device_id, row.kind, row.subject, row.details, row.previous])).digest('hex')
}
