/** The stored shape of every table in plain words, for the code that speaks SQL itself: the models stay the only description. */
import type { EntitySchemaColumnOptions } from 'typeorm'
import type { TableName } from '../domain/records/tables.ts'
import { models } from './models.ts'

export type ColumnKind = 'text' | 'integer' | 'boolean'
export type ColumnPlan = {
  /** Property of the row type. */
  readonly property: string
  readonly column: string
  readonly kind: ColumnKind
  readonly nullable: boolean
}
export type RecordPlan = {
  readonly name: TableName
  readonly table: string
  /** Without the desk's own row numbers. */
  readonly columns: readonly ColumnPlan[]
  /** What identifies a row on every desk and at the hub. */
  readonly key: readonly ColumnPlan[]
}

/** A customer's `n` is a number of this desk alone. */
const ownNumber = 'n'

export const recordPlans: { readonly [T in TableName]: RecordPlan } = Object.fromEntries(
  Object.entries(models).map(([name, model]) => [name, plan(name as TableName, model.options.tableName ?? name, model.options.columns)]),
) as { readonly [T in TableName]: RecordPlan }

export const tableNames = Object.keys(recordPlans) as readonly TableName[]

/** Properties of the key with their values, in order: what a feed row is called by. */
export function keyOf(name: TableName, row: { readonly [property: string]: unknown }): readonly (string | number)[] {
  return recordPlans[name].key.map(({ property }) => row[property] as string | number)
}

function plan(name: TableName, table: string, columns: { readonly [property: string]: EntitySchemaColumnOptions | undefined }): RecordPlan {
  const all = Object.entries(columns).flatMap(([property, options]) => (options === undefined || property === ownNumber ? [] : [{ options, plan: column(property, options) }]))
  const primary = all.filter(({ options }) => options.primary === true)
  const key = primary.length > 0 ? primary : all.filter(({ options, plan: { property } }) => property === 'id' && options.unique === true)
  return { name, table, columns: all.map(({ plan: each }) => each), key: key.map(({ plan: each }) => each) }
}

function column(property: string, options: EntitySchemaColumnOptions): ColumnPlan {
  return { property, column: options.name ?? property, kind: options.type as ColumnKind, nullable: options.nullable === true }
}
