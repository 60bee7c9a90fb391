/** Brings the hub's word into the store: rows, cursor, states of the outbox and replay of what is open, all in one transaction. */
import { recordPlans } from '../../../shared/model/record-plan.ts'
import type { ChangesAnswer, FeedChange } from '../../../shared/sync/wire.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { restoreBaseRows } from './base-rows.ts'
import type { TouchedRow } from './base-rows.ts'
import { markTouched } from './index-touched.ts'
import { forgetAcknowledged } from './forget-acknowledged.ts'
import { shapeOf } from './known-shape.ts'
import { openWhere, replayOpen } from './replay.ts'
import { keepHead } from './audit-heads.ts'
import { clearState, readState, writeState } from './sync-store.ts'
import { isUnderstood, writeChanges } from './write-changes.ts'

export type Applied = { readonly touched: readonly TouchedRow[]; readonly lostCustomers: readonly string[]; readonly confirmed: number }

/** Lets the histories stand aside and references wait for the commit, while the hub's rows are written. */
export async function whileApplying<T>(db: RawDatabase, work: () => Promise<T>): Promise<T> {
  db.pragma('defer_foreign_keys = ON')
  writeState(db, 'applying', true)
  const result = await work()
  clearState(db, 'applying')
  return result
}

/** What stands, with `write` between the hub's rows and the replay of what is open. */
export async function rebase(db: RawDatabase, write: () => readonly TouchedRow[]): Promise<TouchedRow[]> {
  const restored = restoreBaseRows(db)
  const written = write()
  const touched = [...restored, ...written, ...(await replayOpen(db))]
  markTouched(db, touched)
  return touched
}

/**
 * Takes in one answer of the feed; call it inside a transaction. `null` for an answer that does not follow what is here: late, repeated, of
 * another history, or of no use. Nothing of it is stored then.
 */
export async function applyAnswer(db: RawDatabase, answer: ChangesAnswer, now: string): Promise<Applied | null> {
  const cursor = readState(db, 'cursor') ?? 0
  if (answer.feedId !== readState(db, 'feedId') || answer.from !== cursor || answer.to < cursor || (answer.more && answer.to === cursor)) return null
  const confirmed = db.prepare(`UPDATE outbox SET state = 'confirmed', confirmed_at = ? WHERE state = 'delivered' AND pos <= ?`).run(now, answer.to).changes
  const lostCustomers: string[] = []
  const touched = answer.changes.length === 0 && confirmed === 0 ? [] : await whileApplying(db, () => rebase(db, () => writeChanges(db, answer.changes, lostCustomers)))
  if (lostCustomers.length > 0) notePurged(db, lostCustomers.length)
  writeState(db, 'cursor', answer.to)
  writeState(db, 'head', answer.head)
  writeState(db, 'durableThrough', answer.durableThrough)
  writeState(db, 'auditHead', answer.auditHead)
  keepHead(db, answer.feedId, answer.auditHead)
  if (!answer.more) {
    writeState(db, 'currentAsOf', now)
    forgetAcknowledged(db, now)
  }
  return { touched, lostCustomers, confirmed }
}

/** Takes in what had to wait for a newer desk and has its place here now; call it inside a transaction. What still has none goes on waiting. */
export async function takeDeferred(db: RawDatabase): Promise<Pick<Applied, 'touched' | 'lostCustomers'>> {
  // A snapshot left out what this desk can hold by now.
  const lacked = readState(db, 'lacks')
  if (lacked !== null && lacked !== shapeOf(Object.values(recordPlans))) {
    clearState(db, 'lacks', 'snapshot')
    writeState(db, 'snapshotWanted', { scopes: null, why: 'required' })
  }
  const waiting = (db.prepare('SELECT change FROM deferred_change ORDER BY pos').pluck().all() as string[]).map((text) => JSON.parse(text) as FeedChange)
  const ready = waiting.filter(isUnderstood)
  const lostCustomers: string[] = []
  const touched = ready.length === 0 ? [] : await whileApplying(db, () => rebase(db, () => writeChanges(db, ready, lostCustomers)))
  if (lostCustomers.length > 0) notePurged(db, lostCustomers.length)
  return { touched, lostCustomers }
}

/** The hub is owed a receipt, as soon as nothing of them is left in the files either. */
export function notePurged(db: RawDatabase, customers: number): void {
  const owed = readState(db, 'purge') ?? { scopes: [], customers: 0 }
  writeState(db, 'purge', { ...owed, customers: owed.customers + customers })
}

/** How many operations wait for the hub or for their rows. */
export function openCount(db: RawDatabase): number {
  return Number(db.prepare(`SELECT count(*) FROM outbox WHERE ${openWhere}`).pluck().get())
}
