import type { Cell, Column } from './extract-format.ts'

export type BoundHeader =
  | {
      ok: true
      cells: ReadonlyMap<string, Cell>
      /** Columns nobody asked for: reported once and ignored. */
      unknown: readonly string[]
    }
  | {
      ok: false
      /** Required columns that are not there. */
      missing: readonly string[]
      /** Known columns that are there twice: nobody can say which one counts. */
      repeated: readonly string[]
    }

function columnName(field: string): string {
  return field.trim().toLowerCase().replace(/[\s-]+/g, '_')
}

/** Finds the columns of a format in a header, in any order, capitals and spaces aside. */
export function bindHeader(columns: readonly Column[], header: readonly string[]): BoundHeader {
  const names = header.map(columnName)
  const known = new Set(columns.map(column => column.name))
  const missing = columns.filter(column => column.required && !names.includes(column.name)).map(column => column.name)
  const repeated = [...new Set(names.filter((name, i) => known.has(name) && names.indexOf(name) !== i))]
  if (missing.length > 0 || repeated.length > 0) return { ok: false, missing, repeated }
  return {
    ok: true,
    cells: new Map(columns.map(column => [column.name, { index: names.indexOf(column.name), column }])),
    unknown: header.filter((_, i) => !known.has(names[i] ?? '')),
  }
}
