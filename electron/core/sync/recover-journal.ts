import { appendAudit } from '../audit/audit-log.ts'
import type { Log } from '../ports.ts'
import { appendToOutbox } from '../store/outbox.ts'
import type { RawDatabase } from '../store/cipher.ts'
import type { Store } from '../store/store.ts'
import { writeInTurn } from '../store/transaction.ts'
import { whileApplying } from './apply-changes.ts'
import type { JournalEntry, OutboxJournal } from './outbox-journal.ts'
import { replayOne } from './replay.ts'
import { isFollowing } from './sync-store.ts'

/** A journal of this length is worth folding the log for while work goes on. */
export const longJournal = 500

/**
 * Puts back what the journal holds and the database has lost; call it when a store has just been opened. An operation that was appended and
 * never committed is put back too: it was decided, and nobody was told that it failed. Answers how many.
 */
export async function recoverFromJournal(store: Store, journal: OutboxJournal, log: Log): Promise<number> {
  const { entries, damagedBytes } = journal.read()
  if (damagedBytes > 0) log('error', 'journal_damaged', { bytes: damagedBytes })
  // The number tells it from one that was confirmed and purged since.
  const lost = entries.filter(({ opId, seq }) => store.rawWriter.prepare('SELECT 1 FROM outbox WHERE op_id = ?').get(opId) === undefined && seq > lastSeq(store.rawWriter))
  if (lost.length > 0) {
    await writeInTurn(store, (db) => whileApplying(db, () => putBack(db, lost)))
    log('error', 'journal_recovered', { operations: lost.length })
  }
  await trimJournal(store, journal)
  return lost.length
}

/**
 * Empties the journal when nothing in it is needed: all of it is folded into the database file, and what belongs to a hub is with the hub.
 */
export async function trimJournal(store: Store, journal: OutboxJournal): Promise<void> {
  if (journal.count() === 0) return
  await store.gate.exclusive(() => {
    const { rawWriter: db } = store
    const unsent = isFollowing(db) && db.prepare(`SELECT 1 FROM outbox WHERE state = 'queued' LIMIT 1`).get() !== undefined
    if (unsent) return Promise.resolve()
    // Folded and synced: from here on a lost log takes nothing of it along. A reader in the way makes it wait for the next time.
    const [folded] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    if (folded?.busy === 0) journal.clear()
    return Promise.resolve()
  })
}

/** The highest number ever given out here, also to what is gone. */
function lastSeq(db: RawDatabase): number {
  return Number(db.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'outbox'`).pluck().get() ?? 0)
}

async function putBack(db: RawDatabase, lost: readonly JournalEntry[]): Promise<void> {
  const following = isFollowing(db)
  for (const { opId, kind, version, input, basis, actor, at, desk, entity, subjectId } of lost) {
    await replayOne(db, { opId, kind, version, input: JSON.stringify(input), basis: JSON.stringify(basis), actor, at, desk }, following)
    appendToOutbox(db, { opId, kind, version, input, basis, actor, at, desk, entity, subjectId })
    appendAudit(db, { at, actor, desk, kind: 'wrote', subject: subjectId, details: { operation: kind, recovered: true } })
  }
}
