import type { RawDatabase } from './cipher.ts'
import type { Store } from './store.ts'

/**
 * One transaction on the writing connection, by hand: SQLite ends it by itself when the disk is full, and TypeORM's own bookkeeping
 * would go on believing in it, so that nothing after would ever be committed. `keep` says whether a result is committed.
 */
export async function transact<T>(db: RawDatabase, work: () => Promise<T>, keep: (result: T) => boolean = () => true): Promise<T> {
  if (db.inTransaction) throw new Error('the write before left its transaction open')
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = await work()
    if (keep(result)) commit(db)
    else db.exec('ROLLBACK')
    return result
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK')
  }
}

/** What was written and could not be synced lies whole in the log, where the next opening would take it for committed: something else takes its place. */
function commit(db: RawDatabase): void {
  try {
    db.exec('COMMIT')
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK')
    try {
      db.exec(`PRAGMA user_version = ${Number(db.pragma('user_version', { simple: true }))}`)
    } catch {
      // The disk takes nothing at all: the next write that it takes does the same.
    }
    throw error
  }
}

/** The same in its turn at the gate: for what is written beside the operations of people. */
export function writeInTurn<T>(store: Pick<Store, 'gate' | 'rawWriter'>, work: (db: RawDatabase) => T | Promise<T>): Promise<T> {
  return store.gate.exclusive(() => transact(store.rawWriter, () => Promise.resolve(work(store.rawWriter))))
}
