import { passwordRevisions } from '../../shared/sync/identity.ts'
import { z } from '../../shared/domain/schema.ts'
import type { HubParts } from '../server/parts.ts'
import { json, route } from '../server/route.ts'
import type { Route } from '../server/route.ts'

/** How often each person's password was changed, never anything of it: a desk drops the key slots that an older one opens. */
export function passwordRevisionsRoute(hub: Pick<HubParts, 'pool'>): Route {
  return route({
    method: 'POST', path: '/v1/passwords', access: 'device', roles: null, params: null, query: null, body: z.strictObject({}), bodyLimit: 1_024, rate: 'sync',
    summary: 'How often the passwords of people were changed', answer: passwordRevisions,
    handle: async () => {
      const { rows } = await hub.pool.query<{ id: string; revision: number }>('SELECT person_id AS id, password_revision AS revision FROM staff ORDER BY person_id')
      return json({ people: rows })
    },
  })
}
