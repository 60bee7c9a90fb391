/**
 * Whether anybody committed a change of what a batch has read. Every change of a record has its row in the feed, so the feed tells, and
 * batches of different desks need no locks on what they read.
 */
import type { TableName } from '../../shared/domain/records/tables.ts'
import { recordPlans } from '../../shared/model/record-plan.ts'
import type { Tx } from '../server/parts.ts'
import type { Condition, Request, Value } from './batch-reader.ts'
import type { Seen } from './image.ts'

/** Asked with the feed locked, and only when it has moved. `after`: head of the feed before the first read. `customers`: whose territory was looked up besides. */
export async function isUntouched(tx: Tx, after: number, seen: Seen, customers: Iterable<string>): Promise<boolean> {
  const { text, values } = questionOf(seen, customers)
  const { rows } = await tx.query<{ touched: boolean }>(`SELECT EXISTS (SELECT 1 FROM change AS c WHERE c.pos > $1 AND (${text})) AS touched`, [after, ...values])
  return rows[0]?.touched === false
}

function questionOf({ requests, rows }: Seen, customers: Iterable<string>): { text: string; values: unknown[] } {
  const keys = new Map<TableName, Set<string>>([...rows].map(([table, found]) => [table, new Set(found)]))
  const note = (table: TableName, key: string) => keys.set(table, (keys.get(table) ?? new Set<string>()).add(key))
  for (const customer of customers) note('customer', customer)
  const conditions: Request[] = []
  for (const request of requests) {
    const id = onlyKeyOf(request)
    if (id === null) conditions.push(request)
    else note(request.table, id)
  }
  const values: unknown[] = []
  const next = (value: unknown) => `$${values.push(value) + 1}`
  const byKey = [...keys].filter(([, found]) => found.size > 0).map(([table, found]) => `c.tbl = '${table}' AND c.key->>0 = ANY(${next([...found])}::text[])`)
  const shapes = Map.groupBy(conditions, ({ table, where }) => [table, ...plainColumns(where)].join('|'))
  const byCondition = [...shapes.values()].map((group) => {
    const [{ table, where }] = group as [Request, ...Request[]]
    const columns = plainColumns(where)
    if (columns.length === 0) return `c.tbl = '${table}'`
    const distinct = [...new Map(group.map(({ where: each }) => [JSON.stringify(columns.map((column) => each[column])), each])).values()]
    const lists = columns.map((column) => `unnest(${next(distinct.map((each) => textOf(each[column] as Value)))}::text[])`)
    const names = columns.map((_, index) => `v${index}`)
    // A set that is hashed once, not walked for each row of the feed.
    return `c.tbl = '${table}' AND (${columns.map((column) => `coalesce(c.row->>'${column}', '${nothing}')`).join(', ')}) IN (SELECT ${names.map((name) => `coalesce(${name}, '${nothing}')`).join(', ')} FROM ROWS FROM (${lists.join(', ')}) AS q(${names.join(', ')}))`
  })
  const all = [...byKey, ...byCondition]
  return { text: all.length === 0 ? 'false' : all.map((text) => `(${text})`).join(' OR '), values }
}

/** Stands for no value: no text of ours is this character. */
const nothing = '\u0001'
const textOf = (value: Value): string | null => (value === null ? null : String(value))

/** The value of a condition that names a row by its whole key of one column. */
function onlyKeyOf({ table, where }: Request): string | null {
  const [first, second] = recordPlans[table].key
  const names = Object.keys(where)
  const value = first && names.length === 1 && second === undefined ? where[first.property] : undefined
  return typeof value === 'string' ? value : null
}

/** Columns that are compared with one value; a list only widens what counts as touched. */
const plainColumns = (where: Condition): string[] => Object.entries(where).flatMap(([property, value]) => (Array.isArray(value) ? [] : [property]))
