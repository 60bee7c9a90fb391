/** Entry of the worker thread that folds the log beside a load. */
import { workerData } from 'node:worker_threads'
import { openRaw } from '../store/cipher.ts'
import { helpFolding } from './log-fold.ts'
import type { FoldWorkerData } from './worker-messages.ts'

const { databasePath, key, fold } = workerData as FoldWorkerData
const keyBytes = new Uint8Array(key)
const db = openRaw(databasePath, keyBytes, 'bulk')
keyBytes.fill(0)
try {
  // Folding reads the log itself, never through the cache.
  db.pragma('cache_size = -256')
  helpFolding(db, fold)
} finally {
  db.close()
}
