/** Who is writing on which ticket: one holder each, until it is given up, not renewed, or whoever held it may not be there any more. */
import type { Pool } from 'pg'
import type { LeaseHolder } from '../../shared/sync/leases.ts'
import { leaseMs } from '../../shared/sync/leases.ts'
import type { Tx } from '../server/parts.ts'

/** Told on commit: the id of a ticket that has another holder, or none; a hint that may be lost. Not the feed's channel, whose listeners expect a head. */
export const leaseChannel = 'sportello_lease'

export type Held = { readonly ticketId: string; readonly heldBy: LeaseHolder }
export type Asked = { readonly ticketId: string; readonly personId: string; readonly deviceId: string; readonly now: Date }
type Row = { readonly ticketId: string; readonly personId: string; readonly person: string; readonly deviceId: string; readonly desk: string; readonly since: Date; readonly until: Date }

/** Of the lease `l`: its time has not passed, and whoever holds it is signed in on a desk that is let in. */
const stands = (now: string): string => `l.until > ${now} AND EXISTS (
  SELECT 1 FROM session AS s JOIN device AS d ON d.id = s.device_id
  WHERE s.person_id = l.person_id AND s.device_id = l.device_id AND s.ended_at IS NULL AND s.expires_at > ${now} AND d.state = 'active')`
const standing = `SELECT l.subject AS "ticketId", p.id AS "personId", p.display_name AS person, d.id AS "deviceId", d.name AS desk, l.since, l.until
  FROM lease AS l JOIN person AS p ON p.id = l.person_id JOIN device AS d ON d.id = l.device_id WHERE ${stands('$1')}`
/** Offices whose desks hold a ticket. */
const officesOf = (ticket: string): string => `SELECT o.office_id FROM ticket AS t JOIN customer_territory AS ct ON ct.customer_id = t.customer_id
  JOIN office_territory AS o ON o.territory_id = ct.territory_id WHERE t.id = ${ticket}`

const heldOf = ({ ticketId, since, until, ...holder }: Row): Held => ({ ticketId, heldBy: { ...holder, since: since.toISOString(), until: until.toISOString() } })

/** Whether desks of this office hold the ticket; a missing one nobody holds. */
export async function holdsTicket(db: Pool | Tx, ticketId: string, officeId: string): Promise<boolean> {
  const { rowCount } = await db.query(`SELECT 1 WHERE $2 IN (${officesOf('$1')})`, [ticketId, officeId])
  return rowCount === 1
}

/** All that desks of this office may know of. */
export async function leasesOf(db: Pool | Tx, officeId: string, now: Date): Promise<readonly Held[]> {
  const { rows } = await db.query<Row>(`${standing} AND $2 IN (${officesOf('l.subject')}) ORDER BY l.since, l.subject`, [now, officeId])
  return rows.map(heldOf)
}

export async function holderOf(db: Pool | Tx, ticketId: string, now: Date): Promise<LeaseHolder | null> {
  const { rows } = await db.query<Row>(`${standing} AND l.subject = $2`, [now, ticketId])
  return rows[0] ? heldOf(rows[0]).heldBy : null
}

/** Takes the lease where nobody has it, or renews one's own; somebody else's stays theirs. */
export async function takeLease(tx: Tx, { ticketId, personId, deviceId, now }: Asked): Promise<void> {
  // A row that is over is somebody else's no more, whether or not it has been swept away. Renewing is no news to anybody.
  await tx.query(
    `WITH taken AS (
       INSERT INTO lease AS l (subject, person_id, device_id, since, until) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (subject) DO UPDATE SET person_id = $2, device_id = $3, since = $4, until = $5 WHERE NOT (${stands('$4')}) RETURNING 1
     ) SELECT pg_notify('${leaseChannel}', $1) FROM taken`,
    [ticketId, personId, deviceId, now, until(now)],
  )
  await tx.query('UPDATE lease SET until = greatest(until, $4) WHERE subject = $1 AND person_id = $2 AND device_id = $3', [ticketId, personId, deviceId, until(now)])
}

export async function giveUpLease(tx: Tx, { ticketId, personId, deviceId }: Asked): Promise<void> {
  await tx.query(
    `WITH gone AS (DELETE FROM lease WHERE subject = $1 AND person_id = $2 AND device_id = $3 RETURNING subject) SELECT pg_notify('${leaseChannel}', subject) FROM gone`,
    [ticketId, personId, deviceId],
  )
}

/** Takes away what has lapsed, and tells it; also called where a session or a desk has just ended. */
export async function dropLapsed(db: Pool | Tx, now: Date): Promise<void> {
  // What somebody else is just changing is left for the next time: nobody waits for a hint.
  await db.query(
    `WITH over AS (SELECT l.subject FROM lease AS l WHERE NOT (${stands('$1')}) FOR UPDATE OF l SKIP LOCKED),
       gone AS (DELETE FROM lease WHERE subject IN (SELECT subject FROM over) RETURNING subject)
     SELECT pg_notify('${leaseChannel}', subject) FROM gone`,
    [now],
  )
}

/** What is told of these tickets, and to which desks: those that hold each just now, whatever they held when their line began. */
export async function newsOf(db: Pool, ticketIds: readonly string[], now: Date): Promise<readonly { readonly ticketId: string; readonly heldBy: LeaseHolder | null; readonly devices: readonly string[] }[]> {
  const { rows } = await db.query<Row>(`${standing} AND l.subject = ANY($2)`, [now, ticketIds])
  const holders = new Map(rows.map((row) => [row.ticketId, heldOf(row).heldBy]))
  const listening = await db.query<{ id: string; devices: string[] | null }>(
    `SELECT a.id, (SELECT array_agg(d.id) FROM device AS d WHERE d.state = 'active' AND d.office_id IN (${officesOf('a.id')})) AS devices FROM unnest($1::text[]) AS a(id)`, [ticketIds],
  )
  return listening.rows.map(({ id, devices }) => ({ ticketId: id, heldBy: holders.get(id) ?? null, devices: devices ?? [] }))
}

const until = (now: Date): Date => new Date(now.getTime() + leaseMs)
