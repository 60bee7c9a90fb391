/** Entry of the thread that adds up what a desk should hold, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { createPool } from '../database/pool.ts'
import { addUp } from './add-up.ts'
import type { SumsAsked } from './add-up.ts'

const asked = workerData as SumsAsked
const pool = createPool({ url: asked.databaseUrl, max: 1, name: 'sportello-hub-sums' })
try {
  parentPort?.postMessage(await addUp(pool, asked))
} finally {
  await pool.end()
}
