import type { Commodity } from './records/master.ts'

/** A string that may not be mixed up with another kind of string. */
export type Brand<Name extends string> = string & { readonly __id: Name }

export type BrandId = Brand<'brand'>
export type AddressId = Brand<'address'>
export type CustomerId = Brand<'customer'>
export type SupplyPointId = Brand<'supply_point'>
export type ContractId = Brand<'contract'>
export type MeterId = Brand<'meter'>
export type InvoiceId = Brand<'invoice'>
export type TicketId = Brand<'ticket'>
export type PersonId = Brand<'person'>
export type OperationId = Brand<'operation'>

/** Waste has no meter. */
export type MeteredCommodity = Exclude<Commodity, 'waste'>

/** The letter of a commodity inside an id (R as in rifiuti). */
export const commodityLetters = { electricity: 'E', gas: 'G', water: 'W', waste: 'R' } as const satisfies Record<Commodity, string>

/**
 * Marks a text that already is an id (read from the store, the wire or the generator of ids).
 * Use as `asId<TicketId>(text)`; nothing is checked.
 */
export function asId<Id extends Brand<string>>(text: string): Id {
  return text as Id
}

const brandPattern = /^[a-z][a-z0-9]{1,31}$/

/** Id of a utility brand: a short lower-case word, so that the first colon of every other id ends it. Throws a RangeError otherwise. */
export function brandId(word: string): BrandId {
  if (!brandPattern.test(word)) throw new RangeError('brand id must be a short lower-case word')
  return word as BrandId
}

/** `brand:addressCode`, the address code of the billing system. */
export function addressId(brand: BrandId, addressCode: string): AddressId {
  return `${brand}:${addressCode}` as AddressId
}

/** `brand:code`, the codice cliente as text: leading zeros count. */
export function customerId(brand: BrandId, code: string): CustomerId {
  return `${brand}:${code}` as CustomerId
}

/** `brand:E|G|W|R:code`, the code being POD, PDR or the utility's own. */
export function supplyPointId(brand: BrandId, commodity: Commodity, code: string): SupplyPointId {
  return `${brand}:${commodityLetters[commodity]}:${code}` as SupplyPointId
}

/** `brand:serviceCode`, the codice servizio of the contract. */
export function contractId(brand: BrandId, serviceCode: string): ContractId {
  return `${brand}:${serviceCode}` as ContractId
}

/** `brand:E|G|W:serial`, the matricola of the meter. */
export function meterId(brand: BrandId, commodity: MeteredCommodity, serial: string): MeterId {
  return `${brand}:${commodityLetters[commodity]}:${serial}` as MeterId
}

/** `brand:number`, the invoice number as printed. */
export function invoiceId(brand: BrandId, number: string): InvoiceId {
  return `${brand}:${number}` as InvoiceId
}

/** `brand:code` for a ticket of the former system; tickets opened here get theirs from the generator of ids. */
export function formerTicketId(brand: BrandId, code: string): TicketId {
  return `${brand}:${code}` as TicketId
}

/** The brand an id built from business keys belongs to. */
export function brandOf(id: AddressId | CustomerId | SupplyPointId | ContractId | MeterId | InvoiceId): BrandId {
  const colon = id.indexOf(':')
  return (colon < 0 ? id : id.slice(0, colon)) as BrandId
}
