import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { runningEmbedded, startEmbedded } from '../../hub/database/embedded.ts'
import { migrate } from '../../hub/database/migrate.ts'
import { databaseName } from '../../hub/database/roles.ts'

/** Where the tests of a run find their PostgreSQL. */
export type TestCluster = { readonly hubUrl: string; readonly ownerUrl: string; readonly adminUrl: string }
export type StartedCluster = TestCluster & { readonly stop: () => Promise<void> }

const prefix = 'sportello-pg-'
const ownerFile = 'owner.pid'

/** A run that was killed leaves its PostgreSQL behind: the next one takes it over, stops it and clears it away. */
async function sweepOrphans(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name)
    const owner = existsSync(join(folder, ownerFile)) ? Number(readFileSync(join(folder, ownerFile), 'utf8')) : null
    if (owner === null || isAlive(owner)) continue
    try {
      if ((await runningEmbedded(folder)) !== null) await (await startEmbedded(folder)).stop()
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // Another run clears it away in this moment, or it is somebody else's.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** A PostgreSQL of its own in a temporary folder, with the product's settings (fsync on) and one migrated database to copy from. */
export async function startTestCluster(settings: Readonly<Record<string, string>> = {}): Promise<StartedCluster> {
  await sweepOrphans()
  const folder = mkdtempSync(join(tmpdir(), prefix))
  writeFileSync(join(folder, ownerFile), String(process.pid))
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
