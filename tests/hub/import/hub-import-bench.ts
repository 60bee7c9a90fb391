import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runHubImport } from '../../../hub/import/run.ts'
import type { HubImportOptions } from '../../../hub/import/run.ts'
import { hubDatabase } from '../../support/hub-database.ts'

export type HubImportBench = Awaited<ReturnType<typeof openHubImport>>

/** A real database and a folder of extracts. */
export async function openHubImport() {
  const database = await hubDatabase()
  const dir = mkdtempSync(join(tmpdir(), 'sportello-hub-import-'))
  const folder = join(dir, 'extracts')
  const rejects = join(dir, 'rejects')
  const all = async <T extends object = Record<string, unknown>>(sql: string, values: readonly unknown[] = []) => (await database.pool.query<T>(sql, [...values])).rows
  return {
    database, dir, folder, rejects, all,
    one: async (sql: string, values: readonly unknown[] = []) => Object.values((await all(sql, values))[0] ?? {})[0],
    load: (options: Partial<HubImportOptions> = {}) => runHubImport({ pool: database.pool, dir: folder, rejectDir: rejects, now: () => new Date('2026-03-10T09:00:00.000Z'), ...options }),
    /** One hash per table over all its rows in key order. */
    hashes: async () => {
      const hashes: Record<string, string> = {}
      for (const table of ['address', 'customer', 'supply_point', 'contract', 'meter', 'reading', 'invoice', 'ticket', 'ticket_event']) {
        hashes[table] = createHash('sha256').update(JSON.stringify(await all(`SELECT r::text FROM ${table} r ORDER BY 1`))).digest('hex')
      }
      return hashes
    },
    /** The office of one territory, with a desk: from then on changes are told. */
    addDesk: async (id: string, ...territories: readonly string[]) => {
      await database.asOwner('INSERT INTO office (id, name) VALUES ($1, $1)', [id])
      for (const territory of territories) await database.asOwner('INSERT INTO office_territory VALUES ($1, $2)', [id, territory])
      await database.asOwner(`INSERT INTO device (id, name, office_id, public_key, unlock_key, epoch, state, app_version, protocol, enrolled_at) VALUES ($1, $1, $1, '', '', 1, 'active', '0', 1, now())`, [id])
    },
    changes: (after: number) => all<{ pos: number; tbl: string; key: string[]; kind: string; scopes: string[]; row: Record<string, unknown> | null }>('SELECT pos, tbl, key, kind, scopes, row FROM change WHERE pos > $1 ORDER BY pos', [after]),
    head: async () => Number((await all<{ pos: number }>('SELECT pos FROM feed_head'))[0]?.pos),
    close: async () => {
      await database.drop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
