import type { RawDatabase } from '../store/cipher.ts'
import { readState, writeState } from './sync-store.ts'

/** Days on which this desk spoke with its hub, and not days of a clock that may jump. */
export const keptDays = 30
/** What a backup holds is kept for so many all the same: the backup that is put back may not be the newest. */
export const keptWhenBackedUp = 7

/**
 * Forgets operations that the hub has confirmed long ago: once a verified backup of the hub holds them, or after 30 days. Until then they
 * are offered again when the hub was put back. Call it inside the transaction of an answer of the feed; it does something once a day.
 */
export function forgetAcknowledged(db: RawDatabase, now: string): void {
  const day = now.slice(0, 10)
  const days = readState(db, 'acknowledged') ?? []
  if (days.some((each) => each.day === day)) return
  const upTo = Number(db.prepare(`SELECT coalesce(max(seq), 0) FROM outbox WHERE state = 'confirmed'`).pluck().get())
  const known = [...days, { day, upTo }]
  const oldest = known.length > keptDays ? known[known.length - 1 - keptDays] : undefined
  const backedUp = known.length > keptWhenBackedUp ? known[known.length - 1 - keptWhenBackedUp] : undefined
  if (oldest) db.prepare(`DELETE FROM outbox WHERE state = 'confirmed' AND seq <= ?`).run(oldest.upTo)
  if (backedUp) db.prepare(`DELETE FROM outbox WHERE state = 'confirmed' AND seq <= ? AND pos <= ?`).run(backedUp.upTo, readState(db, 'durableThrough') ?? 0)
  writeState(db, 'acknowledged', known.slice(-keptDays))
}
