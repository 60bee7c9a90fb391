import { purgeReceiptPath } from '../server/authenticate.ts'
import { z } from '../../shared/domain/schema.ts'
import type { HubParts } from '../server/parts.ts'
import { json, route } from '../server/route.ts'
import type { Route } from '../server/route.ts'

const answer = z.object({ epoch: z.int() })

/**
 * A new epoch for a desk that came back from an older copy of itself: its numbers begin at 1 again, and what it offers again is known by its
 * id. `epoch` is the one the desk has; asking twice because the answer was lost raises it once.
 */
export function epochRoute(hub: HubParts): Route {
  return route({
    method: 'POST', path: '/v1/epoch', access: 'device', roles: null, params: null, query: null, body: z.strictObject({ epoch: z.int().min(0).max(2 ** 31) }), bodyLimit: 1_024, rate: 'sync',
    summary: 'A new epoch for the queue of a desk', answer,
    handle: async ({ device, body }) => {
      const epoch = await hub.transaction(async (tx) => {
        const { rows } = await tx.query<{ epoch: number; last_seq: number }>('SELECT epoch, last_seq FROM device WHERE id = $1 FOR UPDATE', [device.id])
        const now = rows[0] ?? { epoch: 0, last_seq: 0 }
        if (now.epoch === body.epoch + 1 && now.last_seq === 0) return now.epoch
        const next = Math.max(now.epoch, body.epoch) + 1
        await tx.query('UPDATE device SET epoch = $2, last_seq = 0 WHERE id = $1', [device.id, next])
        await hub.audit(tx, { at: hub.clock.now().toISOString(), actor: 'hub', deviceId: device.id, kind: 'epoch', subject: device.id, details: { from: now.epoch, to: next, lastSeq: now.last_seq } })
        return next
      })
      return json({ epoch })
    },
  })
}

const purged = z.strictObject({ scopes: z.array(z.string().min(1).max(80)).max(1_000), customers: z.int().min(0) })

/** What a desk says it no longer holds after it lost a territory. */
export function purgedRoute(hub: HubParts): Route {
  return route({
    method: 'POST', path: purgeReceiptPath, access: 'device', roles: null, params: null, query: null, body: purged, bodyLimit: 128 * 1024, rate: 'sync',
    summary: 'Receipt of a desk for what it has taken off', answer: z.object({ at: z.string() }),
    handle: async ({ device, body, now }) => {
      const at = now.toISOString()
      await hub.transaction(async (tx) => {
        // A desk that was let go says it once: nothing more of it goes on record.
        const { rowCount } = await tx.query(`UPDATE device SET purged_at = $2 WHERE id = $1 AND (state = 'active' OR purged_at IS NULL OR purged_at < revoked_at)`, [device.id, at])
        if (rowCount === 0) return
        await hub.audit(tx, { at, actor: 'hub', deviceId: device.id, kind: 'purged', subject: device.id, details: { scopes: body.scopes, customers: body.customers } })
      })
      return json({ at })
    },
  })
}
