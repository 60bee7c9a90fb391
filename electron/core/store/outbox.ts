import { createHash } from 'node:crypto'
import type { RawDatabase } from './cipher.ts'

export type OutboxEntry = {
  readonly opId: string
  readonly kind: string
  readonly version: number
  readonly input: unknown
  readonly actor: string
  readonly at: string
  readonly entity: string
  readonly subjectId: string
}

/** Text with sorted keys, so that the same operation always has the same hash. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** Appends an operation to the queue; call it inside the transaction of its changes. Answers its sequence number. */
export function appendToOutbox(db: RawDatabase, entry: OutboxEntry): number {
  if (!db.inTransaction) throw new Error('the outbox is written in the transaction of the write')
  const input = canonicalJson(entry.input)
  const hash = createHash('sha256').update(canonicalJson({ ...entry, input })).digest('hex')
  const { lastInsertRowid } = db
    .prepare('INSERT INTO outbox (op_id, kind, version, input, actor, at, hash, entity, subject_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(entry.opId, entry.kind, entry.version, input, entry.actor, entry.at, hash, entry.entity, entry.subjectId)
  return Number(lastInsertRowid)
}
