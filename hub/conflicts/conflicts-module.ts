import { administrationCalls } from '../../shared/contract/administration.ts'
import type { RefusedView } from '../../shared/contract/administration.ts'
import { z } from '../../shared/domain/schema.ts'
import type { HubModule, HubParts } from '../server/parts.ts'
import { json, route } from '../server/route.ts'
import type { Route } from '../server/route.ts'
import { eraseCustomer } from './erasure.ts'

const refusedAtMost = 500
const refusedView = z.object({ opId: z.string(), deviceName: z.string(), kind: z.string(), actorName: z.string(), writtenAt: z.string(), refusedAt: z.string(), code: z.string() })

/** What people of the hub decide about records: erasures, and a look at what was refused. */
export const conflictsModule: HubModule = (hub) => ({ name: 'conflicts', routes: [refusedRoute(hub), eraseRoute(hub)] })

function refusedRoute(hub: HubParts): Route {
  const { input, access } = administrationCalls.refused
  return route({
    method: 'POST', path: '/v1/administration/refused', access: 'person', roles: access, params: null, query: null, body: input, bodyLimit: 1_024, rate: 'administration',
    summary: 'Operations that were refused and that nobody has settled', answer: z.array(refusedView),
    handle: async () => {
      const { rows } = await hub.pool.query<RefusedView & { refusedOn: Date }>(
        `SELECT o.op_id AS "opId", coalesce(d.name, '') AS "deviceName", r.kind, coalesce(p.display_name, '') AS "actorName", r.written_at AS "writtenAt", o.refused_at AS "refusedOn", o.code
         FROM refused_op AS o JOIN receipt AS r ON r.op_id = o.op_id AND NOT r.again LEFT JOIN device AS d ON d.id = o.device_id LEFT JOIN person AS p ON p.id = r.actor
         WHERE o.settled_at IS NULL ORDER BY o.refused_at DESC, o.op_id LIMIT $1`,
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
