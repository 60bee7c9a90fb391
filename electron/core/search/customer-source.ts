import type { Commodity } from '../../../shared/domain/records/master.ts'
import type { RawDatabase } from '../store/cipher.ts'
import type { LookupAddress, LookupDocument, LookupSupply } from './search-document.ts'

type AddressColumns = {
  readonly street: string | null
  readonly houseNumber: string | null
  readonly postalCode: string | null
  readonly town: string | null
  readonly province: string | null
}

type CustomerColumns = AddressColumns & {
  readonly n: number
  readonly id: string
  readonly brandId: string
  readonly code: string
  readonly kind: 'person' | 'company'
  readonly lastName: string | null
  readonly firstName: string | null
  readonly companyName: string | null
  readonly birthDay: string | null
  readonly sinceDay: string | null
  readonly taxCode: string | null
  readonly vatNumber: string | null
  readonly phone: string | null
  readonly mobile: string | null
  readonly email: string | null
  readonly emailState: string | null
  readonly vulnerable: number
}

type SupplyColumns = AddressColumns & {
  readonly n: number
  readonly commodity: Commodity | null
  readonly code: string | null
  readonly serviceCode: string
  readonly state: 'active' | 'closed'
  readonly endDay: string | null
  /** JSON list of [serial, serial of the corrector or null]. */
  readonly meters: string
}

const addressColumns = 'a.street, a.house_number AS houseNumber, a.postal_code AS postalCode, a.town, a.province'

const customerSql = (where: string): string => `
  SELECT c.n, c.id, c.brand_id AS brandId, c.code, c.kind, c.last_name AS lastName, c.first_name AS firstName,
    c.company_name AS companyName, c.birth_day AS birthDay, c.since_day AS sinceDay, c.tax_code AS taxCode, c.vat_number AS vatNumber,
    c.phone, c.mobile, c.email, c.email_state AS emailState, c.vulnerable, ${addressColumns}
  FROM customer c LEFT JOIN address a ON a.id = c.address_id WHERE ${where}`

// CROSS JOIN keeps the order of the loops: customers, their contracts, the contract's point.
const supplySql = (where: string): string => `
  SELECT c.n, s.commodity, s.code, k.service_code AS serviceCode, k.state, k.end_day AS endDay, ${addressColumns},
    (SELECT json_group_array(json_array(m.serial, m.corrector_serial)) FROM meter m WHERE m.supply_point_id = k.supply_point_id) AS meters
  FROM customer c CROSS JOIN contract k ON k.customer_id = c.id
  LEFT JOIN supply_point s ON s.id = k.supply_point_id LEFT JOIN address a ON a.id = s.address_id
  WHERE ${where} ORDER BY c.n`

function addressOf(row: AddressColumns): LookupAddress | null {
  const { street, houseNumber, postalCode, town, province } = row
  return street === null || town === null ? null : { street, houseNumber, postalCode, town, province }
}

function supplyOf(row: SupplyColumns): LookupSupply {
  const meters = row.meters === '[]' ? [] : JSON.parse(row.meters) as readonly (readonly [string, string | null])[]
  return {
    commodity: row.commodity ?? 'electricity', code: row.code ?? '', serviceCode: row.serviceCode, active: row.state === 'active',
    endDay: row.endDay, address: addressOf(row), serials: [...new Set(meters.flat().filter(serial => serial !== null))],
  }
}

function documentOf(row: CustomerColumns, supplies: readonly LookupSupply[]): LookupDocument {
  return {
    n: row.n, id: row.id, brandId: row.brandId, code: row.code, kind: row.kind, lastName: row.lastName, firstName: row.firstName,
    companyName: row.companyName, birthYear: row.birthDay === null ? null : Number(row.birthDay.slice(0, 4)), sinceDay: row.sinceDay,
    taxCode: row.taxCode, vatNumber: row.vatNumber,
    phones: [...new Set([row.mobile, row.phone].filter(phone => phone !== null))], email: row.email,
    emailUnreachable: row.emailState === 'unreachable', vulnerable: row.vulnerable === 1, address: addressOf(row), supplies,
  }
}

function assemble(customers: readonly CustomerColumns[], supplies: readonly SupplyColumns[]): LookupDocument[] {
  const documents: LookupDocument[] = []
  let at = 0
  for (const customer of customers) {
    const own: LookupSupply[] = []
    for (let row = supplies[at]; row?.n === customer.n; row = supplies[++at]) own.push(supplyOf(row))
    documents.push(documentOf(customer, own))
  }
  return documents
}

export type CustomerSource = ReturnType<typeof createCustomerSource>

/** Reads customers with what belongs to them out of the business tables, as the index wants them. */
export function createCustomerSource(db: RawDatabase) {
  const customersAfter = db.prepare<[number, number], CustomerColumns>(`${customerSql('c.n > ?')} ORDER BY c.n LIMIT ?`)
  const suppliesBetween = db.prepare<[number, number], SupplyColumns>(supplySql('c.n > ? AND c.n <= ?'))
  const listed = 'c.n IN (SELECT value FROM json_each(?))'
  const customersListed = db.prepare<[string], CustomerColumns>(`${customerSql(listed)} ORDER BY c.n`)
  const suppliesListed = db.prepare<[string], SupplyColumns>(supplySql(listed))
  const numberOf = db.prepare<[string], number>('SELECT n FROM customer WHERE id = ?').pluck()

  return {
    /** Up to `limit` customers behind number `after`, in order. */
    after(after: number, limit: number): LookupDocument[] {
      const customers = customersAfter.all(after, limit)
      const last = customers.at(-1)
      return last ? assemble(customers, suppliesBetween.all(after, last.n)) : []
    },
    /** The customers with these numbers that exist. */
    listed(numbers: readonly number[]): LookupDocument[] {
      const list = JSON.stringify(numbers)
      return assemble(customersListed.all(list), suppliesListed.all(list))
    },
    numberOf(customerId: string): number | null {
      return numberOf.get(customerId) ?? null
    },
  }
}
