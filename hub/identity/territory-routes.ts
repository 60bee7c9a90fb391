import type { TerritoryView } from '../../shared/contract/administration.ts'
import { territoryRule } from '../../shared/contract/administration.ts'
import { z } from '../../shared/domain/schema.ts'
import { assignTerritories } from '../import/territories.ts'
import type { HubParts } from '../server/parts.ts'
import type { Route } from '../server/route.ts'
import { administered, administration, theOne } from './admin-route.ts'
import { refusingTaken } from './database-errors.ts'

const view = z.object({ id: z.string(), name: z.string(), rules: z.array(territoryRule), priority: z.int(), customers: z.int() })
const views = 'SELECT t.id, t.name, t.rules, t.priority, (SELECT count(*) FROM customer_territory WHERE territory_id = t.id) AS customers FROM territory t'

/** Territories: which customers belong together, and so to the desks of the same offices. */
export function territoryRoutes(hub: HubParts): readonly Route[] {
  return [
    administration('territories', { summary: 'Territories with their rules', answer: z.array(view), handle: async () => (await hub.pool.query<TerritoryView>(`${views} ORDER BY t.priority, t.name`)).rows }),
    administration('saveTerritory', {
      summary: 'Adds or changes a territory and moves the customers its rules fit', answer: view,
      handle: (call) =>
        refusingTaken('name_taken', () =>
          hub.transaction(async (tx) => {
            // Each customer is looked at once: with a million of them that takes longer than a request otherwise may.
            await tx.query(`SET LOCAL statement_timeout = '10min'`)
            const { id, name, rules, priority } = call.body
            const sql = id === null ? 'INSERT INTO territory (id, name, rules, priority) VALUES ($1, $2, $3, $4) RETURNING id' : 'UPDATE territory SET name = $2, rules = $3, priority = $4 WHERE id = $1 RETURNING id'
            const saved = theOne((await tx.query<{ id: string }>(sql, [id ?? hub.ids.next(), name, JSON.stringify(rules), priority])).rows)
            const trace = () => hub.audit(tx, administered(call, id === null ? 'territory_added' : 'territory_changed', saved.id, { rules: rules.length }))
            // Customers move with the rules, in the same transaction: nobody sees rules that do not hold yet. No push waits while they are looked for.
            await assignTerritories(tx, { customerIds: null, last: trace })
            return theOne((await tx.query<TerritoryView>(`${views} WHERE t.id = $1`, [saved.id])).rows)
          }),
        ),
    }),
  ]
}
