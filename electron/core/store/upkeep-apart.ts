import { Worker } from 'node:worker_threads'
import type { Damage } from '../../../shared/contract/recovery.ts'
import { StoreUnreadableError } from './cipher.ts'
import type { DatabaseKey } from './cipher.ts'
import type { CheckDepth, Checked, Inspected } from './upkeep-task.ts'

export type UpkeepTask =
  | { readonly kind: 'check'; readonly path: string; readonly depth: CheckDepth }
  | { readonly kind: 'inspect'; readonly path: string }
  | { readonly kind: 'copy'; readonly path: string; readonly into: string }
export type UpkeepWorkerData = {
  readonly task: UpkeepTask
  /** Zeroed by the worker. */
  readonly key: SharedArrayBuffer
}
export type UpkeepReply =
  | { readonly kind: 'checked'; readonly checked: Checked }
  | { readonly kind: 'inspected'; readonly inspected: Inspected }
  | { readonly kind: 'failed'; readonly damage: Damage | null; readonly code: string }

/** A task that was called off before it was done. */
export class UpkeepStoppedError extends Error {
  override readonly name = 'UpkeepStoppedError'
}

/** Reads a database to its end in a thread of its own. */
export async function checkApart(path: string, key: DatabaseKey, depth: CheckDepth, signal?: AbortSignal): Promise<Checked> {
  const reply = await runApart({ kind: 'check', path, depth }, key, signal)
  if (reply.kind !== 'checked') throw new Error('the upkeep answered something else')
  return reply.checked
}

export async function inspectApart(path: string, key: DatabaseKey, signal?: AbortSignal): Promise<Inspected> {
  const reply = await runApart({ kind: 'inspect', path }, key, signal)
  if (reply.kind !== 'inspected') throw new Error('the upkeep answered something else')
  return reply.inspected
}

/** Makes a verified copy in a thread of its own. Rejects with what the disk or the database said; then there is no copy of that name. */
export async function copyApart(path: string, key: DatabaseKey, into: string, signal?: AbortSignal): Promise<Inspected> {
  const reply = await runApart({ kind: 'copy', path, into }, key, signal)
  if (reply.kind !== 'inspected') throw new Error('the upkeep answered something else')
  return reply.inspected
}

function runApart(task: UpkeepTask, key: DatabaseKey, signal?: AbortSignal): Promise<UpkeepReply> {
  if (signal?.aborted === true) return Promise.reject(new UpkeepStoppedError('called off'))
  const shared = new SharedArrayBuffer(key.length)
  new Uint8Array(shared).set(key)
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl(), { workerData: { task, key: shared } satisfies UpkeepWorkerData, name: 'sportello-upkeep' })
    let reply: UpkeepReply | null = null
    let failure: Error = new Error('the upkeep ended without an answer')
    const stop = () => {
      failure = new UpkeepStoppedError('called off')
      void worker.terminate()
    }
    signal?.addEventListener('abort', stop, { once: true })
    worker.on('message', (message: UpkeepReply) => (reply = message))
    worker.on('error', (error) => {
      failure = error instanceof Error ? error : failure
    })
    worker.on('exit', () => {
      signal?.removeEventListener('abort', stop)
      new Uint8Array(shared).fill(0)
      if (reply === null) reject(failure)
      else if (reply.kind === 'failed') reject(reply.damage === null ? Object.assign(new Error('the upkeep failed'), { code: reply.code }) : new StoreUnreadableError('a page could not be read', { found: reply.damage }))
      else resolve(reply)
    })
  })
}

/** Beside this file in the sources, beside the bundle that this file is part of when built. */
function workerUrl(): URL {
  return new URL(`./upkeep-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)
}
