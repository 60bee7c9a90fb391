import { Client } from 'pg'
import { prepareJobSchema } from '../jobs/job-schema.ts'
import { grantWork } from './grants.ts'
import { migrations } from './migrations/list.ts'
import type { Migration } from './migrations/list.ts'

/** The database was brought further by a newer hub: it is left as it is. */
export class DatabaseFromFutureError extends Error {
  override readonly name = 'DatabaseFromFutureError'
}
/** The hub is newer than its tables, and was given no role that may change them. */
export class MigrationNeededError extends Error {
  override readonly name = 'MigrationNeededError'
}

/** Hubs that start side by side migrate one after the other. */
const migrationLock = 7_361_002

/** Brings the tables to the newest version as the role that owns them; each step is one transaction with its version. Throws `DatabaseFromFutureError`. */
export async function migrate(ownerUrl: string, steps: readonly Migration[] = migrations): Promise<{ from: number; to: number }> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'sportello-migrate', options: '-c TimeZone=UTC' })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    await client.query('CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())')
    const from = await currentVersion(client)
    refuseFuture(from, steps.length)
    for (const step of steps.filter(({ version }) => version > from)) await runStep(client, step)
    await prepareJobSchema(ownerUrl)
    await grantWork(client)
    return { from, to: steps.length }
  } finally {
    await client.end()
  }
}

/** For a hub that may not migrate: the tables must already be those it was written for. */
export async function assertMigrated(hubUrl: string): Promise<void> {
  const client = new Client({ connectionString: hubUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ known: boolean }>("SELECT to_regclass('schema_version') IS NOT NULL AS known")
    const version = rows[0]?.known === true ? await currentVersion(client) : 0
    refuseFuture(version, migrations.length)
    if (version < migrations.length) throw new MigrationNeededError(`the database stands at version ${version} of ${migrations.length}: run "npm run hub -- migrate" with DATABASE_MIGRATION_URL`)
  } finally {
    await client.end()
  }
}

async function runStep(client: Client, step: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    for (const statement of step.statements) await client.query(statement)
    await client.query('INSERT INTO schema_version (version, name) VALUES ($1, $2)', [step.version, step.name])
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK')
    throw new Error(`migration ${step.version} (${step.name}) failed`, { cause })
  }
}

async function currentVersion(client: Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>('SELECT coalesce(max(version), 0)::integer AS version FROM schema_version')
  return rows[0]?.version ?? 0
}

function refuseFuture(version: number, newest: number): void {
  if (version > newest) throw new DatabaseFromFutureError(`the database stands at version ${version}, this hub knows ${newest}: it was brought further by a newer hub`)
}
