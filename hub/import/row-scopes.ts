import type { TableName } from '../../shared/domain/records/tables.ts'
import { recordPlans } from '../../shared/model/record-plan.ts'

/** Tables whose rows belong to customers and therefore to territories; the others are everybody's. */
export type ScopedTable = Exclude<TableName, 'brand' | 'readingWindow' | 'person'>

const ofCustomer = (column: string) => `SELECT territory_id FROM customer_territory WHERE customer_id = r.${column}`
const ofPoint = (column: string) => `SELECT ct.territory_id FROM contract c JOIN customer_territory ct USING (customer_id) WHERE c.supply_point_id = r.${column}`

/** Territories of one row `r`, as a query: a point, its meters and readings are wherever somebody has a contract on it. */
export const rowScopes: { readonly [T in ScopedTable]: string } = {
  customer: ofCustomer('id'),
  contract: ofCustomer('customer_id'),
  invoice: ofCustomer('customer_id'),
  ticket: ofCustomer('customer_id'),
  portalProfile: ofCustomer('customer_id'),
  fieldConflict: ofCustomer('customer_id'),
  attachment: ofCustomer('customer_id'),
  decision: ofCustomer('customer_id'),
  ticketEvent: 'SELECT ct.territory_id FROM ticket k JOIN customer_territory ct USING (customer_id) WHERE k.id = r.ticket_id',
  contractLink: `SELECT ct.territory_id FROM portal_profile p JOIN customer_territory ct USING (customer_id) WHERE p.id = r.profile_id
    UNION ${ofCustomer('holder_customer_id')}`,
  supplyPoint: ofPoint('id'),
  meter: ofPoint('supply_point_id'),
  reading: 'SELECT ct.territory_id FROM meter m JOIN contract c USING (supply_point_id) JOIN customer_territory ct USING (customer_id) WHERE m.id = r.meter_id',
  address: `SELECT ct.territory_id FROM customer k JOIN customer_territory ct ON ct.customer_id = k.id WHERE k.address_id = r.id
    UNION SELECT ct.territory_id FROM supply_point s JOIN contract c ON c.supply_point_id = s.id JOIN customer_territory ct USING (customer_id) WHERE s.address_id = r.id`,
}
export const scopedTables = Object.keys(rowScopes) as readonly ScopedTable[]

/** Sorted, so that two of them compare. */
export const scopesArray = (table: ScopedTable): string => `ARRAY(SELECT DISTINCT territory_id FROM (${rowScopes[table]}) x ORDER BY 1)`

/** The row `r` as it travels: by property name. */
export function wireRow(table: TableName): string {
  return `jsonb_build_object(${recordPlans[table].columns.map(({ property, column }) => `'${property}', r.${column}`).join(', ')})`
}
