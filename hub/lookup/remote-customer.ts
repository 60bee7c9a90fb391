import type { RemoteCustomer } from '../../shared/contract/hub.ts'
import { addressLine, displayName } from '../../shared/domain/customer-name.ts'
import type { AddressRow, CustomerRow } from '../../shared/domain/records/master.ts'
import type { Tx } from '../server/parts.ts'

type Found = Pick<CustomerRow, 'kind' | 'lastName' | 'firstName' | 'companyName' | 'code'> & { readonly brandName: string | null; readonly address: AddressRow | null }
type Supply = { readonly commodity: string; readonly code: string; readonly state: string; readonly address: AddressRow | null }

const address = (alias: string) => `CASE WHEN ${alias}.id IS NULL THEN NULL ELSE json_build_object('id', ${alias}.id, 'street', ${alias}.street, 'houseNumber', ${alias}.house_number, 'postalCode', ${alias}.postal_code, 'town', ${alias}.town, 'province', ${alias}.province) END AS address`

/** What is shown of a customer whom the desk does not hold: enough to serve a caller, no contact data, no tax code. */
export async function remoteCustomer(tx: Tx, customerId: string): Promise<RemoteCustomer> {
  const { rows } = await tx.query<Found>(
    `SELECT c.kind, c.last_name AS "lastName", c.first_name AS "firstName", c.company_name AS "companyName", c.code, b.name AS "brandName", ${address('a')}
     FROM customer c LEFT JOIN brand b ON b.id = c.brand_id LEFT JOIN address a ON a.id = c.address_id WHERE c.id = $1`, [customerId],
  )
  const supplies = await tx.query<Supply>(
    `SELECT s.commodity, s.code, k.state, ${address('a')} FROM contract k JOIN supply_point s ON s.id = k.supply_point_id LEFT JOIN address a ON a.id = s.address_id
     WHERE k.customer_id = $1 ORDER BY k.state, s.commodity, s.code LIMIT 100`, [customerId],
  )
  const tickets = await tx.query<RemoteCustomer['openTickets'][number]>(
    `SELECT code, number, subject, state, received_day AS "receivedDay" FROM ticket WHERE customer_id = $1 AND state NOT IN ('closed', 'cancelled') ORDER BY received_day DESC, id LIMIT 50`, [customerId],
  )
  const [customer] = rows
  if (!customer) throw new Error('the customer went while being looked up')
  const line = (row: AddressRow | null) => (row === null ? null : addressLine(row))
  return {
    customerId,
    name: displayName(customer),
    code: customer.code,
    brandName: customer.brandName ?? '',
    address: line(customer.address),
    supplies: supplies.rows.map(({ commodity, code, state, address: at }) => ({ commodity, code, state, address: line(at) })),
    openTickets: tickets.rows,
  }
}
