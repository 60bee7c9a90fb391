import { createHash } from 'node:crypto'
import { canonicalJson } from '../../../shared/sync/canonical.ts'
import { opHashText } from '../../../shared/sync/wire.ts'
import type { Json } from '../../../shared/domain/json.ts'
import { isFollowing, readState, writeState } from '../sync/sync-store.ts'
import type { RawDatabase } from './cipher.ts'

export type OutboxEntry = {
  readonly opId: string
  readonly kind: string
  readonly version: number
  readonly input: Json
  /** What the operation saw of the records it compares with, for the hub's rule. */
  readonly basis: Json
  readonly actor: string
  readonly at: string
  readonly desk: string
  readonly entity: string
  readonly subjectId: string
}

/** Appends an operation to the queue; call it inside the transaction of its changes. Answers its sequence number. */
export function appendToOutbox(db: RawDatabase, given: OutboxEntry): number {
  if (!db.inTransaction) throw new Error('the outbox is written in the transaction of the write')
  // What the store would keep otherwise than it was hashed, the hub would refuse.
  const entry = { ...given, desk: given.desk.replaceAll('\0', '').toWellFormed() }
  const hash = createHash('sha256').update(opHashText(entry)).digest('hex')
  const { lastInsertRowid } = db
    .prepare('INSERT INTO outbox (op_id, kind, version, input, basis, actor, at, desk, hash, entity, subject_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(entry.opId, entry.kind, entry.version, canonicalJson(entry.input), canonicalJson(entry.basis), entry.actor, entry.at, entry.desk, hash, entry.entity, entry.subjectId)
  const seq = Number(lastInsertRowid)
  if (isFollowing(db)) numberForHub(db, seq)
  return seq
}

/** The next dense number of this desk's epoch: the hub takes operations in this order and misses none. */
export function numberForHub(db: RawDatabase, seq: number): void {
  const epoch = readState(db, 'epoch') ?? 1
  const wireSeq = readState(db, 'nextSeq') ?? 1
  db.prepare('UPDATE outbox SET epoch = ?, wire_seq = ? WHERE seq = ?').run(epoch, wireSeq, seq)
  writeState(db, 'nextSeq', wireSeq + 1)
}
