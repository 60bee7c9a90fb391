import { dayNumber, isCivilDay } from '../../shared/domain/civil-day.ts'
import { monthOf } from './calendar.ts'
import { knownCustomers } from './known-customers.ts'
import type { KnownCustomer, KnownSupply } from './known-customers.ts'
import type { CustomerPlan, MeterPlan, SupplyPlan } from './plan.ts'
import { townByCode } from './places.ts'
import type { Place } from './places.ts'
import type { Times } from './supplies.ts'

const list: readonly KnownCustomer[] = Object.values(knownCustomers)

/** Rows that are the same in every demo. */
export const knownRows = list.length

const cycles: Readonly<Record<KnownSupply['commodity'], number>> = { electricity: 2, gas: 2, water: 3, waste: 6 }
const closedMonthsAgo = 9
const installedDaysAgo = 2600

function day(text: string): number {
  if (!isCivilDay(text)) throw new RangeError('no such day')
  return dayNumber(text)
}

function meterPlan(known: KnownSupply, today: number): MeterPlan | null {
  if (known.meter === null) return null
  const { formerSerial, ...meter } = known.meter
  const bills = (known.years * 12) / cycles[known.commodity]
  return {
    ...meter,
    installed: today - installedDaysAgo,
    former: formerSerial === null ? null : { serial: formerSerial, installed: today - 2 * installedDaysAgo, afterBill: Math.floor(bills / 2) },
  }
}

function supplyPlan(known: KnownSupply, place: Place, since: number, times: Times): SupplyPlan {
  return {
    commodity: known.commodity,
    code: known.code,
    serviceCode: known.serviceCode,
    place,
    domestic: known.domestic,
    resident: known.domestic,
    annual: known.annual,
    heating: true,
    powerW: known.domestic ? 3000 : 15_000,
    useClass: known.commodity === 'gas' ? 'C1' : known.commodity === 'water' ? (known.domestic ? 'Domestico' : 'Non domestico') : '',
    surface: known.domestic ? 78 : 240,
    occupants: 3,
    start: since,
    endMonth: known.state === 'closed' ? monthOf(times.today) - closedMonthsAgo : null,
    historyMonths: known.years * 12,
    cycle: cycles[known.commodity],
    meter: meterPlan(known, times.today),
  }
}

/** The plan of a known customer; only its days follow today. */
export function knownPlan(row: number, times: Times): CustomerPlan {
  const known = list[row]
  if (known === undefined) throw new RangeError('no such known customer')
  const { who, address } = known
  const since = day(known.since)
  const place: Place = { street: address.street, houseNumber: address.houseNumber, postalCode: address.postalCode, town: townByCode(address.townCode) }
  const birthDay = who.kind === 'person' && isCivilDay(who.birthDay) ? who.birthDay : null
  return {
    row,
    brand: known.brand,
    ordinal: row + 1,
    code: known.code,
    who: who.kind === 'company' ? who : { ...who, birthDay: birthDay ?? birthDayMissing() },
    contacts: { phone: known.phone, mobile: known.mobile, email: known.email, emailState: known.emailState },
    place,
    vulnerable: known.vulnerable,
    since,
    payer: known.payer,
    directDebit: known.directDebit,
    delivery: known.emailState === 'ok' ? 'email' : 'paper',
    supplies: known.supplies.map(supply => supplyPlan(supply, place, since, times)),
    tickets: known.tickets,
  }
}

function birthDayMissing(): never {
  throw new RangeError('a known person has a day of birth')
}
