import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import type { Pool } from 'pg'
import { inject } from 'vitest'
import { createPool } from '../../hub/database/pool.ts'
import { databaseName, ownerRole, hubRole } from '../../hub/database/roles.ts'
import type { TestCluster } from './hub-cluster.ts'

export type HubDatabase = {
  /** As the hub's working role. */
  readonly url: string
  /** As the owner of the tables. */
  readonly ownerUrl: string
  /** As the superuser of the whole cluster. */
  readonly adminUrl: string
  readonly pool: Pool
  /** One statement as the owner: for rows that only the hub's own code would write. */
  readonly asOwner: (sql: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>
  readonly drop: () => Promise<void>
}

/** A fresh migrated database in the run's cluster; outside vitest pass the cluster. Drop it when done. */
export async function hubDatabase(cluster: TestCluster = inject('testCluster')): Promise<HubDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdmin(cluster, async (admin) => {
    await copyTemplate(admin, name)
    await admin.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`)
    await admin.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${name} TO ${hubRole}`)
  })
  const at = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
  const urls = { url: at(cluster.hubUrl), ownerUrl: at(cluster.ownerUrl), adminUrl: at(cluster.adminUrl) }
  const pool = createPool({ url: urls.url })
  const owner = createPool({ url: urls.ownerUrl, max: 1 })
  return {
    ...urls,
    pool,
    asOwner: async (sql, values = []) => (await owner.query<Record<string, unknown>>(sql, [...values])).rows,
    drop: async () => {
      await Promise.all([pool.end(), owner.end()])
      await asAdmin(cluster, (admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`))
    },
  }
}

/** Two copies at the same moment may find the template in use. */
async function copyTemplate(admin: Client, name: string): Promise<void> {
  await admin.query('SELECT pg_advisory_lock(1)')
  try {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${databaseName} OWNER ${ownerRole}`)
  } finally {
    await admin.query('SELECT pg_advisory_unlock(1)')
  }
}

async function asAdmin(cluster: TestCluster, work: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ connectionString: cluster.adminUrl })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}
