import type { LookupService } from '../search/lookup-service.ts'
import { removeOldStates } from '../store/set-aside.ts'
import type { Store } from '../store/store.ts'
import { writeInTurn } from '../store/transaction.ts'
import { createBlobVault } from './blobs/blob-vault.ts'
import { foldLog } from './fold-log.ts'
import { writeAgain } from '../workspace/drafts.ts'
import { clearState, readState } from './sync-store.ts'

/**
 * After rows were purged: out of the lookup index, out of the write-ahead log, out of the files of attachments and of texts being typed, and out of copies
 * and of what was set aside, which hold what the file held then. Pages that were freed are overwritten by the store itself. False while
 * somebody still reads an older state: the log holds it then, and nothing may be told yet.
 */
export async function purgeFile(store: Store, lookup: LookupService, dataDir: string, key: Uint8Array): Promise<boolean> {
  lookup.wake()
  await lookup.settled()
  await removeFiles(store, dataDir, key)
  if (readState(store.rawWriter, 'draftsPurged') === true) await writeInTurn(store, (db) => writeAgain(db, dataDir, key))
  removeOldStates(dataDir)
  return store.gate.exclusive(() => Promise.resolve(foldLog(store.rawWriter)))
}

async function removeFiles(store: Store, dataDir: string, key: Uint8Array): Promise<void> {
  const purged = readState(store.rawWriter, 'purgedFiles') ?? []
  if (purged.length === 0) return
  const vault = createBlobVault(dataDir, key)
  try {
    // Another customer may have the same content.
    for (const sha256 of purged) if (store.rawWriter.prepare('SELECT 1 FROM attachment WHERE sha256 = ?').get(sha256) === undefined) vault.remove(sha256)
  } finally {
    vault.close()
  }
  await writeInTurn(store, (db) => clearState(db, 'purgedFiles'))
}
