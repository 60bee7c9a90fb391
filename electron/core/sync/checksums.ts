import { copyLine, createRowSum } from '../../../shared/sync/row-digest.ts'
import type { RowSum } from '../../../shared/sync/row-digest.ts'
import type { ChecksumsAnswer } from '../../../shared/sync/wire.ts'
import type { ColumnPlan, RecordPlan } from '../../../shared/model/record-plan.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { partsOfRows, prepareParts, releaseParts } from './row-parts.ts'
import { readState } from './sync-store.ts'

/** `scope`: part of the customers, `*` for what is everybody's, empty for rows that belong to nobody. */
export type TableSum = { readonly table: string; readonly scope: string; readonly rows: number; readonly sum: string }
/** `cursor`: the position in the feed that the rows stand for. */
export type OwnSums = { readonly cursor: number; readonly tables: readonly TableSum[] }
type Value = string | number | boolean | null

/** Rows between two looks at whether anybody still wants to know. */
const rowsBetweenLooks = 4_096

/**
 * Adds up every table as the hub last said it is, without what operations have changed since; of one moment. Blocks its thread. Throws when
 * `isStopped` says that nobody waits for it any more.
 */
export function ownSums(db: RawDatabase, plans: readonly RecordPlan[], isStopped: () => boolean): OwnSums {
  return db.transaction(() => {
    prepareParts(db)
    try {
      return { cursor: readState(db, 'cursor') ?? 0, tables: plans.flatMap((plan) => sumsOf(db, plan, isStopped)) }
    } finally {
      releaseParts(db)
    }
  })()
}

/** The sums that differ; a table the hub says nothing about differs from nothing. */
export function differingTables(own: readonly TableSum[], theirs: ChecksumsAnswer['checksums']): readonly Pick<TableSum, 'table' | 'scope'>[] {
  const key = ({ table, scope }: Pick<TableSum, 'table' | 'scope'>) => `${table}\t${scope}`
  const told = new Set(theirs.map(({ table }) => table))
  const hub = new Map(theirs.map((sum) => [key(sum), sum]))
  const here = new Map(own.filter(({ table }) => told.has(table)).map((sum) => [key(sum), sum]))
  const isSame = (name: string) => {
    const [a, b] = [hub.get(name), here.get(name)]
    return (a?.rows ?? 0) === (b?.rows ?? 0) && ((a?.rows ?? 0) === 0 || a?.sum === b?.sum)
  }
  return [...new Map([...hub, ...here])].flatMap(([name, { table, scope }]) => (isSame(name) ? [] : [{ table, scope }]))
}

function sumsOf(db: RawDatabase, plan: RecordPlan, isStopped: () => boolean): TableSum[] {
  let rows = 0
  const sums = new Map<string, RowSum>()
  const add = (part: string, values: readonly Value[]) => {
    const sum = sums.get(part) ?? createRowSum()
    sums.set(part, sum)
    const bytes = Buffer.from(copyLine(values))
    sum.add(bytes, 0, bytes.length)
  }
  const kept = db.prepare('SELECT key, row FROM base_row WHERE tbl = ?').all(plan.name) as { key: string; row: string | null }[]
  const beneath = new Map(kept.map(({ key, row }) => [key, row]))
  const keyAt = plan.key.map((part) => plan.columns.indexOf(part) + 1)
  for (const [part, ...row] of db.prepare(partsOfRows(plan)).raw().iterate() as IterableIterator<[string, ...(string | number | null)[]]>) {
    if (rows++ % rowsBetweenLooks === 0 && isStopped()) throw new Error('the sums were called off')
    const base = beneath.size > 0 ? beneath.get(JSON.stringify(keyAt.map((at) => row[at - 1]))) : undefined
    if (base === undefined) add(part, row.map((value, at) => valueOf(plan.columns[at], value)))
    else if (base !== null) add(part, baseValues(plan, base))
  }
  return [...sums].map(([scope, sum]) => ({ table: plan.name, scope, rows: sum.rows(), sum: sum.text() }))
}

function baseValues(plan: RecordPlan, row: string): Value[] {
  const values = JSON.parse(row) as { readonly [property: string]: Value | undefined }
  return plan.columns.map(({ property }) => values[property] ?? null)
}

function valueOf(column: ColumnPlan | undefined, value: string | number | null): Value {
  return column?.kind === 'boolean' && value !== null ? value === 1 : value
}
