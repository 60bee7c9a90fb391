/** Stands for a thread that neither answers nor ends. */
import { parentPort } from 'node:worker_threads'

parentPort?.on('message', () => undefined)
