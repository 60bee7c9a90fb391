/** Somebody with the keys to the database changes the hub's trace of who did what: the check of the product must name the first entry that is wrong. */
import { verifyAudit } from '../../hub/identity/verify-audit.ts'
import type { World } from './world.ts'

const ways = [
  { name: 'altered', sql: `UPDATE audit SET actor = 'nobody' WHERE seq = $1`, firstBad: (at: number) => at },
  { name: 'removed', sql: 'DELETE FROM audit WHERE seq = $1', firstBad: (at: number) => at },
  { name: 'cut off', sql: 'DELETE FROM audit WHERE seq >= $1', firstBad: (at: number) => at },
] as const

/** The last thing in a history: afterwards the trace is worth nothing. */
export async function tamper({ template, findings }: World, seed: number): Promise<void> {
  const { pool } = template.hub.parts()
  const { entries, firstBad } = await verifyAudit(pool)
  if (firstBad !== null) return findings.add('diverged', `the audit does not verify from ${firstBad}`)
  const way = ways[seed % ways.length]!
  const at = 1 + (seed % entries)
  await template.admin.query('BEGIN')
  await template.admin.query('SET LOCAL session_replication_role = replica')
  await template.admin.query(way.sql, [at])
  await template.admin.query('COMMIT')
  const found = await verifyAudit(pool)
  // The last entry removed is a tail cut off.
  if (found.firstBad !== way.firstBad(at)) findings.add('diverged', `an entry ${at} of ${entries} was ${way.name}, and the check says ${String(found.firstBad)}`)
}
