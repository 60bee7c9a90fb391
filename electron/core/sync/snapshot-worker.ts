/** Entry of the worker thread that loads the pages of a snapshot, so that the event loop of the desk stays free. */
import { parentPort, workerData } from 'node:worker_threads'
import { createWriteBatch } from '../import/batch.ts'
import { createLogFold } from '../import/log-fold.ts'
import { createLoadTurn } from '../import/write-turn.ts'
import { openRaw } from '../store/cipher.ts'
import { ownSums } from './checksums.ts'
import { createSnapshotLoader } from './snapshot-loader.ts'
import type { SnapshotReply, SnapshotRequest, SnapshotWorkerData } from './snapshot-messages.ts'

const { databasePath, key, turn, fold, plans } = workerData as SnapshotWorkerData
const port = parentPort
if (!port) throw new Error('a snapshot is loaded in a worker')
const reply = (message: SnapshotReply) => port.postMessage(message)

const keyBytes = new Uint8Array(key)
const db = openRaw(databasePath, keyBytes, 'bulk')
keyBytes.fill(0)
const load = createLoadTurn(turn)
const batch = createWriteBatch(db, load, createLogFold(db, fold))
const loader = createSnapshotLoader(db, batch, plans)

port.on('message', (request: SnapshotRequest) => {
  try {
    switch (request.kind) {
      case 'page':
        reply({ kind: 'loaded', ...loader.page(new Uint8Array(request.bytes), request.state) })
        break
      case 'sweep':
        reply({ kind: 'swept', customers: loader.sweep(request.fresh, request.parts) })
        break
      case 'sums':
        reply({ kind: 'sums', sums: ownSums(db, plans, load.isCancelled) })
        break
      case 'end':
        db.close()
        port.close()
    }
  } catch (error) {
    batch.abandon()
    throw error
  }
})
