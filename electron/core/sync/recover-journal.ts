import { appendAudit } from '../audit/audit-log.ts'
import type { Log } from '../ports.ts'
import { appendToOutbox } from '../store/outbox.ts'
import type { RawDatabase } from '../store/cipher.ts'
import type { Store } from '../store/store.ts'
import { writeInTurn } from '../store/transaction.ts'
import { lastSeq } from '../store/upkeep-task.ts'
import { whileApplying } from './apply-changes.ts'
import type { JournalEntry, OutboxJournal } from './outbox-journal.ts'
import { replayOne } from './replay.ts'
import { isFollowing, readState } from './sync-store.ts'

/** A journal of this length is worth folding the log for while work goes on. */
export const longJournal = 500

export type Recovered = {
  /** Operations put back, and how many of them have no effect on what is here. */
  readonly recovered: number
  readonly withoutEffect: number
  /** Known to have been in the database, and nowhere to be found. */
  readonly missing: number
  readonly damagedBytes: number
}
export type RecoveryHints = {
  /** Entries kept elsewhere: beside copies, or read out of a damaged database. */
  readonly others?: readonly JournalEntry[]
  /** The highest number that was known to be in the database. */
  readonly knownSeq?: number
}

/**
 * Puts back what the journal holds and the database has lost; call it when a store has just been opened. An operation that was appended and
 * never committed is put back too: it was decided, and nobody was told that it failed.
 */
export async function recoverFromJournal(store: Store, journal: OutboxJournal, log: Log, { others = [], knownSeq = 0 }: RecoveryHints = {}): Promise<Recovered> {
  const { entries, damagedBytes, unreadable } = journal.read()
  if (damagedBytes > 0) log('error', 'journal_damaged', { bytes: damagedBytes })
  const last = lastSeq(store.rawWriter)
  // Who works at a desk of a hub is the hub's affair.
  const following = isFollowing(store.rawWriter)
  const ours = inOrder([...others, ...entries]).filter(({ entity }) => !(following && entity === 'person'))
  // The number tells it from one that was confirmed and purged since.
  const lost = ours.filter(({ opId, seq }) => seq > last && store.rawWriter.prepare('SELECT 1 FROM outbox WHERE op_id = ?').get(opId) === undefined)
  let withoutEffect = 0
  if (lost.length > 0) {
    withoutEffect = await writeInTurn(store, (db) => whileApplying(db, () => putBack(db, lost)))
    log('error', 'journal_recovered', { operations: lost.length, withoutEffect })
  }
  await trimJournal(store, journal)
  // An entry that cannot be read is no loss where the database holds what was in it.
  const heldBeyond = Math.max(0, last - (entries.at(-1)?.seq ?? 0))
  const missing = Math.max(0, knownSeq - last - lost.length, unreadable - heldBeyond)
  return { recovered: lost.length, withoutEffect, missing, damagedBytes }
}

/**
 * Empties the journal when nothing in it is needed: all of it is folded into the database file, and it is with the hub. Where there is no hub
 * it stays until a copy of the database holds it: it is the only other place where it is.
 */
export async function trimJournal(store: Store, journal: OutboxJournal): Promise<void> {
  if (journal.count() === 0) return
  await store.gate.exclusive(() => {
    const { rawWriter: db } = store
    const unsent = readState(db, 'deviceId') === null || db.prepare(`SELECT 1 FROM outbox WHERE state = 'queued' LIMIT 1`).get() !== undefined
    if (unsent) return Promise.resolve()
    // Folded and synced: from here on a lost log takes nothing of it along. A reader in the way makes it wait for the next time.
    const [folded] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    if (folded?.busy === 0) journal.clear()
    return Promise.resolve()
  })
}

function inOrder(entries: readonly JournalEntry[]): JournalEntry[] {
  return [...new Map(entries.map((entry) => [entry.opId, entry])).values()].toSorted((a, b) => a.seq - b.seq)
}

/** Answers how many found nothing to act on. */
async function putBack(db: RawDatabase, lost: readonly JournalEntry[]): Promise<number> {
  const following = isFollowing(db)
  let withoutEffect = 0
  for (const { opId, kind, version, input, basis, actor, at, desk, entity, subjectId } of lost) {
    const touched = await replayOne(db, { opId, kind, version, input: JSON.stringify(input), basis: JSON.stringify(basis), actor, at, desk }, following)
    if (touched.length === 0) withoutEffect += 1
    appendToOutbox(db, { opId, kind, version, input, basis, actor, at, desk, entity, subjectId })
    appendAudit(db, { at, actor, desk, kind: 'wrote', subject: subjectId, details: { operation: kind, recovered: true } })
  }
  return withoutEffect
}
