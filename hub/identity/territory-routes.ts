import type { TerritoryView } from '../../shared/contract/administration.ts'
import { administrationCalls, territoryRule } from '../../shared/contract/administration.ts'
import { z } from '../../shared/domain/schema.ts'
import { assignTerritories } from '../import/territories.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import { json, route } from '../server/route.ts'
import type { Route } from '../server/route.ts'
import { admin, adminBody, administered, adminReading, idParams, theOne } from './admin-route.ts'
import { refusingTaken } from './database-errors.ts'

const input = administrationCalls.saveTerritory.input.omit({ id: true })
const view = z.object({ id: z.string(), name: z.string(), rules: z.array(territoryRule), priority: z.int(), customers: z.int() })
const views = 'SELECT t.id, t.name, t.rules, t.priority, (SELECT count(*) FROM customer_territory WHERE territory_id = t.id) AS customers FROM territory t'

/** Territories: which customers belong together, and so to the desks of the same offices. */
export function territoryRoutes(hub: HubParts): readonly Route[] {
  /** Customers move with the rules, in the same transaction: nobody sees rules that do not hold yet. */
  const save = (work: (tx: Tx) => Promise<string>): Promise<TerritoryView> =>
    refusingTaken('name_taken', () =>
      hub.transaction(async (tx) => {
        // Each customer is looked at once: with a million of them that takes longer than a request otherwise may.
        await tx.query(`SET LOCAL statement_timeout = '10min'`)
        const id = await work(tx)
        await assignTerritories(tx, { customerIds: null })
        return theOne((await tx.query<TerritoryView>(`${views} WHERE t.id = $1`, [id])).rows)
      }),
    )
  return [
    route({ ...adminReading, method: 'GET', path: '/v1/admin/territories', summary: 'Territories with their rules', answer: z.array(view), handle: async () => json((await hub.pool.query<TerritoryView>(`${views} ORDER BY t.priority, t.name`)).rows) }),
    route({
      ...admin, method: 'POST', path: '/v1/admin/territories', body: input, bodyLimit: adminBody * 4, summary: 'Adds a territory and moves the customers its rules fit', answer: view,
      handle: async (call) => {
        const id = hub.ids.next()
        const saved = await save(async (tx) => {
          await tx.query('INSERT INTO territory (id, name, rules, priority) VALUES ($1, $2, $3, $4)', [id, call.body.name, JSON.stringify(call.body.rules), call.body.priority])
          await hub.audit(tx, administered(call, 'territory_added', id, { rules: call.body.rules.length }))
          return id
        })
        return json(saved, 201)
      },
    }),
    route({
      ...admin, method: 'PUT', path: '/v1/admin/territories/:id', params: idParams, body: input, bodyLimit: adminBody * 4, summary: 'Changes a territory and moves the customers accordingly', answer: view,
      handle: async (call) => {
        const saved = await save(async (tx) => {
          theOne((await tx.query('UPDATE territory SET name = $2, rules = $3, priority = $4 WHERE id = $1 RETURNING id', [call.params.id, call.body.name, JSON.stringify(call.body.rules), call.body.priority])).rows)
          await hub.audit(tx, administered(call, 'territory_changed', call.params.id, { rules: call.body.rules.length }))
          return call.params.id
        })
        return json(saved)
      },
    }),
  ]
}
