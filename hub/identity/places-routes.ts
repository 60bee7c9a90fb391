import type { OfficeView, TeamView } from '../../shared/contract/administration.ts'
import { z } from '../../shared/domain/schema.ts'
import { HubError } from '../server/errors.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import type { Route } from '../server/route.ts'
import { administered, administration, theOne } from './admin-route.ts'
import { refusingTaken } from './database-errors.ts'
import { scopesChanged, territoriesOf } from './scopes.ts'

const officeView = z.object({ id: z.string(), name: z.string(), territoryIds: z.array(z.string()), desks: z.int(), people: z.int() })
const teamView = z.object({ id: z.string(), name: z.string(), people: z.int() })

const offices = `SELECT o.id, o.name, ARRAY(SELECT territory_id FROM office_territory WHERE office_id = o.id ORDER BY 1) AS "territoryIds",
  (SELECT count(*) FROM device WHERE office_id = o.id AND state = 'active') AS desks, (SELECT count(*) FROM staff WHERE office_id = o.id) AS people FROM office o`
const teams = 'SELECT t.id, t.name, (SELECT count(*) FROM staff WHERE team_id = t.id) AS people FROM team t'

/** Offices, with the territories their desks hold, and teams. */
export function placesRoutes(hub: HubParts): readonly Route[] {
  const save = <T>(work: (tx: Tx) => Promise<T>) => refusingTaken('name_taken', () => hub.transaction(work))
  return [
    administration('offices', { summary: 'Offices', answer: z.array(officeView), handle: async () => (await hub.pool.query<OfficeView>(`${offices} ORDER BY o.name`)).rows }),
    administration('saveOffice', {
      summary: 'Adds or changes an office; its desks gain and lose customers with its territories', answer: officeView,
      handle: (call) =>
        save(async (tx) => {
          const id = await named(tx, 'office', call.body, hub)
          if (await setTerritories(tx, id, call.body.territoryIds)) await scopesChanged(tx, [id])
          await hub.audit(tx, administered(call, call.body.id === null ? 'office_added' : 'office_changed', id, { territories: call.body.territoryIds }))
          return theOne((await tx.query<OfficeView>(`${offices} WHERE o.id = $1`, [id])).rows)
        }),
    }),
    administration('teams', { summary: 'Teams', answer: z.array(teamView), handle: async () => (await hub.pool.query<TeamView>(`${teams} ORDER BY t.name`)).rows }),
    administration('saveTeam', {
      summary: 'Adds or changes a team', answer: teamView,
      handle: (call) =>
        save(async (tx) => {
          const id = await named(tx, 'team', call.body, hub)
          await hub.audit(tx, administered(call, call.body.id === null ? 'team_added' : 'team_changed', id))
          return theOne((await tx.query<TeamView>(`${teams} WHERE t.id = $1`, [id])).rows)
        }),
    }),
  ]
}

/** Adds or renames what has a name of its own and nothing else; answers its id. */
async function named(tx: Tx, table: 'office' | 'team', { id, name }: { readonly id: string | null; readonly name: string }, { ids }: HubParts): Promise<string> {
  const sql = id === null ? `INSERT INTO ${table} (id, name) VALUES ($1, $2) RETURNING id` : `UPDATE ${table} SET name = $2 WHERE id = $1 RETURNING id`
  return theOne((await tx.query<{ id: string }>(sql, [id ?? ids.next(), name])).rows).id
}

/** Answers whether anything changed. */
async function setTerritories(tx: Tx, officeId: string, wanted: readonly string[]): Promise<boolean> {
  const ids = [...new Set(wanted)].toSorted()
  const known = await tx.query('SELECT 1 FROM territory WHERE id = ANY($1)', [ids])
  if (known.rowCount !== ids.length) throw new HubError(404, 'not_found')
  const before = await territoriesOf(tx, officeId)
  await tx.query('DELETE FROM office_territory WHERE office_id = $1 AND territory_id <> ALL($2)', [officeId, ids])
  await tx.query('INSERT INTO office_territory (office_id, territory_id) SELECT $1, t FROM unnest($2::text[]) AS t ON CONFLICT DO NOTHING', [officeId, ids])
  return before.toSorted().join('\n') !== ids.join('\n')
}
