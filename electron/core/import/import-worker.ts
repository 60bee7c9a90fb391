/** Entry of the worker thread that loads extracts. */
import { parentPort, workerData } from 'node:worker_threads'
import { openRaw } from '../store/cipher.ts'
import { NoExtractsError } from './import-errors.ts'
import { runImport } from './import-run.ts'
import type { ImportReply, ImportWorkerData } from './worker-messages.ts'
import { createLoadTurn } from './write-turn.ts'

const { databasePath, key, turn, fold, job } = workerData as ImportWorkerData

function reply(message: ImportReply): void {
  parentPort?.postMessage(message)
}

const keyBytes = new Uint8Array(key)
const db = openRaw(databasePath, keyBytes, job.dryRun ? 'read' : 'bulk')
keyBytes.fill(0)
try {
  const summary = runImport({ db, job, turn: createLoadTurn(turn), fold, report: (progress) => reply({ kind: 'progress', progress }) })
  reply({ kind: 'summary', summary })
} catch (error) {
  if (!(error instanceof NoExtractsError)) throw error
  reply({ kind: 'no_extracts' })
} finally {
  db.close()
}
