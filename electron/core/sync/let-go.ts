import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LookupService } from '../search/lookup-service.ts'
import { removeOldStates } from '../store/set-aside.ts'
import type { Store } from '../store/store.ts'
import { writeInTurn } from '../store/transaction.ts'
import { isSettledSql } from '../outbox/outbox-list.ts'
import { hubTables } from './purge-rows.ts'
import { customerCount } from '../customers/customer-count.ts'
import { removeDraftFile } from '../workspace/draft-file.ts'
import { whileApplying } from './apply-changes.ts'
import { foldLog } from './fold-log.ts'
import { clearState, readState, writeState } from './sync-store.ts'

/**
 * Takes everything of the hub out of a desk that was let go: records, index, drafts, tabs, copies and what the hub has of the outbox. What was
 * never sent, who works here and the trace of what was done stay (docs/decisions/0025). Repeated, it goes on where it was cut short. The hub
 * is owed a receipt from the first step on; false while somebody still reads an older state, so that it may not be told yet.
 */
export async function letGo(store: Store, lookup: LookupService, dataDir: string): Promise<boolean> {
  await writeInTurn(store, (db) => {
    if (readState(db, 'revoked') !== true) writeState(db, 'purge', { scopes: [], customers: customerCount(db) })
    writeState(db, 'revoked', true)
    // Their decisions go with the tables; what was settled does not wait again.
    db.prepare(`DELETE FROM outbox AS o WHERE o.state = 'refused' AND ${isSettledSql}`).run()
  })
  for (const table of hubTables) await emptyTable(store, table)
  await writeInTurn(store, (db) => {
    db.prepare(`INSERT INTO search_key (search_key) VALUES ('delete-all')`).run()
    db.prepare(`DELETE FROM search_state`).run()
    db.prepare(`DELETE FROM outbox WHERE state IN ('confirmed', 'delivered')`).run()
    clearState(db, 'snapshot', 'snapshotWanted', 'health', 'currentAsOf', 'lacks')
  })
  await lookup.settled()
  removeOldStates(dataDir)
  removeDraftFile(dataDir)
  rmSync(join(dataDir, 'blobs'), { recursive: true, force: true })
  return store.gate.exclusive(() => Promise.resolve(foldLog(store.rawWriter)))
}

const rowsAtOnce = 2_000

/** A slice at a time: a million rows are gone in a while, and the desk answers meanwhile. */
async function emptyTable(store: Store, table: string): Promise<void> {
  const keys = (store.rawWriter.prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk').pluck().all(table) as string[]).join(', ') || 'rowid'
  const remove = store.rawWriter.prepare(`DELETE FROM ${table} WHERE (${keys}) IN (SELECT ${keys} FROM ${table} LIMIT ${rowsAtOnce})`)
  for (;;) {
    const { changes } = await writeInTurn(store, (db) => whileApplying(db, () => Promise.resolve(remove.run())))
    if (changes < rowsAtOnce) return
    await new Promise((resolve) => setImmediate(resolve))
  }
}
