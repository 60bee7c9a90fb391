import { createLookup } from './lane.ts'
import type { Lane } from './lane.ts'

/** Territories of customers and what was erased, asked for many at once and remembered for one batch. */
export type Places = {
  readonly territoryOf: (customerId: string) => Promise<string | null>
  /** Scopes an erased record had, or `null` when it was not erased. */
  readonly erasedFrom: (id: string) => Promise<readonly string[] | null>
  /** What was refused because it named an erased record: what hangs on it is refused for the same reason. */
  readonly noteErased: (opId: string, named: readonly string[]) => Promise<void>
  readonly writeErased: () => Promise<void>
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
  const noted = new Map<string, { readonly parent: string; readonly scopes: readonly string[] }>()
  return {
    territoryOf: territories.get,
    erasedFrom: (id) => {
      const known = noted.get(id)
      return known ? Promise.resolve(known.scopes) : erased.get(id)
    },
    noteErased: async (opId, named) => {
      for (const parent of named) {
        const scopes = await erased.get(parent)
        if (scopes) noted.set(opId, { parent, scopes })
      }
    },
    writeErased: async () => {
      if (noted.size === 0) return
      await lane.query(
        'INSERT INTO erased_record (id, customer_id, scopes) SELECT r.op, e.customer_id, e.scopes FROM unnest($1::text[], $2::text[]) AS r(op, parent) JOIN erased_record AS e ON e.id = r.parent ON CONFLICT DO NOTHING',
        [[...noted.keys()], [...noted.values()].map(({ parent }) => parent)],
      )
    },
    asked: territories.asked,
  }
}
