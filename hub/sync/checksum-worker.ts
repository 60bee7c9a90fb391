/** Entry of the thread that adds up what a desk should hold, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { addUpHere } from './add-up.ts'
import type { SumsAsked } from './add-up.ts'

parentPort?.postMessage(await addUpHere(workerData as SumsAsked))
