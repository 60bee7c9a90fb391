import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startEmbedded } from '../../hub/database/embedded.ts'
import { migrate } from '../../hub/database/migrate.ts'
import { databaseName } from '../../hub/database/roles.ts'

/** Where the tests of a run find their PostgreSQL. */
export type TestCluster = { readonly hubUrl: string; readonly ownerUrl: string; readonly adminUrl: string }
export type StartedCluster = TestCluster & { readonly stop: () => Promise<void> }

/** A PostgreSQL of its own in a temporary folder, with the product's settings (fsync on) and one migrated database to copy from. */
export async function startTestCluster(settings: Readonly<Record<string, string>> = {}): Promise<StartedCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-pg-'))
  try {
    const { hubUrl, ownerUrl, adminUrl, stop } = await startEmbedded(folder, { max_connections: '400', ...settings })
    await migrate(ownerUrl)
    const client = new Client({ connectionString: adminUrl })
    await client.connect()
    // Nobody may be connected to a database while it is copied.
    await client.query(`ALTER DATABASE ${databaseName} IS_TEMPLATE true ALLOW_CONNECTIONS false`)
    await client.end()
    return {
      hubUrl,
      ownerUrl,
      adminUrl,
      stop: async () => {
        await stop()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}
