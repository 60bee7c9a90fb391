import { createHash, randomUUID } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { ExtractKind } from '../../shared/import/extract-format.ts'
import type { FileCounts } from '../../shared/import/file-summary.ts'
import type { Tx } from '../server/parts.ts'

/** A file that an import has brought in whole, and which one it was. */
export type FileDone = { readonly print: string; readonly counts: FileCounts }
export type Done = { readonly [K in ExtractKind]?: FileDone }

export type RunRecord = {
  /** Files that the run before brought in before it broke off. */
  readonly before: Done
  readonly save: (kind: ExtractKind, file: FileDone) => Promise<void>
  readonly finish: (state: 'done' | 'cancelled' | 'failed') => Promise<void>
}

/** For a dry run. */
export const noRunRecord: RunRecord = { before: {}, save: () => Promise.resolve(), finish: () => Promise.resolve() }

/**
 * Notes a run in the database. When the newest one did not come to its end, what it finished need not be read again, from the first file
 * on that has changed since: later ones may have been refused rows for want of what that one now brings.
 */
export async function openRunRecord(client: Tx, prints: { readonly [K in ExtractKind]?: string }, order: readonly ExtractKind[]): Promise<RunRecord> {
  const { rows } = await client.query<{ state: string; counts: Done }>('SELECT state, counts FROM import_run ORDER BY started_at DESC, id DESC LIMIT 1')
  const before: { [K in ExtractKind]?: FileDone } = {}
  if (rows[0] !== undefined && rows[0].state !== 'done') {
    for (const kind of order) {
      const file = rows[0].counts[kind]
      if (prints[kind] !== undefined && file?.print !== prints[kind]) break
      if (file) before[kind] = file
    }
  }
  const id = randomUUID()
  const done: { [K in ExtractKind]?: FileDone } = { ...before }
  await client.query(`INSERT INTO import_run (id, started_at, state, counts) VALUES ($1, clock_timestamp(), 'running', $2)`, [id, JSON.stringify(done)])
  return {
    before,
    save: async (kind, file) => {
      done[kind] = file
      await client.query('UPDATE import_run SET counts = $2 WHERE id = $1', [id, JSON.stringify(done)])
    },
    finish: async (state) => {
      await client.query('UPDATE import_run SET state = $2, finished_at = clock_timestamp() WHERE id = $1', [id, state])
    },
  }
}

const sampleBytes = 65_536

/** Tells whether a file is still the same one: size, time of change, beginning and end. A wrong "changed" costs time only. */
export function filePrint(path: string): { readonly size: number; readonly print: string } {
  const file = openSync(path, 'r')
  try {
    const { size, mtimeMs } = fstatSync(file)
    const hash = createHash('sha256').update(`${size}:${mtimeMs}:`)
    const sample = Buffer.alloc(sampleBytes)
    for (const at of [0, Math.max(0, size - sampleBytes)]) hash.update(sample.subarray(0, readSync(file, sample, 0, sampleBytes, at)))
    return { size, print: hash.digest('hex') }
  } finally {
    closeSync(file)
  }
}
