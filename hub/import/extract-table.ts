import type { ExtractKind } from '../../shared/import/extract-format.ts'
import { loadTables } from '../../shared/import/load-tables.ts'
import type { LoadTable } from '../../shared/import/load-tables.ts'
import type { ColumnKind } from '../../shared/model/record-plan.ts'
import { recordPlans } from '../../shared/model/record-plan.ts'
import type { RecordPlan } from '../../shared/model/record-plan.ts'

export type StagedColumn = { readonly property: string; readonly column: string; readonly kind: ColumnKind }

/** How an extract lies while it is judged, and where it goes. Names come from our own tables only: they are put into statements as they are. */
export type ExtractTable = {
  readonly kind: ExtractKind
  readonly plan: RecordPlan
  readonly table: string
  /** Temporary, of the import's own connection. */
  readonly stage: string
  readonly columns: readonly StagedColumn[]
  /** Columns of the business key. */
  readonly keys: readonly string[]
  readonly appendOnly: boolean
  readonly deskStands: string | null
  readonly touched: string | null
}

export const sqlTypes: { readonly [K in ColumnKind]: string } = { text: 'text', integer: 'bigint', boolean: 'boolean' }

export function extractTable(kind: ExtractKind): ExtractTable {
  const { table, columns, keys, appendOnly, deskStands, touched } = loadTables[kind] as LoadTable<Record<string, unknown>>
  const plan = Object.values(recordPlans).find((each) => each.table === table)
  if (!plan) throw new Error(`no plan for ${table}`)
  const staged = Object.entries(columns).map(([property, column]) => ({ property, column, kind: plan.columns.find((each) => each.column === column)?.kind ?? 'text' }))
  return { kind, plan, table, stage: `stage_${kind}`, columns: staged, keys: keys.map((key) => columns[key] ?? key), appendOnly, deskStands, touched }
}

/** `a.x IS DISTINCT FROM b.x OR …` over everything but the key. */
export function differs({ columns, keys }: ExtractTable, a: string, b: string): string {
  return columns.filter(({ column }) => !keys.includes(column)).map(({ column }) => `${a}.${column} IS DISTINCT FROM ${b}.${column}`).join(' OR ')
}

export function sameKey({ keys }: Pick<ExtractTable, 'keys'>, a: string, b: string): string {
  return keys.map((key) => `${a}.${key} = ${b}.${key}`).join(' AND ')
}

export const list = (columns: readonly string[], alias = ''): string => columns.map((column) => (alias === '' ? column : `${alias}.${column}`)).join(', ')
