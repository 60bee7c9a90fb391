/** Stands for a thread that ends in the middle of its work. */
import { parentPort } from 'node:worker_threads'

parentPort?.on('message', () => process.exit(1))
