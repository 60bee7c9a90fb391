import type { EntitySchema } from 'typeorm'
import type { TableName, Tables } from '../domain/records/tables.ts'
import { attachmentModel, decisionModel, fieldConflictModel } from './kept.ts'
import { addressModel, brandModel, contractModel, customerModel, meterModel, supplyPointModel } from './master.ts'
import { invoiceModel, readingModel, readingWindowModel } from './readings.ts'
import { contractLinkModel, personModel, portalProfileModel, ticketEventModel, ticketModel } from './service.ts'

/** The stored shape of every table; a table without one does not compile. */
export const models: { readonly [T in TableName]: EntitySchema<Tables[T]> } = {
  brand: brandModel,
  address: addressModel,
  customer: customerModel,
  supplyPoint: supplyPointModel,
  contract: contractModel,
  meter: meterModel,
  reading: readingModel,
  readingWindow: readingWindowModel,
  invoice: invoiceModel,
  ticket: ticketModel,
  ticketEvent: ticketEventModel,
  portalProfile: portalProfileModel,
  contractLink: contractLinkModel,
  person: personModel,
  fieldConflict: fieldConflictModel,
  attachment: attachmentModel,
  decision: decisionModel,
}
