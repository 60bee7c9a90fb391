/** A PostgreSQL of one test file's own, as a hub keeps one in its data directory: to be killed, and started again on what it left. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startEmbedded } from '../../../hub/database/embedded.ts'
import type { Embedded } from '../../../hub/database/embedded.ts'
import { migrate } from '../../../hub/database/migrate.ts'
import { createPool } from '../../../hub/database/pool.ts'
import type { HubDatabase } from '../../support/hub-database.ts'

export type PrivateDatabase = {
  readonly database: HubDatabase
  /** SIGKILL for its first process; the others find out. */
  readonly kill: () => void
  /** Comes when it answers again, at the same address. */
  readonly restart: () => Promise<void>
}

/** `folder`: on a disk of its own, or anywhere; it stays when the database is dropped. */
export async function privateDatabase(folder: string, settings: Readonly<Record<string, string>> = {}): Promise<PrivateDatabase> {
  let embedded: Embedded = await startEmbedded(folder, settings)
  const { port } = new URL(embedded.hubUrl)
  await migrate(embedded.ownerUrl)
  const owner = createPool({ url: embedded.ownerUrl, max: 1 })
  const pool = createPool({ url: embedded.hubUrl, max: 2 })
  const adminUrl = Object.assign(new URL(embedded.adminUrl), { pathname: new URL(embedded.hubUrl).pathname }).href
  return {
    database: {
      url: embedded.hubUrl, ownerUrl: embedded.ownerUrl, adminUrl, pool,
      asOwner: async (sql, values = []) => (await owner.query<Record<string, unknown>>(sql, [...values])).rows,
      drop: async () => {
        await Promise.all([pool.end(), owner.end()])
        await embedded.stop()
      },
    },
    kill: () => process.kill(Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL'),
    restart: async () => {
      for (let tries = 0; ; tries += 1) {
        try {
          embedded = await startEmbedded(folder, { port, ...settings })
          return
        } catch (error) {
          // What is left of the one before lives for a moment longer.
          if (tries >= 50) throw error
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
      }
    },
  }
}
