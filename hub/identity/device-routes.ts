import { dropLapsed } from '../leases/leases.ts'
import { feedChannel } from '../sync/feed.ts'
import type { DeviceView, EnrolmentCode } from '../../shared/contract/administration.ts'
import { z } from '../../shared/domain/schema.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import type { Route } from '../server/route.ts'
import { administered, administration, theOne } from './admin-route.ts'
import { createCode } from './enrolment-codes.ts'

const moment = z.string().nullable()
const deviceView = z.object({
  id: z.string(), name: z.string(), officeId: z.string(), state: z.enum(['active', 'revoked']), enrolledAt: z.string(), lastSeenAt: moment, appVersion: z.string(), behind: z.int(), revokedAt: moment, purgedAt: moment,
})
const codeView = z.object({ code: z.string(), expiresAt: z.string(), officeName: z.string() })

const isoText = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const views = `SELECT d.id, d.name, d.office_id AS "officeId", d.state, ${isoText('d.enrolled_at')} AS "enrolledAt", ${isoText('d.last_seen_at')} AS "lastSeenAt", d.app_version AS "appVersion",
  CASE WHEN d.state = 'active' THEN greatest(f.pos - d.cursor, 0) ELSE 0 END AS behind, ${isoText('d.revoked_at')} AS "revokedAt", CASE WHEN d.purged_at >= d.revoked_at THEN ${isoText('d.purged_at')} END AS "purgedAt" FROM device d, feed_head f`

/** Desks that have joined, and the codes with which others may. */
export function deviceRoutes(hub: HubParts): readonly Route[] {
  return [
    administration('devices', { summary: 'Desks', answer: z.array(deviceView), handle: async () => (await hub.pool.query<DeviceView>(`${views} ORDER BY d.state, d.name, d.id`)).rows }),
    administration('saveDevice', {
      summary: 'Renames a desk or moves it to another office', answer: deviceView,
      handle: (call) =>
        hub.transaction(async (tx) => {
          const { id, name, officeId } = call.body
          const before = theOne((await tx.query<{ office_id: string }>('SELECT office_id FROM device WHERE id = $1 FOR UPDATE', [id])).rows)
          theOne((await tx.query('SELECT 1 FROM office WHERE id = $1', [officeId])).rows)
          await tx.query('UPDATE device SET name = $2, office_id = $3, scope_revision = scope_revision + $4 WHERE id = $1', [id, name, officeId, before.office_id === officeId ? 0 : 1])
          await hub.audit(tx, administered(call, 'device_changed', id, { officeBefore: before.office_id, office: officeId }))
          return viewOf(tx, id)
        }),
    }),
    administration('revokeDevice', {
      summary: 'Lets a desk in no more, from the next request on', answer: deviceView,
      handle: (call) =>
        hub.transaction(async (tx) => {
          const { id } = call.body
          // Waits for a push of the desk that is being taken, whose operations count as written before.
          theOne((await tx.query('SELECT 1 FROM device WHERE id = $1 FOR UPDATE', [id])).rows)
          await tx.query(`UPDATE device SET state = 'revoked', revoked_at = $2, revoked_by = $3 WHERE id = $1 AND state = 'active'`, [id, call.now, call.person.id])
          await tx.query('UPDATE session SET ended_at = $2 WHERE device_id = $1 AND ended_at IS NULL', [id, call.now])
          await dropLapsed(tx, call.now)
          await hub.audit(tx, administered(call, 'device_revoked', id))
          await tx.query('SELECT pg_notify($1, $2)', [feedChannel, JSON.stringify({ gone: id })])
          return viewOf(tx, id)
        }),
    }),
    administration('createEnrolmentCode', {
      summary: 'Makes a one-time code for one more desk; it is shown once', answer: codeView,
      handle: (call) =>
        hub.transaction(async (tx): Promise<EnrolmentCode> => {
          const { officeId, short } = call.body
          const office = theOne((await tx.query<{ name: string }>('SELECT name FROM office WHERE id = $1', [officeId])).rows)
          const { id, code, expiresAt } = await createCode(tx, hub, { officeId, kind: short ? 'short' : 'long', founding: false, createdBy: call.person.id })
          await hub.audit(tx, administered(call, 'enrolment_code_made', id, { office: officeId, short }))
          return { code, expiresAt: expiresAt.toISOString(), officeName: office.name }
        }),
    }),
  ]
}

async function viewOf(tx: Tx, id: string): Promise<DeviceView> {
  return theOne((await tx.query<DeviceView>(`${views} WHERE d.id = $1`, [id])).rows)
}
