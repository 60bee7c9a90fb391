/** Entry of the worker thread that checks and copies databases. */
import { parentPort, workerData } from 'node:worker_threads'
import { codeOf, damageOf, isDamage } from './damage.ts'
import type { UpkeepReply, UpkeepWorkerData } from './upkeep-apart.ts'
import { checkDatabase, inspectCopy, makeCopy } from './upkeep-task.ts'

const { task, key } = workerData as UpkeepWorkerData
const keyBytes = new Uint8Array(key)

function run(): UpkeepReply {
  switch (task.kind) {
    case 'check':
      return { kind: 'checked', checked: checkDatabase(task.path, keyBytes, task.depth) }
    case 'inspect':
      return { kind: 'inspected', inspected: inspectCopy(task.path, keyBytes) }
    case 'copy':
      return { kind: 'inspected', inspected: makeCopy(task.path, keyBytes, task.into) }
  }
}

try {
  parentPort?.postMessage(run())
} catch (error) {
  const code = codeOf(error)
  if (!isDamage(error) && code === '') throw error
  parentPort?.postMessage({ kind: 'failed', damage: isDamage(error) ? damageOf(error) : null, code } satisfies UpkeepReply)
} finally {
  keyBytes.fill(0)
}
