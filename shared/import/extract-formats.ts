import type { ExtractFormat, ExtractKind, ReadContext } from './extract-format.ts'
import { addressFormat } from './formats/addresses.ts'
import { contractFormat } from './formats/contracts.ts'
import { customerFormat } from './formats/customers.ts'
import { invoiceFormat } from './formats/invoices.ts'
import { meterFormat } from './formats/meters.ts'
import { readingFormat } from './formats/readings.ts'
import { supplyPointFormat } from './formats/supply-points.ts'
import { ticketEventFormat } from './formats/ticket-events.ts'
import { ticketFormat } from './formats/tickets.ts'
import { knownBrands } from './known-brands.ts'

/** The nine files, each after the ones it refers to: the order in which they are loaded. */
export const extractOrder = [
  'addresses', 'customers', 'supply_points', 'contracts', 'meters', 'readings', 'invoices', 'tickets', 'ticket_events',
] as const satisfies readonly ExtractKind[]

export const extractFormats: { readonly [K in ExtractKind]: ExtractFormat<K> } = {
  addresses: addressFormat,
  customers: customerFormat,
  supply_points: supplyPointFormat,
  contracts: contractFormat,
  meters: meterFormat,
  readings: readingFormat,
  invoices: invoiceFormat,
  tickets: ticketFormat,
  ticket_events: ticketEventFormat,
}

/** Rows are judged against the brands of the guides. */
export const defaultContext: ReadContext = { portals: new Map(knownBrands.map(brand => [brand.id, brand.portal])) }
