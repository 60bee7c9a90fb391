/** Entry of the worker thread that brings a store to the newest version. */
import { parentPort, workerData } from 'node:worker_threads'
import { openRaw } from './cipher.ts'
import { codeOf, damageOf, isDamage } from './damage.ts'
import { migrate, StoreFromFutureError } from './migrate.ts'
import type { MigrateReply, MigrateWorkerData } from './migrate-apart.ts'
import { migrations } from './migrations/list.ts'

const { path, key } = workerData as MigrateWorkerData

function reply(message: MigrateReply): void {
  parentPort?.postMessage(message)
}

const keyBytes = new Uint8Array(key)
try {
  const db = openRaw(path, keyBytes, 'write')
  try {
    migrate(db, path, keyBytes, migrations, (progress) => reply({ kind: 'progress', progress }))
    // Here, where it holds up nobody.
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
  reply({ kind: 'migrated' })
} catch (error) {
  if (error instanceof StoreFromFutureError) reply({ kind: 'from_future' })
  else if (isDamage(error)) reply({ kind: 'unreadable', found: damageOf(error) })
  else if (codeOf(error) !== '') reply({ kind: 'failed', code: codeOf(error), message: error instanceof Error ? error.message : '' })
  else throw error
} finally {
  keyBytes.fill(0)
}
