import type { RawDatabase } from '../store/cipher.ts'
import type { LoadTurn } from './write-turn.ts'

/** One transaction after another, short enough that a desk write between two of them is not felt. */
export type Batch = {
  /** Begins a transaction unless one is open. */
  open: () => void
  /** Time to commit: the batch is old enough, or the desk wants to write. */
  isDue: () => boolean
  /** How long a batch may be at present, in milliseconds. */
  spanMs: () => number
  /** Commits, if a transaction is open. */
  close: () => void
  /** Gives up what is not committed. */
  abandon: () => void
}

/** While somebody at the desk is saving, and while nobody is: fewer, longer batches write fewer pages twice. */
const shortMs = 50
const longMs = 150
/** How long the desk counts as busy after it has written: saves come in bursts. */
const busyMs = 1000
/** KiB of decrypted pages. A load reads few pages twice; memory is worth more to the rest of the desk. */
const cacheKiB = 48 * 1024

/**
 * Batches that write, each durable when closed. The log is folded between batches, while the desk may write: left to the commit that
 * happens to cross a limit, it would be done under the lock, and on the desk's own thread if the desk's commit is the one.
 */
export function createWriteBatch(db: RawDatabase, turn: LoadTurn, fold: (batchMs: number) => void): Batch {
  db.pragma('wal_autocheckpoint = 0')
  db.pragma(`cache_size = -${cacheKiB}`)
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  let openedAt = 0
  let wantedAt = -Infinity

  const spanMs = (): number => (performance.now() - wantedAt < busyMs ? shortMs : longMs)

  return {
    open: () => {
      if (db.inTransaction) return
      turn.enter()
      openedAt = performance.now()
      begin.run()
    },
    isDue: () => turn.isWanted() || performance.now() - openedAt > spanMs(),
    spanMs,
    close: () => {
      if (!db.inTransaction) return
      commit.run()
      if (turn.isWanted()) wantedAt = performance.now()
      turn.leave()
      fold(performance.now() - openedAt)
    },
    abandon: () => {
      if (db.inTransaction) rollback.run()
      turn.leave()
    },
  }
}

/** For a dry run: the same rhythm on a connection that can only read; an old snapshot is not held for long. */
export function createReadBatch(db: RawDatabase): Batch {
  const begin = db.prepare('BEGIN')
  const commit = db.prepare('COMMIT')
  let openedAt = 0
  const close = () => {
    if (db.inTransaction) commit.run()
  }
  return {
    open: () => {
      if (db.inTransaction) return
      openedAt = performance.now()
      begin.run()
    },
    isDue: () => performance.now() - openedAt > longMs,
    spanMs: () => longMs,
    close,
    abandon: close,
  }
}
