import type { ExtractKind, ExtractRecords } from '../../../shared/import/extract-format.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { createKeySet } from './key-set.ts'
import { createOwnedFields } from './owned-fields.ts'
import { loadTables } from '../../../shared/import/load-tables.ts'
import type { LoadTable } from '../../../shared/import/load-tables.ts'

/**
 * `loaded`: new or changed. `unchanged`: stored like this already. `kept`: the desk's version stands.
 * `taken`: another row has the value that must be unique.
 */
export type RowOutcome = 'loaded' | 'unchanged' | 'kept' | 'taken'
export type RowWriter<R> = (record: R) => RowOutcome

type Value = string | number | null

/** Writes records of one kind by their business key, changing a stored row only where something differs; what was changed here of a customer stands. Call it inside a transaction. */
export function createRowWriter<K extends ExtractKind>(db: RawDatabase, kind: K, startedAt: string): RowWriter<ExtractRecords[K]> {
  const table: LoadTable<ExtractRecords[K]> = loadTables[kind]
  const upsert = db.prepare(upsertSql(table))
  const bind = binder(table, table.touched === null ? [] : [startedAt])
  const compare = table.deskStands !== null || table.appendOnly ? createComparison(db, table) : null
  const own = createOwnedFields(db, true)
  return (read) => {
    const record = own(kind, read)
    try {
      if (upsert.run(bind(record)).changes > 0) return 'loaded'
    } catch (error) {
      if (isUniqueConflict(error)) return 'taken'
      throw error
    }
    return compare !== null && compare(record) !== 'same' ? 'kept' : 'unchanged'
  }
}

/** Says what writing would do, and writes nothing. */
export function createDryWriter<K extends ExtractKind>(db: RawDatabase, kind: K): RowWriter<ExtractRecords[K]> {
  const table: LoadTable<ExtractRecords[K]> = loadTables[kind]
  const compare = createComparison(db, table)
  const isTaken = kind === 'tickets' ? createCodeCheck(db) : null
  const own = createOwnedFields(db, false)
  return (read) => {
    const record = own(kind, read)
    const found = compare(record)
    if (isTaken !== null && 'code' in record && isTaken(record.code, record.id)) return 'taken'
    switch (found) {
      case 'missing': return 'loaded'
      case 'same': return 'unchanged'
      case 'desk': return 'kept'
      case 'different': return table.appendOnly ? 'kept' : 'loaded'
    }
  }
}

type Found = 'missing' | 'same' | 'different' | 'desk'

function createComparison<R>(db: RawDatabase, table: LoadTable<R>): (record: R) => Found {
  const same = Object.values<string>(table.columns).map((column) => `${column} IS ?`).join(' AND ')
  const where = table.keys.map((key) => `${table.columns[key]} = ?`).join(' AND ')
  const select = db
    .prepare<unknown[], [number, number]>(`SELECT ${same}, ${table.deskStands ?? 'FALSE'} FROM ${table.table} WHERE ${where}`)
    .raw()
  const bind = binder(table, [])
  return (record) => {
    const found = select.get([...bind(record), ...table.keys.map((key) => record[key])])
    if (found === undefined) return 'missing'
    if (found[0] === 1) return 'same'
    return found[1] === 1 ? 'desk' : 'different'
  }
}

/** In a dry run the tickets of the file itself are not there to collide with, so their numbers are remembered. */
function createCodeCheck(db: RawDatabase): (code: string, id: string) => boolean {
  const other = db.prepare('SELECT 1 FROM ticket WHERE code = ? AND id <> ?')
  const codes = createKeySet(0)
  const ids = createKeySet(0)
  return (code, id) => {
    if (other.get(code, id) !== undefined) return true
    const isNewId = ids.add(id)
    return !codes.add(code) && isNewId
  }
}

function upsertSql<R>(table: LoadTable<R>): string {
  const keys = table.keys.map((key) => table.columns[key])
  const columns = Object.values<string>(table.columns)
  const all = table.touched === null ? columns : [...columns, table.touched]
  const insert = `INSERT INTO ${table.table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')}) ON CONFLICT (${keys.join(', ')})`
  if (table.appendOnly) return `${insert} DO NOTHING`
  const set = all.filter((column) => !keys.includes(column)).map((column) => `${column} = excluded.${column}`)
  const differs = columns.filter((column) => !keys.includes(column)).map((column) => `${table.table}.${column} IS NOT excluded.${column}`)
  const desk = table.deskStands === null ? '' : `NOT ${table.deskStands} AND `
  return `${insert} DO UPDATE SET ${set.join(', ')} WHERE ${desk}(${differs.join(' OR ')})`
}

/** Turns a record into the values of a statement: always the same array, so read it before the next record. */
function binder<R>(table: LoadTable<R>, rest: readonly Value[]): (record: R) => readonly Value[] {
  const properties = Object.keys(table.columns) as (keyof R & string)[]
  const values: Value[] = [...properties.map(() => null), ...rest]
  return (record) => {
    let at = 0
    for (const property of properties) {
      const value: unknown = record[property]
      values[at++] = typeof value === 'boolean' ? (value ? 1 : 0) : (value as Value)
    }
    return values
  }
}

function isUniqueConflict(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE'
}
