/**
 * Reads for many operations at once: what is asked within one turn of the event loop for the same table and columns becomes one query,
 * so that a batch of operations costs as many round trips as its deepest chain of reads.
 */
import type { TableName } from '../../shared/domain/records/tables.ts'
import type { Lane } from './lane.ts'
import { recordPlans } from '../../shared/model/record-plan.ts'
import { columnOf, selectList, sqlType } from './record-sql.ts'
import type { Row } from './record-sql.ts'

export type Value = string | number | boolean | null
/** Equality on columns; an array means "one of". */
export type Condition = { readonly [property: string]: Value | readonly Value[] }
export type Order = { readonly by: string; readonly descending?: boolean; readonly limit?: number }
export type Request = { readonly table: TableName; readonly where: Condition; readonly order?: Order | undefined }

export type BatchReader = { readonly read: (request: Request) => Promise<readonly Row[]> }

type Waiting = Request & { readonly resolve: (rows: readonly Row[]) => void; readonly reject: (cause: unknown) => void }

export function createBatchReader(lane: Lane): BatchReader {
  let waiting: Waiting[] = []

  function flush(): void {
    const groups = Map.groupBy(waiting, shapeOf)
    waiting = []
    for (const group of groups.values()) void answer(lane, group)
  }
  return {
    read: (request) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush)
        waiting.push({ ...request, resolve, reject })
      }),
  }
}

const isMany = (value: Condition[string] | undefined): value is readonly Value[] => Array.isArray(value)

/** Requests of one shape differ in their values only. */
function shapeOf({ table, where, order }: Request): string {
  const columns = Object.entries(where).map(([property, value]) => (value === null ? `${property} null` : isMany(value) ? `${property} many` : property))
  return [table, ...columns, order ? `${order.by} ${order.descending === true} ${order.limit}` : ''].join('|')
}

async function answer(lane: Lane, group: readonly Waiting[]): Promise<void> {
  const [first] = group
  if (!first) return
  try {
    const { text, values } = queryOf(first, group)
    const { rows } = await lane.query<Row & { i: number }>(text, values)
    const answers = group.map((): Row[] => [])
    for (const { i, ...row } of rows) answers[i - 1]?.push(row)
    group.forEach((each, index) => each.resolve(answers[index] ?? []))
  } catch (error) {
    for (const each of group) each.reject(error)
  }
}

function queryOf({ table, where, order }: Request, group: readonly Request[]): { text: string; values: unknown[] } {
  const values: unknown[] = []
  const given: string[] = []
  const conditions = Object.entries(where).map(([property, value], index) => {
    const column = columnOf(table, property)
    if (value === null) return `t.${column.column} IS NULL`
    // Lists differ in length, and an array of arrays must not: they travel as JSON.
    values.push(group.map((each) => (isMany(value) ? JSON.stringify(each.where[property]) : each.where[property])))
    given.push(`$${values.length}::${isMany(value) ? 'text' : sqlType(column)}[] AS c${index}`)
    return isMany(value) ? `t.${column.column}::text IN (SELECT jsonb_array_elements_text(q.c${index}::jsonb))` : `t.${column.column} = q.c${index}`
  })
  values.push(group.length)
  const names = given.map((text) => text.slice(text.lastIndexOf(' ') + 1))
  const rows = `ROWS FROM (generate_series(1, $${values.length}::bigint)${given.map((text) => `, unnest(${text.slice(0, text.lastIndexOf(' AS '))})`).join('')}) AS q(i${names.map((name) => `, ${name}`).join('')})`
  const sorted = order ? ` ORDER BY t.${columnOf(table, order.by).column}${order.descending === true ? ' DESC' : ''}` : ''
  const limited = order?.limit === undefined ? '' : ` LIMIT ${Math.trunc(order.limit)}`
  const condition = conditions.length === 0 ? 'true' : conditions.join(' AND ')
  return { text: `SELECT q.i, found.* FROM ${rows} CROSS JOIN LATERAL (SELECT ${selectList(table, 't')} FROM ${recordPlans[table].table} AS t WHERE ${condition}${sorted}${limited}) AS found`, values }
}
