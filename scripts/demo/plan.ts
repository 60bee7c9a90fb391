import type { Commodity, MeterKind } from '../../shared/domain/records/master.ts'
import type { TicketArea, TicketChannel, TicketState, TicketType } from '../../shared/domain/records/tickets.ts'
import type { BrandWord } from './brand-rows.ts'
import type { CompanyIdentity } from './company.ts'
import type { Contacts } from './contacts.ts'
import type { PersonIdentity } from './identity.ts'
import type { Place } from './places.ts'

/** Everything about a customer that is decided before readings, invoices and tickets follow from it. */
export type CustomerPlan = {
  row: number
  brand: BrandWord
  /** Which customer of the brand: service and invoice numbers follow from it. */
  ordinal: number
  code: string
  who: PersonIdentity | CompanyIdentity
  contacts: Contacts
  place: Place
  vulnerable: boolean
  /** Day number. */
  since: number
  payer: Payer
  directDebit: boolean
  delivery: 'paper' | 'email'
  supplies: readonly SupplyPlan[]
  /** Tickets that are to be there; null: as many as come. */
  tickets: readonly TicketPlan[] | null
}

/** How bills are paid: all, the last one not yet, several not, half. */
export type Payer = 'good' | 'late' | 'bad' | 'partial'

export type SupplyPlan = {
  commodity: Commodity
  code: string
  serviceCode: string
  place: Place
  domestic: boolean
  resident: boolean
  /** kWh, m³ (gas, water) a year; for waste not used. */
  annual: number
  heating: boolean
  powerW: number
  useClass: string
  surface: number
  occupants: number
  /** Day number. */
  start: number
  /** Month after which the contract is over, null while it runs. */
  endMonth: number | null
  /** Months with readings and bills. */
  historyMonths: number
  /** Months between bills. */
  cycle: number
  meter: MeterPlan | null
}

export type MeterPlan = {
  serial: string
  kind: MeterKind
  digits: number
  decimals: number
  corrector: { serial: string; digits: number } | null
  /** Day number. */
  installed: number
  /** What it showed when the history begins. */
  startValue: number
  /** The meter before, and after which bill of the history it was taken away; null: no swap in these years. */
  former: { serial: string; installed: number; afterBill: number } | null
}

export type TicketPlan = {
  area: TicketArea
  type: TicketType
  channel: TicketChannel
  subject: string
  state: TicketState
  /** Days before today. */
  daysAgo: number
  priority: 'normal' | 'high'
  /** Which supply it is about. */
  supply: number | null
}
