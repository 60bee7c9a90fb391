import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importExtracts } from '../../../../electron/core/import/import-extracts.ts'
import type { ImportOptions } from '../../../../electron/core/import/import-extracts.ts'
import type { ImportSummary } from '../../../../electron/core/import/import-types.ts'
import type { Clock } from '../../../../electron/core/ports.ts'
import { openStore } from '../../../../electron/core/store/store.ts'
import type { Store } from '../../../../electron/core/store/store.ts'

export const testKey = new Uint8Array(32).fill(42)
export const fixedClock: Clock = { now: () => new Date('2026-03-10T09:00:00.000Z') }

/** A real encrypted store after the real migrations, in a folder of its own. */
export type ImportBench = {
  readonly dir: string
  readonly folder: string
  readonly rejects: string
  readonly store: Store
  readonly load: (options?: Partial<ImportOptions>) => Promise<ImportSummary>
  readonly close: () => Promise<void>
}

export async function openBench(): Promise<ImportBench> {
  const dir = mkdtempSync(join(tmpdir(), 'sportello-import-'))
  const store = await openStore(join(dir, 'desk.db'), testKey, { create: true })
  const folder = join(dir, 'extracts')
  const rejects = join(dir, 'rejects')
  return {
    dir, folder, rejects, store,
    load: (options = {}) =>
      importExtracts({
        databasePath: store.path, key: testKey, gate: store.gate, deskWriter: store.rawWriter, folder, rejectFolder: rejects, clock: fixedClock, ...options,
      }),
    close: async () => {
      await store.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export const loadedTables = ['brand', 'address', 'customer', 'supply_point', 'contract', 'meter', 'reading', 'invoice', 'ticket', 'ticket_event'] as const

/** One hash per table over all its rows in key order: equal hashes, equal tables. */
export function tableHashes(store: Store): Record<string, string> {
  return Object.fromEntries(
    loadedTables.map((table) => {
      const hash = createHash('sha256')
      const keys = table === 'reading' ? 'meter_id, day, entry' : 'id'
      for (const row of store.rawReader.prepare(`SELECT * FROM ${table} ORDER BY ${keys}`).raw().iterate()) hash.update(JSON.stringify(row))
      return [table, hash.digest('hex')]
    }),
  )
}

export function countRows(store: Store, table: string): number {
  return Number(store.rawReader.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
}
