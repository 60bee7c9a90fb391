import type { Commodity } from '../../../shared/domain/records/master.ts'

/** An address as the lookup shows and searches it. */
export type LookupAddress = {
  readonly street: string
  readonly houseNumber: string | null
  readonly postalCode: string | null
  readonly town: string
  readonly province: string | null
}

/** One supply of a customer: the contract with its point and the point's meters. */
export type LookupSupply = {
  readonly commodity: Commodity
  /** POD, PDR or the company's own code of the point. */
  readonly code: string
  readonly serviceCode: string
  readonly active: boolean
  /** Last day of a closed contract. */
  readonly endDay: string | null
  readonly address: LookupAddress | null
  readonly serials: readonly string[]
}

/** All that the lookup knows of one customer: what it is found by and what a result row shows. */
export type LookupDocument = {
  /** Local row number of the customer: positive, unique, stable. */
  readonly n: number
  readonly id: string
  readonly brandId: string
  readonly code: string
  readonly kind: 'person' | 'company'
  readonly lastName: string | null
  readonly firstName: string | null
  readonly companyName: string | null
  readonly birthYear: number | null
  readonly sinceDay: string | null
  readonly taxCode: string | null
  readonly vatNumber: string | null
  /** Telephone numbers as the billing system wrote them, first the main one. */
  readonly phones: readonly string[]
  readonly email: string | null
  readonly emailUnreachable: boolean
  readonly vulnerable: boolean
  readonly address: LookupAddress | null
  readonly supplies: readonly LookupSupply[]
}

/** Whether only closed contracts are left: such customers come after the others of the same rank. */
export function isClosed(doc: LookupDocument): boolean {
  return doc.supplies.length > 0 && doc.supplies.every(supply => !supply.active)
}

/** Main address first, then those of the supplies; equal ones once. */
export function documentAddresses(doc: LookupDocument): LookupAddress[] {
  const found: LookupAddress[] = []
  if (doc.address) found.push(doc.address)
  for (const { address } of doc.supplies) {
    if (address && !found.some(other => sameAddress(other, address))) found.push(address)
  }
  return found
}

function sameAddress(a: LookupAddress, b: LookupAddress): boolean {
  return a === b || (a.street === b.street && a.houseNumber === b.houseNumber && a.town === b.town && a.postalCode === b.postalCode)
}
