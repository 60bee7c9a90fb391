import type { RawDatabase } from '../../electron/core/store/cipher.ts'

export type TableRows = ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>
type Column = { readonly name: string; readonly type: string; readonly notnull: number; readonly pk: number }
type Reference = { readonly from: string; readonly table: string; readonly to: string | null }

/** Columns that take only some values. */
const values: Readonly<Record<string, readonly string[]>> = {
  'customer.kind': ['person', 'company'],
  'contract.state': ['active', 'closed'],
  'contract_link.state': ['linked', 'unlinked'],
  'reading_window.mode': ['continuous', 'daily'],
  'field_conflict.state': ['open', 'settled'],
  'decision.about': ['refused', 'superseded', 'reading'],
  'decision.choice': ['corrected', 'let_go', 'entry'],
}
const rows = 3

/** Rows in every table of a store of any version, each value unlike the others; the last row of each has as many nulls as it may. */
export function fillTables(db: RawDatabase): void {
  db.transaction(() => {
    // Tables come in no order that their references would like.
    db.pragma('defer_foreign_keys = ON')
    for (const table of tableNames(db)) for (let n = 0; n < rows; n++) insert(db, table, n)
  })()
}

function insert(db: RawDatabase, table: string, n: number): void {
  const columns = db.prepare('SELECT name, type, "notnull", pk FROM pragma_table_info(?)').all(table) as Column[]
  const references = db.prepare('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)').all(table) as Reference[]
  const valueOf = ({ name, type, notnull, pk }: Column, index: number): unknown => {
    const reference = references.find(({ from }) => from === name)
    const allowed = values[`${table}.${name}`]
    if (n === rows - 1 && notnull === 0 && pk === 0) return null
    if (reference) return `${reference.table}.${reference.to ?? 'id'}.${n}`
    if (allowed) return allowed[n % allowed.length]
    return type === 'INTEGER' ? 1000 * (index + 1) + n : `${table}.${name}.${n}`
  }
  db.prepare(`INSERT INTO ${table} (${columns.map(({ name }) => name).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`).run(...columns.map(valueOf))
}

/** Everything in every table but the lookup's key store, which can be made anew. */
export function allRows(db: RawDatabase): TableRows {
  return new Map(tableNames(db).map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[]]))
}

function tableNames(db: RawDatabase): readonly string[] {
  return db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT GLOB 'search_key*' ORDER BY name`).pluck().all() as string[]
}
