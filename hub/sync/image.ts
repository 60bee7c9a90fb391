/**
 * The records as a batch of operations sees them: the database beneath, and on top what the operations before it in the same batch have
 * decided. Nothing is written here. What was read is remembered, so that it can be asked afterwards whether anybody changed it meanwhile.
 */
import type { TableName, Tables } from '../../shared/domain/records/tables.ts'
import { recordPlans } from '../../shared/model/record-plan.ts'
import type { Change, Reader } from '../../shared/operations/operation.ts'
import type { BatchReader, Condition, Order, Request, Value } from './batch-reader.ts'
import { keyText } from './record-sql.ts'
import type { Row } from './record-sql.ts'

/** A row that the batch has inserted or changed, as it stands after it. `by`: the last operation that did. */
export type Touched = { readonly table: TableName; readonly row: Row; readonly isNew: boolean; readonly by: number }
/** What was asked of the database: the conditions, and the keys of the rows found. */
export type Seen = { readonly requests: readonly Request[]; readonly rows: ReadonlyMap<TableName, ReadonlySet<string>> }

export type Image = {
  readonly reader: Reader
  /** Carries out what operation number `by` decided; answers which rows that touched. */
  readonly apply: (changes: readonly Change[], by: number) => Promise<readonly Touched[]>
  /** In the order in which they were first touched. */
  readonly touched: () => readonly Touched[]
  readonly seen: () => Seen
}

/** An operation changed what is not there, or made what is there already. */
export class ImpossibleChangeError extends Error {
  override readonly name = 'ImpossibleChangeError'
}

export function createImage(database: BatchReader): Image {
  const asked = new Map<string, { readonly request: Request; readonly rows: Promise<readonly Row[]> }>()
  const found = new Map<TableName, Set<string>>()
  const layers = new Map<TableName, ReturnType<typeof createLayer>>()

  function fromDatabase(request: Request): Promise<readonly Row[]> {
    const key = JSON.stringify([request.table, request.where, request.order])
    const known = asked.get(key)
    if (known) return known.rows
    const rows = database.read(request)
    asked.set(key, { request, rows })
    return rows
  }

  async function read(table: TableName, where: Condition, order?: Order): Promise<readonly Row[]> {
    const rows = remember(table, await fromDatabase({ table, where, order }))
    const layer = layers.get(table)
    if (!layer) return rows
    const limit = order?.limit
    if (limit !== undefined && rows.length >= limit) {
      // Rows of the layer may make room for others that the limit has cut off.
      const wider = { ...order, by: order?.by ?? '', limit: limit + 2 ** Math.ceil(Math.log2(layer.size() + 1)) }
      return layer.over(remember(table, await fromDatabase({ table, where, order: wider })), where, order)
    }
    return layer.over(rows, where, order)
  }

  function remember(table: TableName, rows: readonly Row[]): readonly Row[] {
    const keys = found.get(table) ?? new Set<string>()
    const [first] = recordPlans[table].key
    if (first) for (const row of rows) keys.add(String(row[first.property]))
    found.set(table, keys)
    return rows
  }

  async function applyOne(change: Change, by: number): Promise<readonly Touched[]> {
    const { table } = change
    const layer = layers.get(table) ?? createLayer(table)
    if (change.action === 'insert') {
      const row = wholeRow(table, change.row)
      if (layer.has(row)) throw new ImpossibleChangeError(table)
      layers.set(table, layer)
      return [layer.put({ table, row, isNew: true, by })]
    }
    const rows = await read(table, change.where)
    if (rows.length === 0) throw new ImpossibleChangeError(table)
    layers.set(table, layer)
    return rows.map((row) => layer.put({ table, row: { ...row, ...(change.set as Row) }, isNew: layer.isNew(row), by }))
  }

  return {
    reader: {
      one: async <T extends TableName>(table: T, where: object) => ((await read(table, where as Condition))[0] ?? null) as unknown as Tables[T] | null,
      many: async <T extends TableName>(table: T, where: object, order?: Order) => (await read(table, where as Condition, order)) as unknown as readonly Tables[T][],
    },
    apply: async (changes, by) => {
      const touched: Touched[] = []
      for (const change of changes) touched.push(...(await applyOne(change, by)))
      return touched
    },
    touched: () => [...layers.values()].flatMap((layer) => layer.all()),
    seen: () => ({ requests: [...asked.values()].map(({ request }) => request), rows: found }),
  }
}

function wholeRow(table: TableName, row: object): Row {
  const given = row as { readonly [property: string]: Value | undefined }
  return Object.fromEntries(recordPlans[table].columns.map(({ property }) => [property, given[property] ?? null]))
}

/** The touched rows of one table, found by any column that is asked for. */
function createLayer(table: TableName) {
  const rows = new Map<string, Touched>()
  const indexes = new Map<string, Map<Value, Set<string>>>()

  function note(index: Map<Value, Set<string>>, value: Value, key: string): void {
    const keys = index.get(value)
    if (keys) keys.add(key)
    else index.set(value, new Set([key]))
  }
  function indexOf(property: string): Map<Value, Set<string>> {
    const known = indexes.get(property)
    if (known) return known
    const made = new Map<Value, Set<string>>()
    for (const [key, { row }] of rows) note(made, row[property] ?? null, key)
    indexes.set(property, made)
    return made
  }
  function matching(where: Condition): Row[] {
    const narrow = Object.entries(where).find((entry): entry is [string, Value] => !Array.isArray(entry[1]))
    const keys = narrow ? (indexOf(narrow[0]).get(narrow[1]) ?? []) : rows.keys()
    return [...keys].flatMap((key) => rows.get(key) ?? []).flatMap(({ row }) => (matches(row, where) ? [row] : []))
  }

  return {
    size: () => rows.size,
    all: () => [...rows.values()],
    has: (row: Row) => rows.has(keyText(table, row)),
    isNew: (row: Row) => rows.get(keyText(table, row))?.isNew === true,
    put: (touched: Touched): Touched => {
      const key = keyText(table, touched.row)
      rows.set(key, touched)
      // A key may linger under a value the row no longer has: `matching` looks at the row itself.
      for (const [property, index] of indexes) note(index, touched.row[property] ?? null, key)
      return touched
    },
    over: (below: readonly Row[], where: Condition, order: Order | undefined): readonly Row[] => {
      const kept = below.filter((row) => !rows.has(keyText(table, row)))
      const added = matching(where)
      const all = added.length === 0 ? kept : sorted([...kept, ...added], order)
      return order?.limit === undefined ? all : all.slice(0, order.limit)
    },
  }
}

function matches(row: Row, where: Condition): boolean {
  return Object.entries(where).every(([property, wanted]) => {
    const value = row[property] ?? null
    return Array.isArray(wanted) ? wanted.includes(value) : value === wanted
  })
}

function sorted(rows: Row[], order: Order | undefined): Row[] {
  if (!order) return rows
  const turn = order.descending === true ? -1 : 1
  const rank = (a: Value | undefined, b: Value | undefined) => (a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1)
  return rows.toSorted((a, b) => turn * rank(a[order.by], b[order.by]))
}
