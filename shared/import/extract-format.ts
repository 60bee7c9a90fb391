import type { InvoiceRow } from '../domain/records/invoices.ts'
import type { AddressRow, ContractRow, CustomerRow, MeterRow, SupplyPointRow } from '../domain/records/master.ts'
import type { ReadingRow } from '../domain/records/readings.ts'
import type { TicketEventRow, TicketRow } from '../domain/records/tickets.ts'
import type { RowIssues } from './import-reasons.ts'

/** A customer as an extract gives it: the local row number and the time of writing belong to whoever stores it. */
export type CustomerImport = Omit<CustomerRow, 'n' | 'updatedAt'>

/** What each file becomes. */
export type ExtractRecords = {
  addresses: AddressRow
  customers: CustomerImport
  supply_points: SupplyPointRow
  contracts: ContractRow
  meters: MeterRow
  readings: ReadingRow
  invoices: InvoiceRow
  tickets: Omit<TicketRow, 'number'>
  ticket_events: Omit<TicketEventRow, 'superseded'>
}
export type ExtractKind = keyof ExtractRecords

export type ColumnType = 'code' | 'text' | 'day' | 'instant' | 'amount' | 'quantity' | 'whole' | 'flag' | 'word'

export type Column = {
  name: string
  /** The file must have the column and every row a value in it. Other columns may be left out. */
  required: boolean
  type: ColumnType
  /** Longest value in characters. */
  max: number
  meaning: { it: string; en: string }
  example: string
}

/** Where a column is in the file at hand; `index` is -1 where the file leaves it out. */
export type Cell = { index: number; column: Column }

/** Another record that must be there. Refusing or clearing is for the loader, which alone knows what is stored. */
export type Reference<R> = {
  column: string
  to: ExtractKind
  /** Where the record keeps the other one's id. */
  property: keyof R & string
  /** Null: without the other record this one is refused (`reference_missing`). Otherwise it is loaded without it, warned. */
  clear: ((record: R) => void) | null
}

/** What a row is judged against besides itself. */
export type ReadContext = {
  /** Portal (S0, S2, S3, S4) by brand id; a brand that is not in here is refused. */
  portals: ReadonlyMap<string, string>
}

/** Turns the fields of a row into a record, or says in `issues` why not. */
export type RowReader<R> = (fields: readonly string[], issues: RowIssues) => R | null

export type ExtractFormat<K extends ExtractKind> = {
  kind: K
  fileName: string
  columns: readonly Column[]
  references: readonly Reference<ExtractRecords[K]>[]
  /** The business key: a second row with it takes the place of the first. */
  key: (record: ExtractRecords[K]) => string
  reader: (cells: ReadonlyMap<string, Cell>, context: ReadContext) => RowReader<ExtractRecords[K]>
}

type CellsOf<C extends readonly Column[]> = { readonly [N in C[number]['name']]: Cell }

type Definition<K extends ExtractKind, C extends readonly Column[]> = Omit<ExtractFormat<K>, 'reader' | 'columns'> & {
  columns: C
  reader: (at: CellsOf<C>, context: ReadContext) => RowReader<ExtractRecords[K]>
}

/** Declares the format of one file; inside `reader` the columns are known by name to the compiler. */
export function defineFormat<K extends ExtractKind, const C extends readonly Column[]>(
  definition: Definition<K, C>,
): ExtractFormat<K> {
  return {
    ...definition,
    reader: (cells, context) => definition.reader(Object.fromEntries(cells) as CellsOf<C>, context),
  }
}
