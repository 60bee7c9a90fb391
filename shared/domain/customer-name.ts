import type { AddressRow, CustomerRow } from './records/master.ts'

type Named = Pick<CustomerRow, 'kind' | 'lastName' | 'firstName' | 'companyName'>

/** Surname first, as on a bill; companies by their ragione sociale. */
export function displayName(customer: Named): string {
  if (customer.kind === 'company') return customer.companyName ?? customer.lastName ?? ''
  return [customer.lastName, customer.firstName].filter(Boolean).join(' ')
}

/** "Via Battisti 14, 34125 Trieste (TS)" */
export function addressLine(address: AddressRow): string {
  const street = [address.street, address.houseNumber].filter(Boolean).join(' ')
  const town = [address.postalCode, address.town].filter(Boolean).join(' ')
  return `${street}, ${town}${address.province ? ` (${address.province})` : ''}`
}
