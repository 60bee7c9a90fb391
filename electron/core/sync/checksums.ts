import { copyLine, createRowSum } from '../../../shared/sync/row-digest.ts'
import type { ChecksumsAnswer } from '../../../shared/sync/wire.ts'
import type { ColumnPlan, RecordPlan } from '../../../shared/model/record-plan.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { readState } from './sync-store.ts'

export type TableSum = { readonly table: string; readonly rows: number; readonly sum: string }
/** `cursor`: the position in the feed that the rows stand for. */
export type OwnSums = { readonly cursor: number; readonly tables: readonly TableSum[] }
type Value = string | number | boolean | null

/** Adds up every table as the hub last said it is, without what operations have changed since; of one moment. Blocks its thread. */
export function ownSums(db: RawDatabase, plans: readonly RecordPlan[]): OwnSums {
  return db.transaction(() => ({ cursor: readState(db, 'cursor') ?? 0, tables: plans.map((plan) => sumOf(db, plan)) }))()
}

/** Names of the tables that differ; one the hub says nothing about differs from nothing. */
export function differingTables(own: readonly TableSum[], theirs: ChecksumsAnswer['checksums']): string[] {
  return own.filter(({ table, rows, sum }) => theirs.some((hub) => hub.table === table && (hub.rows !== rows || hub.sum !== sum))).map(({ table }) => table)
}

function sumOf(db: RawDatabase, plan: RecordPlan): TableSum {
  const sum = createRowSum()
  const add = (values: readonly Value[]) => {
    const bytes = Buffer.from(copyLine(values))
    sum.add(bytes, 0, bytes.length)
  }
  const kept = db.prepare('SELECT key, row FROM base_row WHERE tbl = ?').all(plan.name) as { key: string; row: string | null }[]
  const beneath = new Set(kept.map(({ key }) => key))
  const keyAt = plan.key.map((part) => plan.columns.indexOf(part))
  const rows = db.prepare(`SELECT ${plan.columns.map(({ column }) => column).join(', ')} FROM ${plan.table}`).raw().iterate() as IterableIterator<(string | number | null)[]>
  for (const row of rows) {
    if (beneath.size > 0 && beneath.has(JSON.stringify(keyAt.map((at) => row[at])))) continue
    add(row.map((value, at) => valueOf(plan.columns[at], value)))
  }
  for (const { row } of kept) {
    if (row === null) continue
    const values = JSON.parse(row) as { readonly [property: string]: Value | undefined }
    add(plan.columns.map(({ property }) => values[property] ?? null))
  }
  return { table: plan.name, rows: sum.rows(), sum: sum.text() }
}

function valueOf(column: ColumnPlan | undefined, value: string | number | null): Value {
  return column?.kind === 'boolean' && value !== null ? value === 1 : value
}
