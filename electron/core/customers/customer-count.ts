import { stateName } from '../search/index-progress.ts'
import type { RawDatabase } from '../store/cipher.ts'

/**
 * How many customers the store holds, without reading them all: a million take a tenth of a second, which no call may hold the event
 * loop for. They are numbered from 1; who removes some tells `noteRemoved`, and a row missing from an extract is no removal.
 */
export function customerCount(db: RawDatabase): number {
  return highest(db) - gaps(db)
}

/** Call in the transaction that removes customers, with the highest number from before and how many went. */
export function noteRemoved(db: RawDatabase, highestBefore: number, removed: number): void {
  if (removed === 0) return
  const now = gaps(db) + removed - (highestBefore - highest(db))
  db.prepare('INSERT INTO search_state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(stateName.gaps, now)
}

/** The highest number of a customer; 0 without any. */
export function highest(db: RawDatabase): number {
  return Number(db.prepare('SELECT coalesce(max(n), 0) FROM customer').pluck().get())
}

/** Numbers below the highest that nobody has. */
function gaps(db: RawDatabase): number {
  return Number(db.prepare('SELECT value FROM search_state WHERE name = ?').pluck().get(stateName.gaps) ?? 0)
}
