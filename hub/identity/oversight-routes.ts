import type { AuditView, SessionView } from '../../shared/contract/administration.ts'
import { z } from '../../shared/domain/schema.ts'
import { dropLapsed } from '../leases/leases.ts'
import type { HubParts } from '../server/parts.ts'
import type { Route } from '../server/route.ts'
import { administered, administration, theOne } from './admin-route.ts'
import { auditPage } from './audit-page.ts'

const isoText = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const sessionView = z.object({ id: z.string(), personId: z.string(), personName: z.string(), deviceId: z.string(), deviceName: z.string(), createdAt: z.string(), expiresAt: z.string() })
const auditView = z.object({ seq: z.int(), at: z.string(), actorName: z.string(), deviceName: z.string().nullable(), kind: z.string(), subject: z.string().nullable() })
const pageRows = 100

/** Who is signed in, and who did what. */
export function oversightRoutes(hub: HubParts): readonly Route[] {
  return [
    administration('sessions', {
      summary: 'Open sessions', answer: z.array(sessionView),
      handle: async ({ now }) => {
        const { rows } = await hub.pool.query<SessionView>(
          `SELECT s.id, s.person_id AS "personId", p.display_name AS "personName", s.device_id AS "deviceId", d.name AS "deviceName", ${isoText('s.created_at')} AS "createdAt", ${isoText('s.expires_at')} AS "expiresAt"
           FROM session s JOIN person p ON p.id = s.person_id JOIN device d ON d.id = s.device_id WHERE s.ended_at IS NULL AND s.expires_at > $1 ORDER BY s.created_at DESC`, [now],
        )
        return rows
      },
    }),
    administration('endSession', {
      summary: 'Ends a session, from the next request on', answer: z.null(),
      handle: async (call) => {
        await hub.transaction(async (tx) => {
          const { person_id } = theOne((await tx.query<{ person_id: string }>('UPDATE session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL RETURNING person_id', [call.body.id, call.now])).rows)
          await dropLapsed(tx, call.now)
          await hub.audit(tx, administered(call, 'session_ended', person_id, { session: call.body.id }))
        })
        return null
      },
    }),
    administration('audit', {
      summary: 'The audit log from the newest entry back, a page at a time; `verified` is about the page', answer: z.object({ rows: z.array(auditView), verified: z.boolean() }),
      handle: async ({ body }) => {
        const { entries, verified } = await auditPage(hub.pool, body.before, pageRows, hub.auditKey)
        const names = await hub.pool.query<{ id: string; name: string }>('SELECT id, display_name AS name FROM person WHERE id = ANY($1) UNION ALL SELECT id, name FROM device WHERE id = ANY($2)', [entries.map(({ actor }) => actor), entries.map(({ device_id }) => device_id)])
        const nameOf = new Map(names.rows.map(({ id, name }) => [id, name]))
        const rows = entries.map(({ seq, at, actor, device_id, kind, subject }): AuditView => ({ seq, at, actorName: nameOf.get(actor) ?? actor, deviceName: device_id === null ? null : (nameOf.get(device_id) ?? device_id), kind, subject }))
        return { rows, verified }
      },
    }),
  ]
}
