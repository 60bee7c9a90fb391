import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LookupService } from '../search/lookup-service.ts'
import type { Store } from '../store/store.ts'
import { writeInTurn } from '../store/transaction.ts'
import { hubTables } from './purge-rows.ts'
import { whileApplying } from './apply-changes.ts'
import { clearState, writeState } from './sync-store.ts'

/**
 * Takes everything of the hub out of a desk that was let go: records, index, drafts, tabs, copies and what the hub has of the outbox. What was
 * never sent, who works here and the trace of what was done stay (docs/decisions/0025). Repeated, it goes on where it was cut short.
 */
export async function letGo(store: Store, lookup: LookupService, dataDir: string): Promise<void> {
  await writeInTurn(store, (db) => writeState(db, 'revoked', true))
  for (const table of hubTables) await writeInTurn(store, (db) => whileApplying(db, () => Promise.resolve(db.prepare(`DELETE FROM ${table}`).run())))
  await writeInTurn(store, (db) => {
    db.prepare(`INSERT INTO search_key (search_key) VALUES ('delete-all')`).run()
    db.prepare(`DELETE FROM search_state`).run()
    db.prepare(`DELETE FROM outbox WHERE state IN ('confirmed', 'delivered')`).run()
    clearState(db, 'snapshot', 'snapshotWanted', 'health', 'purge', 'currentAsOf')
  })
  await lookup.settled()
  await store.gate.exclusive(() => {
    store.rawWriter.pragma('wal_checkpoint(TRUNCATE)')
    return Promise.resolve()
  })
  for (const folder of ['copies', 'blobs']) rmSync(join(dataDir, folder), { recursive: true, force: true })
}

