import { dayText } from './calendar.ts'
import { endDayOf, hasDirectDebit, swapDayOf, writeHistory } from './history.ts'
import type { CustomerPlan, SupplyPlan } from './plan.ts'
import type { Place } from './places.ts'
import { rollFor } from './random.ts'
import { csv } from './sink.ts'
import type { DemoSink } from './sink.ts'
import { writeTickets } from './tickets.ts'

const topics = { history: 20, tickets: 40 }
const yes = (flag: boolean): string => (flag ? 'S' : 'N')
const dayOr = (day: number | null): string => (day === null ? '' : dayText(day))

/** Writes an address once and gives its code. */
function addressBook(plan: CustomerPlan, sink: DemoSink): (place: Place) => string {
  const codes = new Map<Place, string>()
  return place => {
    let code = codes.get(place)
    if (code === undefined) {
      code = `A${String(plan.row * 8 + codes.size).padStart(8, '0')}`
      codes.set(place, code)
      const { street, houseNumber, postalCode, town } = place
      sink.addresses(`${plan.brand};${code};${csv(street)};${houseNumber};${postalCode};${town.name};${town.province};${town.code}\n`)
    }
    return code
  }
}

function writeSupply(plan: CustomerPlan, supply: SupplyPlan, index: number, address: string, sink: DemoSink, today: number): void {
  const { commodity, code, serviceCode, meter } = supply
  const power = commodity === 'electricity' ? String(supply.powerW) : ''
  const surface = commodity === 'waste' ? String(supply.surface) : ''
  const occupants = (commodity === 'waste' || commodity === 'water') && supply.domestic ? String(supply.occupants) : ''
  const resident = supply.domestic ? yes(supply.resident) : ''
  sink.supply_points(`${plan.brand};${commodity};${code};${address};${power};${supply.useClass};${resident};${surface};${occupants}\n`)
  const state = supply.endMonth === null ? 'active' : 'closed'
  const end = dayOr(endDayOf(supply))
  sink.contracts(`${plan.brand};${serviceCode};${plan.code};${commodity};${code};${yes(supply.domestic)};${dayText(supply.start)};${end};${state};${yes(hasDirectDebit(plan, supply))};${plan.delivery}\n`)
  if (meter === null) return
  const corrector = meter.corrector === null ? 'N;;' : `S;${meter.corrector.serial};${meter.corrector.digits}`
  const line = (serial: string, installed: string, removed: string): string =>
    `${plan.brand};${commodity};${serial};${code};${meter.kind};${meter.digits};${meter.decimals};${corrector};${installed};${removed}\n`
  const swapDay = swapDayOf(plan, supply, index, today)
  if (meter.former !== null && swapDay !== null) sink.meters(line(meter.former.serial, dayText(meter.former.installed), dayText(swapDay)))
  sink.meters(line(meter.serial, dayOr(swapDay ?? meter.installed), end))
}

/** Writes everything about a customer into the nine files. */
export function writeCustomer(seed: number, plan: CustomerPlan, sink: DemoSink, today: number): void {
  const addressOf = addressBook(plan, sink)
  const { who, contacts } = plan
  const home = addressOf(plan.place)
  const name = who.kind === 'person' ? `person;${who.lastName};${who.firstName};` : `company;;;${csv(who.companyName)}`
  const birth = who.kind === 'person' ? `${who.birthDay};${who.sex}` : ';'
  const vat = who.kind === 'company' ? (who.vatNumber ?? '') : ''
  sink.customers(`${plan.brand};${plan.code};${name};${who.taxCode};${vat};${birth};${contacts.phone};${contacts.mobile};${contacts.email};${contacts.emailState};${yes(plan.vulnerable)};${dayText(plan.since)};${home}\n`)
  plan.supplies.forEach((supply, i) => {
    writeSupply(plan, supply, i, addressOf(supply.place), sink, today)
    writeHistory(plan, supply, i, rollFor(seed, plan.row, topics.history + i), sink, today)
  })
  writeTickets(plan, rollFor(seed, plan.row, topics.tickets), sink, today)
}
