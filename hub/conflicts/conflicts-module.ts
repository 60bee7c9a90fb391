import { administrationCalls } from '../../shared/contract/administration.ts'
import type { RefusedView } from '../../shared/contract/administration.ts'
import { z } from '../../shared/domain/schema.ts'
import type { HubModule, HubParts } from '../server/parts.ts'
import { json, route } from '../server/route.ts'
import type { Route } from '../server/route.ts'
import { eraseCustomer } from './erasure.ts'

const refusedAtMost = 500
const refusedView = z.object({ opId: z.string(), deviceId: z.string(), deviceName: z.string(), kind: z.string(), actorName: z.string(), writtenAt: z.string(), refusedAt: z.string(), code: z.string(), customerId: z.string().nullable() })

/** The last word about it is that of whoever wrote it, or of a supervisor, and it is settled. */
const settledBySomebody = `coalesce((
  SELECT w.choice <> 'taken_back' FROM decision AS w JOIN person AS q ON q.id = w.decided_by
  WHERE w.subject_id = o.op_id AND w.about = 'refused' AND (w.decided_by = r.actor OR q.role <> 'agent') ORDER BY w.seq DESC LIMIT 1), false)`

/** What people of the hub decide about records: erasures, and a look at what was refused. */
export const conflictsModule: HubModule = (hub) => ({ name: 'conflicts', routes: [refusedRoute(hub), eraseRoute(hub)] })

function refusedRoute(hub: HubParts): Route {
  const { input, access } = administrationCalls.refused
  return route({
    method: 'POST', path: '/v1/administration/refused', access: 'person', roles: access, params: null, query: null, body: input, bodyLimit: 1_024, rate: 'administration',
    summary: 'Operations that were refused and that nobody has settled', answer: z.array(refusedView),
    handle: async () => {
      const { rows } = await hub.pool.query<RefusedView & { refusedOn: Date }>(
        `SELECT o.op_id AS "opId", o.device_id AS "deviceId", coalesce(d.name, '') AS "deviceName", r.kind, coalesce(p.display_name, '') AS "actorName", r.written_at AS "writtenAt", o.refused_at AS "refusedOn", o.code,
           (SELECT k.id FROM (SELECT c.id FROM customer AS c WHERE c.id = ANY(o.subjects) UNION SELECT t.customer_id FROM ticket AS t WHERE t.id = ANY(o.subjects)) AS k ORDER BY k.id LIMIT 1) AS "customerId"
         FROM refused_op AS o JOIN receipt AS r ON r.op_id = o.op_id AND NOT r.again LEFT JOIN device AS d ON d.id = o.device_id LEFT JOIN person AS p ON p.id = r.actor
         WHERE o.settled_at IS NULL AND NOT ${settledBySomebody} ORDER BY o.refused_at DESC, o.op_id LIMIT $1`,
        [refusedAtMost],
      )
      return json(rows.map(({ refusedOn, ...row }) => ({ ...row, refusedAt: refusedOn.toISOString() })))
    },
  })
}

function eraseRoute(hub: HubParts): Route {
  const { input, access } = administrationCalls.eraseCustomer
  return route({
    method: 'POST', path: '/v1/administration/eraseCustomer', access: 'person', roles: access, params: null, query: null, body: input, bodyLimit: 8 * 1024, rate: 'administration',
    summary: 'Takes everything of a customer away for good', answer: z.null(),
    handle: async ({ body, person, device }) => {
      await eraseCustomer(hub, { ...body, by: person.id, deviceId: device.id })
      return json(null)
    },
  })
}
