/** What a cell may hold. Dates are ISO strings, which sort as they are. */
export type CellValue = string | number | boolean | null

/** One column of a table; the first is the thing, the last its state. */
export type Column<Row> = {
  readonly id: string
  readonly title: string
  /** What is sorted by and exported. */
  readonly value: (row: Row) => CellValue
  /** What is shown and filtered by, where it differs from the value. */
  readonly text?: (row: Row) => string
  /** `num` is right-aligned with even figures, `code` has the slashed zero. */
  readonly kind?: 'text' | 'num' | 'code'
  /** CSS width such as `96px`; columns without one share the rest. */
  readonly width?: string
  readonly sortable?: boolean
  /** False for the column that names the row. */
  readonly hideable?: boolean
  /** Not shown until it is chosen. */
  readonly hidden?: boolean
}

export type Sorting = { readonly column: string; readonly descending: boolean }

const collator = new Intl.Collator('it', { numeric: true, sensitivity: 'base' })
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

export function cellText<Row>(column: Column<Row>, row: Row): string {
  if (column.text !== undefined) return column.text(row)
  const value = column.value(row)
  return value === null ? '' : String(value)
}

function compareValues(one: CellValue, other: CellValue): number {
  if (one === other) return 0
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return collator.compare(String(one), String(other))
}

/** Rows in the asked order; empty cells come last in both directions, equal ones keep their order. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sorting: Sorting | null): readonly Row[] {
  const column = columns.find(({ id }) => id === sorting?.column)
  if (sorting === null || column === undefined) return rows
  const direction = sorting.descending ? -1 : 1
  return rows.toSorted((one, other) => {
    const a = column.value(one)
    const b = column.value(other)
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
    return direction * compareValues(a, b)
  })
}

/** Rows in which every word of the filter stands in some visible cell, whatever the case and the accents. */
export function filterRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], filter: string): readonly Row[] {
  const words = plain(filter).split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return rows
  return rows.filter((row) => {
    const text = plain(columns.map((column) => cellText(column, row)).join('\n'))
    return words.every((word) => text.includes(word))
  })
}

/** The next order after a press on a column's head: rising, falling, as it came. */
export function nextSorting(sorting: Sorting | null, column: string): Sorting | null {
  if (sorting?.column !== column) return { column, descending: false }
  return sorting.descending ? null : { column, descending: true }
}

/** A spreadsheet must not run what a customer wrote: such cells get a leading apostrophe (CWE-1236). */
function csvCell(value: string, isNumber: boolean): string {
  const tamed = !isNumber && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[";\n\r]/.test(tamed) ? `"${tamed.replaceAll('"', '""')}"` : tamed
}

/** The rows as CSV for Italian spreadsheets: UTF-8 with BOM, `;`, decimal comma, CRLF. */
export function tableCsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const head = columns.map(({ title }) => csvCell(title, false))
  const body = rows.map((row) =>
    columns.map((column) => {
      const value = column.value(row)
      return typeof value === 'number' ? csvCell(String(value).replace('.', ','), true) : csvCell(value === null ? '' : String(value), false)
    }),
  )
  return `\ufeff${[head, ...body].map((cells) => cells.join(';')).join('\r\n')}\r\n`
}
