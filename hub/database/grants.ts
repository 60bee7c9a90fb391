import type { Client } from 'pg'
import { hubRole, readerRole } from './roles.ts'

/** What is written once: the working role can neither change nor remove it. Erasure takes a ticket's story away and blanks the contents of the feed's rows; who leaves a territory takes older rows out of its desks' sight; retention forgets old ones. */
const onlyAdded: Readonly<Record<string, string>> = {
  audit: 'SELECT, INSERT',
  audit_checkpoint: 'SELECT, INSERT',
  audit_contradiction: 'SELECT, INSERT',
  receipt: 'SELECT, INSERT',
  change: 'SELECT, INSERT, UPDATE (row, kind, scopes), DELETE',
  erased: 'SELECT, INSERT',
  ticket_event: 'SELECT, INSERT, UPDATE (text, superseded), DELETE',
  reading_export: 'SELECT, INSERT, UPDATE (acknowledged_at, acknowledged_by)',
  reading_export_line: 'SELECT, INSERT',
  audit_head: 'SELECT, UPDATE',
  feed_head: 'SELECT, UPDATE',
  schema_version: 'SELECT',
}

/** What is read for one desk, behind the fence of its territories; of tables without customers everything. */
const readable = [
  'brand', 'reading_window', 'person', 'feed_head', 'audit_head', 'change', 'customer_territory', 'customer', 'address', 'supply_point', 'contract', 'meter', 'reading', 'invoice', 'ticket',
  'ticket_event', 'portal_profile', 'contract_link', 'field_conflict', 'attachment', 'decision', 'office_territory', 'held_customer', 'held_ticket', 'held_profile', 'held_point', 'held_meter', 'held_address',
]

/** Gives the working role what it needs and takes what it must not have; the same whatever was granted before. */
export async function grantWork(client: Client): Promise<void> {
  await client.query(`GRANT USAGE ON SCHEMA public TO ${hubRole}`)
  const { rows } = await client.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)
  const { rows: servers } = await client.query<{ version: string }>(`SELECT current_setting('server_version_num') AS version`)
  // From PostgreSQL 17 on the working role may have tables counted that it has filled; before, it waits until the server does so by itself.
  const maintain = Number(servers[0]?.version) >= 170_000 ? ', MAINTAIN' : ''
  for (const { name } of rows) {
    await client.query(`REVOKE ALL ON ${name} FROM ${hubRole}`)
    await client.query(`GRANT ${onlyAdded[name] ?? `SELECT, INSERT, UPDATE, DELETE${maintain}`} ON ${name} TO ${hubRole}`)
  }
  await client.query(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${hubRole}`)
  await client.query(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${readerRole}`)
  await client.query(`GRANT USAGE ON SCHEMA public TO ${readerRole}`)
  await client.query(`GRANT SELECT ON ${readable.join(', ')} TO ${readerRole}`)
  const jobs = await client.query(`SELECT 1 FROM pg_namespace WHERE nspname = 'pgboss'`)
  if (jobs.rowCount === 0) return
  await client.query(`GRANT USAGE ON SCHEMA pgboss TO ${hubRole}`)
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO ${hubRole}`)
  await client.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO ${hubRole}`)
}
