import type { CivilDay } from '../civil-day.ts'
import type { ContractId, CustomerId, InvoiceId } from '../ids.ts'

export type InvoiceRow = {
  id: InvoiceId
  contractId: ContractId
  customerId: CustomerId
  number: string
  issueDay: CivilDay
  dueDay: CivilDay
  periodFrom: CivilDay | null
  periodTo: CivilDay | null
  /** Euro cents. */
  amountCents: number
  paidCents: number
  /** Thousandths of the commodity's unit. */
  consumptionMilli: number | null
  estimated: boolean
  hasPdf: boolean
}
