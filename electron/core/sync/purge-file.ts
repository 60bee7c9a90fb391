import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LookupService } from '../search/lookup-service.ts'
import type { Store } from '../store/store.ts'

/**
 * After rows were purged: out of the lookup index, out of the write-ahead log, and out of the copies made before migrations, which hold
 * what the file held then. Pages that were freed are overwritten by the store itself.
 */
export async function purgeFile(store: Store, lookup: LookupService, dataDir: string): Promise<void> {
  lookup.wake()
  await lookup.settled()
  await store.gate.exclusive(() => {
    store.rawWriter.pragma('wal_checkpoint(TRUNCATE)')
    return Promise.resolve()
  })
  rmSync(join(dataDir, 'copies'), { recursive: true, force: true })
}
