import type { ExtractKind, ExtractRecords } from '../../../shared/import/extract-format.ts'
import { createIndexMarks } from '../search/index-marks.ts'
import type { RawDatabase } from '../store/cipher.ts'

export type ChangeMarks = { readonly [K in ExtractKind]: ((record: ExtractRecords[K]) => void) | null }

/** What a new or changed row means for the lookup index: which customers it has to read again. Called in the transaction of the row. */
export function createChangeMarks(db: RawDatabase): ChangeMarks {
  const marks = createIndexMarks(db)
  return {
    addresses: (record) => marks.address(record.id),
    customers: (record) => marks.customer(record.id),
    supply_points: (record) => marks.supplyPoint(record.id),
    contracts: (record) => marks.contract(record.customerId),
    meters: (record) => marks.meter(record.supplyPointId),
    // Found by their own number, not through the index.
    readings: null,
    invoices: null,
    tickets: null,
    ticket_events: null,
  }
}

export const noMarks: ChangeMarks = {
  addresses: null, customers: null, supply_points: null, contracts: null, meters: null, readings: null, invoices: null, tickets: null, ticket_events: null,
}
