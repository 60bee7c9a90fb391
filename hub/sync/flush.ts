/** Writes what a batch has touched: one statement per table and kind of change, whatever the number of rows. */
import { tableNames } from '../../shared/model/record-plan.ts'
import type { Tx } from '../server/parts.ts'
import type { Touched } from './image.ts'
import { insertSql, keyText, updateSql } from './record-sql.ts'

/** In the order of the tables, so that what is referred to is there, and of the keys, so that batches side by side do not wait crosswise. */
export async function flush(tx: Tx, touched: readonly Touched[]): Promise<void> {
  for (const table of tableNames) {
    const rows = touched.filter((each) => each.table === table).toSorted((a, b) => (keyText(table, a.row) < keyText(table, b.row) ? -1 : 1))
    const changed = rows.filter(({ isNew }) => !isNew)
    // What leaves a place comes before what takes it: a unique index is asked row by row.
    await write(tx, updateSql(table), changed.filter(({ row }) => !takesPlace(row['state'])))
    await write(tx, updateSql(table), changed.filter(({ row }) => takesPlace(row['state'])))
    await write(tx, insertSql(table), rows.filter(({ isNew }) => isNew))
  }
}

const takesPlace = (state: unknown): boolean => state === 'pending' || state === 'acquired' || state === 'linked'

async function write(tx: Tx, text: string, touched: readonly Touched[]): Promise<void> {
  if (touched.length === 0) return
  const { rowCount } = await tx.query(text, [JSON.stringify(touched.map(({ row }) => row))])
  if (rowCount !== touched.length) throw new RowsMissingError()
}

/** Somebody else has taken away what was to be changed: the batch is read again. */
export class RowsMissingError extends Error {
  override readonly name = 'RowsMissingError'
}
