/** Sends what was written here, in its order and without gaps, and keeps what the hub made of it. */
import type { Json } from '../../../shared/domain/json.ts'
import { protocol, pushLimits } from '../../../shared/sync/wire.ts'
import type { PushAnswer, PushRequest, Receipt, WireOperation } from '../../../shared/sync/wire.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { whileApplying, rebase } from './apply-changes.ts'
import type { TouchedRow } from './base-rows.ts'
import { keepHead } from './audit-heads.ts'
import { readState, writeState } from './sync-store.ts'

type OutboxRow = {
  seq: number; opId: string; kind: string; version: number; input: string; basis: string; actor: string; at: string; desk: string; entity: string; subjectId: string; hash: string
}

/** The next batch from the front of the queue; `null` when nothing waits. Numbers without a gap, as many as fit. */
export const nextBatch = (db: RawDatabase, most: number = pushLimits.operations): PushRequest | null => batchFrom(db, 0, most)

/** The same from a number in the queue on. `bytes`: of the operations together, but for a single one. */
export function batchFrom(db: RawDatabase, seq: number, most: number = pushLimits.operations, bytesAtMost: number = pushLimits.bytes): PushRequest | null {
  const epoch = readState(db, 'epoch') ?? 1
  const rows = db
    .prepare(`SELECT wire_seq AS seq, op_id AS opId, kind, version, input, basis, actor, at, desk, entity, subject_id AS subjectId, hash
      FROM outbox WHERE state = 'queued' AND epoch = ? AND wire_seq >= ? ORDER BY wire_seq LIMIT ?`)
    .all(epoch, seq, Math.min(most, pushLimits.operations)) as OutboxRow[]
  const first = rows[0]
  if (!first) return null
  const operations: WireOperation[] = []
  let bytes = 200
  for (const [index, row] of rows.entries()) {
    if (row.seq !== first.seq + index) break
    const operation = { ...row, input: JSON.parse(row.input) as WireOperation['input'], basis: JSON.parse(row.basis) as WireOperation['basis'] }
    bytes += Buffer.byteLength(JSON.stringify(operation)) + 1
    if (bytes > bytesAtMost && operations.length > 0) break
    operations.push(operation)
  }
  return { protocol, epoch, feedId: readState(db, 'feedId') ?? '', firstSeq: first.seq, operations }
}

export type Stored = { readonly settled: number; readonly touched: readonly TouchedRow[] }

/**
 * Keeps the outcomes of a push; call it inside a transaction. `null` for an answer about another epoch or history, of which nothing is
 * believed. An operation that the hub refused loses its effect here at once, and its row stays with the reason.
 */
export async function storeReceipts(db: RawDatabase, sent: PushRequest, answer: PushAnswer, now: string): Promise<Stored | null> {
  if (answer.epoch !== readState(db, 'epoch') || answer.feedId !== readState(db, 'feedId')) return null
  const known = new Map(sent.operations.map((operation) => [operation.opId, operation.seq]))
  const receipts = answer.receipts.filter(({ opId, seq }) => known.get(opId) === seq)
  const cursor = readState(db, 'cursor') ?? 0
  let refused = 0
  let settled = 0
  for (const receipt of receipts) {
    const changed = storeOne(db, sent.epoch, receipt, answer.head, cursor, now)
    settled += changed
    if (receipt.outcome === 'rejected') refused += changed
  }
  if (settled > 0) writeState(db, 'lastDeliveredAt', now)
  keepHead(db, answer.feedId, answer.auditHead)
  const touched = refused === 0 ? [] : await whileApplying(db, () => rebase(db, () => []))
  return { settled, touched }
}

function storeOne(db: RawDatabase, epoch: number, { opId, seq, outcome, code, details, pos }: Receipt, head: number, cursor: number, now: string): number {
  // Without rows of its own it waits for those that were there when it was decided.
  const at = pos > 0 ? pos : head
  const state = outcome === 'rejected' ? 'refused' : at <= cursor ? 'confirmed' : 'delivered'
  return db
    .prepare(`UPDATE outbox SET state = ?, outcome = ?, reason = ?, details = ?, pos = ?, delivered_at = ?, confirmed_at = CASE WHEN ? = 'confirmed' THEN ? END
      WHERE op_id = ? AND epoch = ? AND wire_seq = ? AND state = 'queued'`)
    .run(state, outcome, code, JSON.stringify(details), at, now, state, now, opId, epoch, seq).changes
}

/** The hub misses operations from here on: they are offered again. False when this desk no longer has the first of them under that number. */
export function offerFrom(db: RawDatabase, expected: number): boolean {
  const epoch = readState(db, 'epoch') ?? 1
  const next = readState(db, 'nextSeq') ?? 1
  const there = Number(db.prepare('SELECT count(*) FROM outbox WHERE epoch = ? AND wire_seq >= ?').pluck().get(epoch, expected))
  if (expected < 1 || there !== next - expected) return false
  db.prepare(`UPDATE outbox SET ${asNew} WHERE epoch = ? AND wire_seq >= ?`).run(epoch, expected)
  return true
}

/**
 * Another history of the hub: everything that is still here is offered again, decided as it was or anew. Also what a backup held: the one
 * that was put back may have been an older one.
 */
export function offerAgain(db: RawDatabase, feedId: string): void {
  const epoch = readState(db, 'epoch') ?? 1
  db.prepare(`UPDATE outbox SET ${asNew} WHERE epoch = ? AND wire_seq IS NOT NULL`).run(epoch)
  writeState(db, 'feedId', feedId)
}

/** Numbers begin at 1 again, for everything that is here; told apart by its id, nothing happens twice. */
export function beginEpoch(db: RawDatabase, epoch: number): void {
  const open = db.prepare(`SELECT seq FROM outbox WHERE state = 'queued' OR state = 'delivered' OR wire_seq IS NOT NULL ORDER BY seq`).pluck().all() as number[]
  db.prepare(`UPDATE outbox SET wire_seq = NULL, epoch = NULL WHERE seq IN (SELECT value FROM json_each(?))`).run(JSON.stringify(open))
  const number = db.prepare(`UPDATE outbox SET ${asNew}, epoch = ?, wire_seq = ? WHERE seq = ?`)
  for (const [index, seq] of open.entries()) number.run(epoch, index + 1, seq)
  writeState(db, 'epoch', epoch)
  writeState(db, 'nextSeq', open.length + 1)
}

/** What an outbox row is set to that is offered (again). */
export const asNew = `state = 'queued', outcome = NULL, reason = NULL, details = 'null', pos = NULL, delivered_at = NULL, confirmed_at = NULL`

/** A number out of the details of a refusal. */
export function numberIn(details: Json, name: string): number | null {
  const value = details !== null && typeof details === 'object' && !Array.isArray(details) ? (details as { readonly [key: string]: Json | undefined })[name] : undefined
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
}
export function textIn(details: Json, name: string): string | null {
  const value = details !== null && typeof details === 'object' && !Array.isArray(details) ? (details as { readonly [key: string]: Json | undefined })[name] : undefined
  return typeof value === 'string' ? value : null
}
