import type { InvoiceRow } from './invoices.ts'
import type { AddressRow, BrandRow, ContractRow, CustomerRow, MeterRow, SupplyPointRow } from './master.ts'
import type { PersonRow } from './people.ts'
import type { AttachmentRow, DecisionRow, FieldConflictRow } from './kept.ts'
import type { ContractLinkRow, PortalProfileRow } from './portal.ts'
import type { ReadingRow, ReadingWindowRow } from './readings.ts'
import type { TicketEventRow, TicketRow } from './tickets.ts'

/** Every table of the business by name: what operations read and change, on the desk and in the hub. */
export type Tables = {
  brand: BrandRow
  address: AddressRow
  customer: CustomerRow
  supplyPoint: SupplyPointRow
  contract: ContractRow
  meter: MeterRow
  reading: ReadingRow
  readingWindow: ReadingWindowRow
  invoice: InvoiceRow
  ticket: TicketRow
  ticketEvent: TicketEventRow
  portalProfile: PortalProfileRow
  contractLink: ContractLinkRow
  person: PersonRow
  fieldConflict: FieldConflictRow
  attachment: AttachmentRow
  decision: DecisionRow
}
export type TableName = keyof Tables
