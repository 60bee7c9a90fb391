/**
 * The roles of the hub: one owns the tables and migrates, one works and can neither change them nor rewrite history, and one that nobody
 * signs in as: the working one takes it on while it reads for one desk (`fence.ts`).
 */
import { Client } from 'pg'

export const ownerRole = 'sportello_owner'
export const hubRole = 'sportello_hub'
export const readerRole = 'sportello_reader'
export const databaseName = 'sportello'

export type RolePasswords = { readonly owner: string; readonly hub: string }

/** Creates what is missing, as a superuser: roles, and a database that only they may enter. Harmless when repeated. */
export async function bootstrap(superUrl: string, passwords: RolePasswords, database = databaseName): Promise<void> {
  const client = new Client({ connectionString: superUrl })
  await client.connect()
  try {
    for (const [role, password] of [[ownerRole, passwords.owner], [hubRole, passwords.hub]] as const) {
      const known = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])
      if (known.rowCount === 0) await client.query(`CREATE ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`)
    }
    const reader = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [readerRole])
    if (reader.rowCount === 0) await client.query(`CREATE ROLE ${readerRole} NOLOGIN`)
    await client.query(`GRANT ${readerRole} TO ${hubRole} WITH INHERIT FALSE, SET TRUE`)
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
    if (known.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} OWNER ${ownerRole}`)
    await client.query(`REVOKE ALL ON DATABASE ${client.escapeIdentifier(database)} FROM PUBLIC`)
    await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${client.escapeIdentifier(database)} TO ${hubRole}`)
  } finally {
    await client.end()
  }
}
