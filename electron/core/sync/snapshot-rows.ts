/** Writes the rows of snapshot pages: prepared statements over COPY text, past the operations that are open. */
import type { ColumnPlan, RecordPlan } from '../../../shared/model/record-plan.ts'
import { createIndexMarks } from '../search/index-marks.ts'
import type { IndexMarks } from '../search/index-marks.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { copyValues } from './copy-text.ts'
import { noteLack } from './known-shape.ts'

export type SnapshotRows = {
  /** Looks again which rows lie under open operations and how far the index is; at the begin of each transaction. */
  readonly begin: () => void
  readonly table: (name: string, columns: readonly string[]) => void
  readonly line: (text: string) => void
}
type Stored = string | number | null
type Target = { readonly plan: RecordPlan; readonly take: (values: readonly (string | null)[]) => void }

/** Unique besides the key, by table: a row in the way is out of date. */
const uniqueToo: { readonly [table: string]: { columns: readonly string[]; also: string } | undefined } = {
  ticket: { columns: ['code'], also: 'TRUE' },
  person: { columns: ['username'], also: 'TRUE' },
  portal_profile: { columns: ['customer_id', 'brand_id'], also: 'TRUE' },
  contract_link: { columns: ['profile_id', 'contract_id'], also: `state = 'linked'` },
}

/** Small tables of everybody: a new desk has some of their rows by itself. */
export const everybodysTables: ReadonlySet<string> = new Set(['brand', 'readingWindow', 'person'])

/** `fresh`: nothing of customers was here, so nothing of theirs has to be remembered for the sweep. */
export function createSnapshotRows(db: RawDatabase, plans: readonly RecordPlan[], fresh: boolean): SnapshotRows {
  let beneath = new Map<string, Set<string>>()
  let marks = createIndexMarks(db)
  let target: Target | null = null
  const targets = new Map<string, Target>()
  const seen = db.prepare('INSERT OR IGNORE INTO snapshot_seen (tbl, key) VALUES (?, ?)')
  const keep = db.prepare('UPDATE base_row SET row = ? WHERE tbl = ? AND key = ?')

  function targetOf(name: string, columns: readonly string[]): Target | null {
    const plan = plans.find((each) => each.name === name || each.table === name)
    if (!plan) return null
    const known = columns.map((column) => plan.columns.find((each) => each.column === column || each.property === column) ?? null)
    const write = writer(db, plan, known)
    const keyAt = plan.key.map((part) => known.indexOf(part))
    // New customers are indexed after their page; only what was here before has to be read again.
    const mark = fresh ? null : marker(plan, known)
    const wasHere = plan.name === 'address' && mark ? db.prepare('SELECT 1 FROM address WHERE id = ?') : null
    const remember = !fresh || everybodysTables.has(plan.name)
    return {
      plan,
      take: (values) => {
        const key = keyAt.map((at) => stored(plan.columns[plan.columns.findIndex((each) => each === known[at])] as ColumnPlan, values[at] ?? null) as string | number)
        if (remember) seen.run(plan.name, sweepKey(key))
        if (beneath.get(plan.name)?.has(JSON.stringify(key)) === true) {
          keep.run(JSON.stringify(rowOf(known, values)), plan.name, JSON.stringify(key))
          return
        }
        const isNew = wasHere !== null && wasHere.get(key[0]) === undefined
        if (write(values) && !isNew) mark?.(values, marks)
      },
    }
  }

  return {
    begin: () => {
      const rows = db.prepare('SELECT tbl, key FROM base_row').all() as { tbl: string; key: string }[]
      beneath = new Map()
      for (const { tbl, key } of rows) beneath.set(tbl, (beneath.get(tbl) ?? new Set()).add(key))
      marks = createIndexMarks(db)
    },
    table: (name, columns) => {
      const text = `${name}\t${columns.join('\t')}`
      target = targets.get(text) ?? targetOf(name, columns)
      if (target) targets.set(text, target)
      if (!target || columns.some((column) => !target?.plan.columns.some((each) => each.column === column || each.property === column))) noteLack(db, plans)
    },
    line: (text) => target?.take(copyValues(text)),
  }
}

/** How a key is called in the list of what was seen; SQL builds the same text. */
export function sweepKey(key: readonly (string | number)[]): string {
  return key.join('\t')
}

/** Answers whether anything changed. */
function writer(db: RawDatabase, plan: RecordPlan, known: readonly (ColumnPlan | null)[]): (values: readonly (string | null)[]) => boolean {
  const columns = known.flatMap((column, at) => (column ? [{ column, at }] : []))
  const names = columns.map(({ column }) => column.column)
  const keys = plan.key.map(({ column }) => column)
  const others = names.filter((name) => !keys.includes(name))
  const differs = others.map((name) => `${plan.table}.${name} IS NOT excluded.${name}`).join(' OR ')
  const upsert = db.prepare(`INSERT INTO ${plan.table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
    ON CONFLICT (${keys.join(', ')}) DO ${others.length === 0 ? 'NOTHING' : `UPDATE SET ${others.map((name) => `${name} = excluded.${name}`).join(', ')} WHERE ${differs}`}`)
  const kinds = columns.map(({ column }) => column)
  const places = columns.map(({ at }) => at)
  const unique = uniqueToo[plan.table]
  const bound: Stored[] = kinds.map(() => null)
  return (values) => {
    for (let i = 0; i < kinds.length; i++) bound[i] = stored(kinds[i] as ColumnPlan, values[places[i] as number] ?? null)
    try {
      return upsert.run(bound).changes > 0
    } catch (error) {
      if (!unique || !isUniqueConflict(error)) throw error
      const own = unique.columns.map((name) => bound[names.indexOf(name)])
      const key = keys.map((name) => bound[names.indexOf(name)])
      db.prepare(`DELETE FROM ${plan.table} WHERE ${unique.columns.map((name) => `${name} = ?`).join(' AND ')} AND ${unique.also} AND NOT (${keys.map((name) => `${name} = ?`).join(' AND ')})`).run(...own, ...key)
      return upsert.run(bound).changes > 0
    }
  }
}

function stored(column: ColumnPlan, value: string | null): Stored {
  if (value === null || column.kind === 'text') return value
  if (column.kind === 'boolean') return value === 't' || value === 'true' ? 1 : 0
  return Number(value)
}

function rowOf(known: readonly (ColumnPlan | null)[], values: readonly (string | null)[]): { readonly [property: string]: Stored | boolean } {
  return Object.fromEntries(known.flatMap((column, at) => {
    if (!column) return []
    const value = stored(column, values[at] ?? null)
    return [[column.property, column.kind === 'boolean' && value !== null ? value === 1 : value] as const]
  }))
}

/** What a changed row means for the lookup index. */
function marker(plan: RecordPlan, known: readonly (ColumnPlan | null)[]): (values: readonly (string | null)[], marks: IndexMarks) => void {
  const at = (property: string) => known.findIndex((column) => column?.property === property)
  const pick = (index: number, tell: (marks: IndexMarks, id: string) => void) => (values: readonly (string | null)[], marks: IndexMarks) => tell(marks, values[index] ?? '')
  switch (plan.name) {
    case 'customer': return pick(at('id'), (marks, id) => marks.customer(id))
    case 'contract': return pick(at('customerId'), (marks, id) => marks.contract(id))
    case 'supplyPoint': return pick(at('id'), (marks, id) => marks.supplyPoint(id))
    case 'meter': return pick(at('supplyPointId'), (marks, id) => marks.meter(id))
    case 'address': return pick(at('id'), (marks, id) => marks.address(id))
    default: return () => undefined
  }
}

function isUniqueConflict(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE'
}
