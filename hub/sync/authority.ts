import { createLookup } from './lane.ts'
import type { Lane } from './lane.ts'

/** Territories of customers and what was erased, asked for many at once and remembered for one batch. */
export type Places = {
  readonly territoryOf: (customerId: string) => Promise<string | null>
  /** Scopes an erased record had, or `null` when it was not erased. */
  readonly erasedFrom: (id: string) => Promise<readonly string[] | null>
  /** Customers whose territory was asked. */
  readonly asked: () => Iterable<string>
}

export function createPlaces(lane: Lane): Places {
  const territories = createLookup(async (ids) => {
    const { rows } = await lane.query<{ id: string; territory: string }>('SELECT customer_id AS id, territory_id AS territory FROM customer_territory WHERE customer_id = ANY($1)', [ids])
    return new Map(rows.map(({ id, territory }) => [id, territory]))
  })
  const erased = createLookup(async (ids) => {
    const { rows } = await lane.query<{ id: string; scopes: string[] }>('SELECT id, scopes FROM erased_record WHERE id = ANY($1)', [ids])
    return new Map(rows.map(({ id, scopes }) => [id, scopes]))
  })
  return { territoryOf: territories.get, erasedFrom: erased.get, asked: territories.asked }
}
