import { enrolAnswer, enrolRequest } from '../../shared/sync/identity.ts'
import type { EnrolAnswer } from '../../shared/sync/identity.ts'
import { oldestProtocol, syncErrors } from '../../shared/sync/wire.ts'
import { HubError } from '../server/errors.ts'
import type { HubParts } from '../server/parts.ts'
import { keyOf } from '../server/proof.ts'
import { json, route } from '../server/route.ts'
import type { Route } from '../server/route.ts'
import { adoptPeople } from './adopt-people.ts'
import { findCode, useCode } from './enrolment-codes.ts'
import { feedPeople } from './person-feed.ts'
import { territoriesOf } from './scopes.ts'

/**
 * A desk takes over the hub's customers when it joins. Where the hub has none yet, or lacks one about whom something waits to be sent, joining
 * would lose them: it is refused, and the code stays good.
 */
async function refuseToEmpty({ pool }: Pick<HubParts, 'pool'>, officeId: string, { customers, concerned }: { readonly customers: number; readonly concerned: readonly string[] }): Promise<void> {
  const held = 'FROM customer_territory c JOIN office_territory o ON o.territory_id = c.territory_id WHERE o.office_id = $1'
  if (customers > 0 && (await pool.query(`SELECT 1 ${held} LIMIT 1`, [officeId])).rowCount === 0) throw new HubError(409, 'hub_empty')
  const { rows } = await pool.query<{ known: number }>(`SELECT count(DISTINCT c.customer_id) AS known ${held} AND c.customer_id = ANY($2)`, [officeId, concerned])
  const missing = new Set(concerned).size - (rows[0]?.known ?? 0)
  if (missing > 0) throw new HubError(409, 'customers_missing', { count: missing })
}

/** How a desk joins. */
export function enrolRoutes(hub: HubParts): readonly Route[] {
  return [
    route({
      method: 'POST', path: '/v1/enrol', access: 'anyone', roles: null, params: null, query: null, body: enrolRequest, bodyLimit: 256 * 1024, rate: 'enrol',
      summary: 'Lets a desk join with a one-time code', answer: enrolAnswer,
      handle: async ({ body, now }) => {
        if (body.protocol < oldestProtocol) throw new HubError(syncErrors.too_old, 'too_old', { oldest: oldestProtocol })
        const publicKey = Buffer.from(body.publicKey, 'base64url')
        if (keyOf(publicKey) === null) throw new HubError(400, 'invalid', { fields: ['body.publicKey'] })
        const code = await findCode(hub, body.code)
        const deviceId = hub.ids.next()
        await refuseToEmpty(hub, code.officeId, body)
        const answer = await hub.transaction(async (tx): Promise<EnrolAnswer> => {
          await useCode(tx, code, deviceId, now)
          await tx.query(
            `INSERT INTO device (id, name, office_id, public_key, unlock_key, epoch, state, app_version, protocol, enrolled_by, enrolled_at, last_seen_at)
             VALUES ($1, $2, $3, $4, $5, 1, 'active', $6, $7, $8, $9, $9)`,
            [deviceId, body.deskName, code.officeId, publicKey, Buffer.from(body.unlockKey, 'base64url'), body.appVersion, body.protocol, code.createdBy, now],
          )
          const adopted = await adoptPeople(tx, hub, deviceId, code, body.people)
          const people = await tx.query<EnrolAnswer['people'][number]>(
            `SELECT a.local_id AS "localId", p.id, p.username, p.display_name AS "displayName", p.role, p.active FROM device_alias a JOIN person p ON p.id = a.person_id WHERE a.device_id = $1 ORDER BY a.local_id`, [deviceId],
          )
          const { rows } = await tx.query<{ feedId: string; officeName: string }>('SELECT f.feed_id AS "feedId", o.name AS "officeName" FROM feed_head f, office o WHERE o.id = $1', [code.officeId])
          const place = rows[0]
          if (!place) throw new Error('the hub has no feed')
          const scopes = await territoriesOf(tx, code.officeId)
          const added = adopted.filter(({ isNew }) => isNew).map(({ id }) => id)
          await hub.audit(tx, { at: now.toISOString(), actor: code.createdBy ?? 'hub', deviceId, kind: 'device_enrolled', subject: deviceId, details: { office: code.officeId, founding: code.founding, peopleAdded: added, peopleKnown: adopted.length - added.length } })
          await feedPeople(tx, added)
          return { deviceId, epoch: 1, ...place, hubName: hub.config.hubName, scopes: [...scopes], people: people.rows }
        })
        return json(answer, 201)
      },
    }),
  ]
}
