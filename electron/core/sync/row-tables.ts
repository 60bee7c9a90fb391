/** Rows of the business tables by plain SQL, generated from the models; for everything that happens inside one transaction. */
import { recordPlans } from '../../../shared/model/record-plan.ts'
import type { ColumnPlan, RecordPlan } from '../../../shared/model/record-plan.ts'
import type { TableName } from '../../../shared/domain/records/tables.ts'
import type { RawDatabase } from '../store/cipher.ts'

export type Value = string | number | boolean | null
/** By property, as in `shared/domain/records`. */
export type PlainRow = { readonly [property: string]: Value }
export type Key = readonly (string | number)[]

export type RowTable = {
  readonly plan: RecordPlan
  readonly get: (key: Key) => PlainRow | null
  /** Inserts or replaces. A row that lacks fields keeps what is stored in them. Rows that hold its unique values make room: the hub's word counts. */
  readonly put: (row: { readonly [property: string]: unknown }) => void
  /** The same without making room: throws where another row holds a unique value. */
  readonly write: (row: { readonly [property: string]: unknown }) => void
  /** True when there was one. */
  readonly remove: (key: Key) => boolean
  /** Rows with these values; a list means one of them. */
  readonly find: (where: { readonly [property: string]: unknown }, order?: { by: string; descending?: boolean; limit?: number }) => PlainRow[]
}
export type RowTables = (name: TableName) => RowTable

/** Unique besides the key; a row in the way is out of date and will come again. */
const uniqueToo: { readonly [T in TableName]?: readonly { columns: readonly string[]; also: string }[] } = {
  ticket: [{ columns: ['code'], also: 'TRUE' }],
  person: [{ columns: ['username'], also: 'TRUE' }],
  portalProfile: [{ columns: ['customerId', 'brandId'], also: 'TRUE' }],
  contractLink: [{ columns: ['profileId', 'contractId'], also: `state = 'linked'` }],
}

const made = new WeakMap<RawDatabase, RowTables>()

/** One set of prepared statements for each connection. */
export function rowTables(db: RawDatabase): RowTables {
  const known = made.get(db)
  if (known) return known
  const tables = new Map<TableName, RowTable>()
  const all: RowTables = (name) => {
    const found = tables.get(name) ?? createRowTable(db, recordPlans[name])
    tables.set(name, found)
    return found
  }
  made.set(db, all)
  return all
}

function createRowTable(db: RawDatabase, plan: RecordPlan): RowTable {
  const { table, columns, key } = plan
  const names = columns.map(({ column }) => column).join(', ')
  const keyIs = key.map(({ column }) => `${column} = ?`).join(' AND ')
  const others = columns.filter((column) => !key.includes(column))
  const select = db.prepare<unknown[], Record<string, unknown>>(`SELECT ${names} FROM ${table} WHERE ${keyIs}`)
  const update = others.map(({ column }) => `${column} = excluded.${column}`).join(', ')
  const upsert = db.prepare(`INSERT INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT (${key.map(({ column }) => column).join(', ')}) DO UPDATE SET ${update}`)
  const erase = db.prepare(`DELETE FROM ${table} WHERE ${keyIs}`)
  const found = new Map<string, ReturnType<RawDatabase['prepare']>>()
  const toRow = (stored: Record<string, unknown>): PlainRow => Object.fromEntries(columns.map((column) => [column.property, fromStored(column, stored[column.column])]))
  const keyOf = (row: { readonly [property: string]: unknown }) => key.map(({ property }) => row[property] as string | number)
  const get = (values: Key) => {
    const stored = select.get(...values)
    return stored ? toRow(stored) : null
  }

  const whole = (given: { readonly [property: string]: unknown }) => (columns.every(({ property }) => given[property] !== undefined) ? given : { ...emptyRow(columns), ...get(keyOf(given)), ...given })
  const valuesOf = (row: { readonly [property: string]: unknown }) => columns.map((column) => toStored(column, row[column.property]))

  function makeRoom(row: { readonly [property: string]: unknown }): void {
    for (const { columns: unique, also } of uniqueToo[plan.name] ?? []) {
      const own = unique.map((property) => ({ column: columnOf(plan, property).column, value: row[property] }))
      db.prepare(`DELETE FROM ${table} WHERE ${own.map(({ column }) => `${column} = ?`).join(' AND ')} AND ${also} AND NOT (${keyIs})`).run(...own.map(({ value }) => value), ...keyOf(row))
    }
  }

  return {
    plan,
    get,
    put: (given) => {
      const row = whole(given)
      try {
        upsert.run(...valuesOf(row))
      } catch (error) {
        if (!isUniqueConflict(error)) throw error
        makeRoom(row)
        upsert.run(...valuesOf(row))
      }
    },
    write: (given) => void upsert.run(...valuesOf(whole(given))),
    remove: (values) => erase.run(...values).changes > 0,
    find: (where, order) => {
      const parts: string[] = []
      const values: unknown[] = []
      for (const [property, wanted] of Object.entries(where)) {
        const column = columnOf(plan, property)
        if (wanted === null) parts.push(`${column.column} IS NULL`)
        else if (Array.isArray(wanted)) {
          parts.push(`${column.column} IN (SELECT value FROM json_each(?))`)
          values.push(JSON.stringify(wanted.map((each) => toStored(column, each))))
        } else {
          parts.push(`${column.column} = ?`)
          values.push(toStored(column, wanted))
        }
      }
      const tail = order ? ` ORDER BY ${columnOf(plan, order.by).column} ${order.descending ? 'DESC' : 'ASC'}${order.limit === undefined ? '' : ` LIMIT ${Math.trunc(order.limit)}`}` : ''
      const sql = `SELECT ${names} FROM ${table} WHERE ${parts.length === 0 ? 'TRUE' : parts.join(' AND ')}${tail}`
      const statement = found.get(sql) ?? db.prepare(sql)
      found.set(sql, statement)
      return (statement.all(...values) as Record<string, unknown>[]).map(toRow)
    },
  }
}

function columnOf(plan: RecordPlan, property: string): ColumnPlan {
  const column = plan.columns.find((each) => each.property === property)
  if (!column) throw new Error(`${plan.name} has no ${property}`)
  return column
}

function toStored(column: ColumnPlan, value: unknown): string | number | null {
  if (value === null || value === undefined) return null
  if (column.kind === 'boolean') return value === true || value === 1 ? 1 : 0
  return typeof value === 'boolean' ? Number(value) : (value as string | number)
}

function fromStored(column: ColumnPlan, value: unknown): Value {
  if (value === null || value === undefined) return null
  return column.kind === 'boolean' ? value === 1 : (value as string | number)
}

/** What a hub of a version before does not know yet. */
function emptyRow(columns: readonly ColumnPlan[]): PlainRow {
  return Object.fromEntries(columns.map(({ property, kind, nullable }) => [property, nullable ? null : kind === 'text' ? '' : kind === 'boolean' ? false : 0]))
}

function isUniqueConflict(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE'
}
