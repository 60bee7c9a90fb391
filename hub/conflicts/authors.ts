/** Who last wrote a field of a customer, as far as the hub remembers: a value that loses a conflict keeps its author. */
import { recordPlans } from '../../shared/model/record-plan.ts'
import { contactFields, identityFields } from '../../shared/operations/customers.ts'
import type { Change } from '../../shared/operations/operation.ts'
import type { Tx } from '../server/parts.ts'
import type { Verdict } from '../sync/judge.ts'
import { createLookup } from '../sync/lane.ts'
import type { Lane } from '../sync/lane.ts'

type Author = { readonly by: string; readonly at: string }
export type Authors = {
  /** The verdict with the author of each value that lost, and its own writes remembered for those that follow in the batch. */
  readonly named: (verdict: Verdict, at: string) => Promise<Verdict>
  /** Keeps who wrote what; after the rows themselves. */
  readonly write: (tx: Tx) => Promise<void>
}

const columns = new Map(recordPlans.customer.columns.map(({ property, column }) => [property, column]))
/** A field of a customer that is owned by whoever wrote it. */
const owned = new Set<string>([...contactFields, ...identityFields])

export function createAuthors(lane: Lane): Authors {
  const known = createLookup(async (customers) => {
    const { rows } = await lane.query<{ id: string; fields: { [field: string]: Author } }>(
      `SELECT customer_id AS id, jsonb_object_agg(field, jsonb_build_object('by', set_by, 'at', set_at)) AS fields FROM field_owner
       WHERE customer_id = ANY($1) AND set_by IS NOT NULL AND set_at IS NOT NULL GROUP BY 1`,
      [customers],
    )
    return new Map(rows.map(({ id, fields }) => [id, fields]))
  })
  /** Of this batch, by customer and field. */
  const written = new Map<string, { readonly customerId: string; readonly field: string } & Author>()
  const name = (customerId: string, field: string) => `${customerId}\u0001${field}`

  async function authorOf(customerId: string, field: string): Promise<Author | null> {
    const here = written.get(name(customerId, field))
    return here ?? (await known.get(customerId))?.[columns.get(field) ?? field] ?? null
  }
  async function withAuthor(change: Change): Promise<Change> {
    if (change.table !== 'fieldConflict' || change.action !== 'insert' || change.row.lostBy !== null) return change
    const author = await authorOf(change.row.customerId, change.row.field)
    return author ? { ...change, row: { ...change.row, lostBy: author.by as typeof change.row.keptBy, lostAt: author.at } } : change
  }

  return {
    named: async (verdict, at) => {
      if (verdict.changes.length === 0) return verdict
      const changes: Change[] = []
      for (const change of verdict.changes) changes.push(await withAuthor(change))
      for (const change of verdict.changes) {
        if (change.table !== 'customer' || change.action !== 'update' || typeof change.where.id !== 'string' || verdict.actor === null) continue
        for (const field of Object.keys(change.set)) if (owned.has(field)) written.set(name(change.where.id, field), { customerId: change.where.id, field, by: verdict.actor, at })
      }
      return { ...verdict, changes }
    },
    write: async (tx) => {
      if (written.size === 0) return
      const each = [...written.values()]
      await tx.query(
        `UPDATE field_owner AS f SET set_by = q.by, set_at = q.at FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS q(customer, field, by, at)
         WHERE f.customer_id = q.customer AND f.field = q.field`,
        [each.map(({ customerId }) => customerId), each.map(({ field }) => columns.get(field) ?? field), each.map(({ by }) => by), each.map(({ at }) => at)],
      )
    },
  }
}
