import { createIndexMarks } from '../search/index-marks.ts'
import type { RawDatabase } from '../store/cipher.ts'
import type { TouchedRow } from './base-rows.ts'
import { rowTables } from './row-tables.ts'

/** Notes which customers the lookup has to read again; call it in the transaction of the rows. */
export function markTouched(db: RawDatabase, touched: readonly TouchedRow[]): boolean {
  const marks = createIndexMarks(db)
  let marked = false
  for (const { table, key } of touched) {
    const id = String(key[0])
    const row = () => rowTables(db)(table).get(key)
    if (table === 'customer') marks.customer(id)
    else if (table === 'contract') marks.contract(String(row()?.['customerId'] ?? ''))
    else if (table === 'supplyPoint') marks.supplyPoint(id)
    else if (table === 'meter') marks.meter(String(row()?.['supplyPointId'] ?? ''))
    else if (table === 'address') marks.address(id)
    else continue
    marked = true
  }
  return marked
}
