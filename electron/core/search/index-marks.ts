import type { RawDatabase } from '../store/cipher.ts'
import { stateName } from './index-progress.ts'

/** In front of an address id in `search_state`: a changed address whose customers are not known yet. */
export const ADDRESS_MARK = 'address:'

/**
 * Notes for the index builder which customers have to be indexed anew. Call inside the transaction that changes the rows, with the row
 * that was written. Customers the builder has not reached yet cost nothing.
 */
export type IndexMarks = {
  readonly customer: (customerId: string) => void
  readonly contract: (customerId: string) => void
  readonly supplyPoint: (supplyPointId: string) => void
  readonly meter: (supplyPointId: string) => void
  readonly address: (addressId: string) => void
}

/** `db` is the writing connection; make new marks for every load, because how far the builder is is read once. */
export function createIndexMarks(db: RawDatabase): IndexMarks {
  const builtTo = db.prepare<[string], number>('SELECT value FROM search_state WHERE name = ?').pluck().get(stateName.builtTo) ?? 0
  const byCustomer = db.prepare('INSERT OR IGNORE INTO search_dirty (n) SELECT n FROM customer WHERE id = ? AND n <= ?')
  const byPoint = db.prepare(`INSERT OR IGNORE INTO search_dirty (n)
    SELECT c.n FROM contract k JOIN customer c ON c.id = k.customer_id WHERE k.supply_point_id = ? AND c.n <= ?`)
  const byAddress = db.prepare('INSERT OR IGNORE INTO search_state (name, value) VALUES (?, 1)')
  const ofCustomer = (customerId: string): void => { if (builtTo > 0) byCustomer.run(customerId, builtTo) }
  const ofPoint = (supplyPointId: string): void => { if (builtTo > 0) byPoint.run(supplyPointId, builtTo) }
  return {
    customer: ofCustomer,
    contract: ofCustomer,
    supplyPoint: ofPoint,
    meter: ofPoint,
    address: addressId => { if (builtTo > 0) byAddress.run(ADDRESS_MARK + addressId) },
  }
}
