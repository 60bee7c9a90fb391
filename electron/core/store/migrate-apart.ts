import { Worker } from 'node:worker_threads'
import type { Damage } from '../../../shared/contract/recovery.ts'
import { StoreUnreadableError } from './cipher.ts'
import type { DatabaseKey } from './cipher.ts'
import { migrationAhead, StoreFromFutureError } from './migrate.ts'
import type { MigrationProgress } from './migrate.ts'

export type MigrateWorkerData = {
  readonly path: string
  /** Zeroed by the worker. */
  readonly key: SharedArrayBuffer
}
export type MigrateReply =
  | { readonly kind: 'progress'; readonly progress: MigrationProgress }
  | { readonly kind: 'migrated' }
  | { readonly kind: 'unreadable'; readonly found: Damage }
  | { readonly kind: 'from_future' }
  /** The disk or the store said this; the error itself would lose its code on the way. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

/**
 * Brings a store that nobody has open to the newest version, in a worker thread: the event loop stays free. Rejects with
 * `StoreUnreadableError`, `StoreFromFutureError`, or what the disk or the store said; the store is then as it was.
 */
export function migrateApart(path: string, key: DatabaseKey, from: number, onProgress: (progress: MigrationProgress) => void = () => undefined): Promise<void> {
  // Said at once: the first word of the worker comes when its thread is there.
  onProgress(migrationAhead(from))
  const shared = new SharedArrayBuffer(key.length)
  new Uint8Array(shared).set(key)
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl(), { workerData: { path, key: shared } satisfies MigrateWorkerData, name: 'sportello-migration' })
    let outcome: Error | null = new Error('the migration ended without an answer')
    worker.on('message', (reply: MigrateReply) => {
      if (reply.kind === 'progress') onProgress(reply.progress)
      else outcome = outcomeOf(reply)
    })
    worker.on('error', (error) => {
      outcome = error instanceof Error ? error : new Error('the migration failed')
    })
    worker.on('exit', () => {
      new Uint8Array(shared).fill(0)
      if (outcome === null) resolve()
      else reject(outcome)
    })
  })
}

function outcomeOf(reply: Exclude<MigrateReply, { kind: 'progress' }>): Error | null {
  switch (reply.kind) {
    case 'migrated':
      return null
    case 'unreadable':
      return new StoreUnreadableError('the store became unreadable', { found: reply.found })
    case 'from_future':
      return new StoreFromFutureError('the store is newer')
    case 'failed':
      return Object.assign(new Error(reply.message), { code: reply.code })
  }
}

/** Beside this file in the sources, beside the bundle that this file is part of when built. */
function workerUrl(): URL {
  return new URL(`./migrate-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)
}
