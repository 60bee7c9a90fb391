import type { OfficeView, TeamView } from '../../shared/contract/administration.ts'
import { administrationCalls } from '../../shared/contract/administration.ts'
import { z } from '../../shared/domain/schema.ts'
import { HubError } from '../server/errors.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import { json, route } from '../server/route.ts'
import type { Route } from '../server/route.ts'
import { admin, adminBody, administered, adminReading, idParams, theOne } from './admin-route.ts'
import { refusingTaken } from './database-errors.ts'
import { scopesChanged, territoriesOf } from './scopes.ts'

const officeInput = administrationCalls.saveOffice.input.omit({ id: true })
const teamInput = administrationCalls.saveTeam.input.omit({ id: true })
const officeView = z.object({ id: z.string(), name: z.string(), territoryIds: z.array(z.string()), desks: z.int(), people: z.int() })
const teamView = z.object({ id: z.string(), name: z.string(), people: z.int() })

const offices = `SELECT o.id, o.name, ARRAY(SELECT territory_id FROM office_territory WHERE office_id = o.id ORDER BY 1) AS "territoryIds",
  (SELECT count(*) FROM device WHERE office_id = o.id AND state = 'active') AS desks, (SELECT count(*) FROM staff WHERE office_id = o.id) AS people FROM office o`
const teams = 'SELECT t.id, t.name, (SELECT count(*) FROM staff WHERE team_id = t.id) AS people FROM team t'

/** Offices, with the territories their desks hold, and teams. */
export function placesRoutes(hub: HubParts): readonly Route[] {
  const save = <T>(work: (tx: Tx) => Promise<T>) => refusingTaken('name_taken', () => hub.transaction(work))

  async function setTerritories(tx: Tx, officeId: string, wanted: readonly string[]): Promise<boolean> {
    const ids = [...new Set(wanted)].toSorted()
    const known = await tx.query('SELECT 1 FROM territory WHERE id = ANY($1)', [ids])
    if (known.rowCount !== ids.length) throw new HubError(404, 'not_found')
    const before = await territoriesOf(tx, officeId)
    await tx.query('DELETE FROM office_territory WHERE office_id = $1 AND territory_id <> ALL($2)', [officeId, ids])
    await tx.query('INSERT INTO office_territory (office_id, territory_id) SELECT $1, t FROM unnest($2::text[]) AS t ON CONFLICT DO NOTHING', [officeId, ids])
    return before.toSorted().join('\n') !== ids.join('\n')
  }
  const office = async (tx: Tx, id: string) => theOne((await tx.query<OfficeView>(`${offices} WHERE o.id = $1`, [id])).rows)
  const team = async (tx: Tx, id: string) => theOne((await tx.query<TeamView>(`${teams} WHERE t.id = $1`, [id])).rows)

  return [
    route({ ...adminReading, method: 'GET', path: '/v1/admin/offices', summary: 'Offices', answer: z.array(officeView), handle: async () => json((await hub.pool.query<OfficeView>(`${offices} ORDER BY o.name`)).rows) }),
    route({
      ...admin, method: 'POST', path: '/v1/admin/offices', body: officeInput, bodyLimit: adminBody, summary: 'Adds an office', answer: officeView,
      handle: async (call) => {
        const id = hub.ids.next()
        const view = await save(async (tx) => {
          await tx.query('INSERT INTO office (id, name) VALUES ($1, $2)', [id, call.body.name])
          await setTerritories(tx, id, call.body.territoryIds)
          await hub.audit(tx, administered(call, 'office_added', id, { territories: call.body.territoryIds }))
          return office(tx, id)
        })
        return json(view, 201)
      },
    }),
    route({
      ...admin, method: 'PUT', path: '/v1/admin/offices/:id', params: idParams, body: officeInput, bodyLimit: adminBody, summary: 'Changes an office; its desks gain and lose customers with its territories', answer: officeView,
      handle: async (call) => {
        const view = await save(async (tx) => {
          const { id } = call.params
          theOne((await tx.query('UPDATE office SET name = $2 WHERE id = $1 RETURNING id', [id, call.body.name])).rows)
          if (await setTerritories(tx, id, call.body.territoryIds)) await scopesChanged(tx, [id])
          await hub.audit(tx, administered(call, 'office_changed', id, { territories: call.body.territoryIds }))
          return office(tx, id)
        })
        return json(view)
      },
    }),
    route({ ...adminReading, method: 'GET', path: '/v1/admin/teams', summary: 'Teams', answer: z.array(teamView), handle: async () => json((await hub.pool.query<TeamView>(`${teams} ORDER BY t.name`)).rows) }),
    route({
      ...admin, method: 'POST', path: '/v1/admin/teams', body: teamInput, bodyLimit: adminBody, summary: 'Adds a team', answer: teamView,
      handle: async (call) => {
        const id = hub.ids.next()
        const view = await save(async (tx) => {
          await tx.query('INSERT INTO team (id, name) VALUES ($1, $2)', [id, call.body.name])
          await hub.audit(tx, administered(call, 'team_added', id))
          return team(tx, id)
        })
        return json(view, 201)
      },
    }),
    route({
      ...admin, method: 'PUT', path: '/v1/admin/teams/:id', params: idParams, body: teamInput, bodyLimit: adminBody, summary: 'Changes a team', answer: teamView,
      handle: async (call) => {
        const view = await save(async (tx) => {
          theOne((await tx.query('UPDATE team SET name = $2 WHERE id = $1 RETURNING id', [call.params.id, call.body.name])).rows)
          await hub.audit(tx, administered(call, 'team_changed', call.params.id))
          return team(tx, call.params.id)
        })
        return json(view)
      },
    }),
  ]
}
