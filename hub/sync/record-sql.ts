/** SQL over business tables, made from the one description of a row. Values travel as parameters, always as sets. */
import type { TableName } from '../../shared/domain/records/tables.ts'
import { recordPlans } from '../../shared/model/record-plan.ts'
import type { ColumnKind, ColumnPlan } from '../../shared/model/record-plan.ts'

/** A row by property name, as in `shared/domain/records`. */
export type Row = { readonly [property: string]: string | number | boolean | null }

const sqlTypes: { readonly [K in ColumnKind]: string } = { text: 'text', integer: 'bigint', boolean: 'boolean' }
export const sqlType = ({ kind }: ColumnPlan): string => sqlTypes[kind]

/** `t.meter_id AS "meterId", …`: rows come back by property name. */
export const selectList = (table: TableName, alias: string): string => recordPlans[table].columns.map(({ column, property }) => `${alias}.${column} AS "${property}"`).join(', ')

export function columnOf(table: TableName, property: string): ColumnPlan {
  const found = recordPlans[table].columns.find((column) => column.property === property)
  if (!found) throw new RangeError(`${table} has no ${property}`)
  return found
}

/** Rows of `$1`, a JSON array of objects by property name, as a table `r` with the columns' names in quotes. */
const recordset = (table: TableName): string => `jsonb_to_recordset($1::jsonb) AS r(${recordPlans[table].columns.map((column) => `"${column.property}" ${sqlType(column)}`).join(', ')})`

export function insertSql(table: TableName): string {
  const { columns, table: name } = recordPlans[table]
  return `INSERT INTO ${name} (${columns.map(({ column }) => column).join(', ')}) SELECT ${columns.map(({ property }) => `r."${property}"`).join(', ')} FROM ${recordset(table)}`
}

/** Whole rows, found by their key. */
export function updateSql(table: TableName): string {
  const { columns, key, table: name } = recordPlans[table]
  const set = columns.filter((column) => !key.includes(column) && !writtenOnce.has(`${table}.${column.property}`))
  return `UPDATE ${name} AS t SET ${set.map(({ column, property }) => `${column} = r."${property}"`).join(', ')} FROM ${recordset(table)} WHERE ${key.map(({ column, property }) => `t.${column} = r."${property}"`).join(' AND ')}`
}

/** The working role may not rewrite the story of a ticket. */
const writtenOnce = new Set(['ticketId', 'at', 'actor', 'desk', 'kind', 'fromState', 'toState', 'seq'].map((property) => `ticketEvent.${property}`))

/** Text that names a row within its table. */
export const keyText = (table: TableName, row: Row): string => recordPlans[table].key.map(({ property }) => String(row[property])).join('\u0001')
