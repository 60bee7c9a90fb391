import type { Commodity } from '../../shared/domain/records/master.ts'
import { brandProfiles } from './brand-rows.ts'
import type { BrandWord } from './brand-rows.ts'
import { monthOf } from './calendar.ts'
import type { MeterPlan, SupplyPlan } from './plan.ts'
import { pickPlace, placeIn } from './places.ts'
import type { Place } from './places.ts'
import { spread } from './random.ts'
import type { Dice } from './random.ts'

/** A customer has at most this many supplies, so that every supply has a number of its own. */
export const maxSupplies = 8

/** The months of history asked for, and today. */
export type Times = { today: number; light: boolean }

export type SupplyOwner = {
  row: number
  brand: BrandWord
  ordinal: number
  isCompany: boolean
  place: Place
  since: number
}

const shares = { secondHome: 0.1, secondSite: 0.25, closed: 0.26, swap: 0.07, cooking: 0.12, corrector: 0.3, dials: 0.08, deep: 0.07 }
const cycles: Readonly<Record<Commodity, number>> = { electricity: 2, gas: 2, water: 3, waste: 6 }
/** Days after which a customer may have moved. */
const longCustomer = 2000
const months = { usual: 24, deep: 60 }

/** Distributors' numbers in PODs: e-distribuzione nearly everywhere, others in their cities. */
function podDistributor(dice: Dice, place: Place): string {
  const local: Readonly<Record<string, string>> = { TO: '020', MI: '012', BS: '012', RM: '002' }
  return dice.chance(0.6) ? (local[place.town.province] ?? '001') : '001'
}

const pdrDistributors = ['0334', '0088', '0161', '0590', '1561'] as const
/** PDRs that known customers have. */
const takenNumbers: ReadonlySet<string> = new Set(['0009749021', '0009112874'])

/** Code of a supply point; `ordinal` is unique over all supplies. */
export function pointCode(dice: Dice, commodity: Commodity, ordinal: number, place: Place): string {
  switch (commodity) {
    case 'electricity':
      return `IT${podDistributor(dice, place)}E${spread(ordinal, 8)}`
    case 'gas': {
      const number = spread(ordinal, 10)
      return `${takenNumbers.has(number) ? '0088' : dice.pick(pdrDistributors)}${number}`
    }
    case 'water':
      return `W${String(ordinal).padStart(8, '0')}`
    case 'waste':
      return `R${String(ordinal).padStart(8, '0')}`
  }
}

function annualUse(dice: Dice, commodity: Commodity, isCompany: boolean, occupants: number, heating: boolean): number {
  const skewed = dice.unit() * dice.unit()
  switch (commodity) {
    case 'electricity':
      return isCompany ? 3500 + Math.floor(60_000 * skewed) : 1100 + 480 * occupants + Math.floor(1500 * skewed)
    case 'gas':
      return isCompany ? 900 + Math.floor(45_000 * skewed) : heating ? 450 + Math.floor(1900 * dice.unit() * (0.5 + dice.unit() / 2)) : 60 + 25 * occupants
    case 'water':
      return isCompany ? 90 + Math.floor(4000 * skewed) : 25 + 42 * occupants + Math.floor(60 * skewed)
    case 'waste':
      return 0
  }
}

function pickMeter(dice: Dice, commodity: Commodity, ordinal: number, big: boolean, bills: number, times: Times): MeterPlan | null {
  if (commodity === 'waste') return null
  const installed = times.today - dice.between(longCustomer, 5200)
  const year = String(2010 + dice.below(14)).slice(2)
  const swapped = dice.chance(shares.swap) && bills > 3
  const number = spread(ordinal * 2, 8)
  const former = spread(ordinal * 2 + 1, 8)
  const serialOf = (digits: string, isFormer: boolean): string => {
    switch (commodity) {
      case 'electricity': return isFormer ? digits : `E${year}${digits}`
      case 'gas': return isFormer || dice.chance(0.2) ? digits : `EL${digits}`
      case 'water': return `${year}-${digits}`
    }
  }
  const hasCorrector = commodity === 'gas' && big && dice.chance(shares.corrector)
  const digits = commodity === 'electricity' || big ? 6 : 5
  return {
    serial: serialOf(number, false),
    kind: commodity === 'electricity' ? (dice.chance(0.93) ? 'bands' : 'direct') : commodity === 'water' && dice.chance(shares.dials) ? 'dials' : 'direct',
    digits,
    decimals: commodity === 'electricity' ? 0 : 3,
    corrector: hasCorrector ? { serial: `VC${number}`, digits: 7 } : null,
    installed,
    startValue: dice.below(commodity === 'electricity' ? 40_000 : 9_000),
    former: swapped ? { serial: serialOf(former, true), installed: installed - dice.between(2000, 4000), afterBill: dice.between(1, bills - 2) } : null,
  }
}

/** Adds one supply of a kind at a place. */
function pickSupply(dice: Dice, owner: SupplyOwner, index: number, commodity: Commodity, place: Place, closed: boolean, times: Times): SupplyPlan {
  const ordinal = owner.row * maxSupplies + index
  const occupants = 1 + Math.floor(5 * dice.unit() * dice.unit())
  const heating = !dice.chance(shares.cooking)
  const annual = annualUse(dice, commodity, owner.isCompany, occupants, heating)
  const cycle = cycles[commodity]
  const historyMonths = times.light ? cycle * (commodity === 'waste' ? 1 : 2) : dice.chance(shares.deep) ? months.deep : months.usual
  const endMonth = closed ? monthOf(times.today) - dice.between(2, 40) : null
  const start = closed || dice.chance(0.9) ? owner.since + dice.below(60) : times.today - dice.between(40, Math.min(600, times.today - owner.since))
  return {
    commodity,
    code: pointCode(dice, commodity, ordinal, place),
    serviceCode: brandProfiles[owner.brand].serviceCode(owner.ordinal * maxSupplies + index),
    place,
    domestic: !owner.isCompany,
    resident: !owner.isCompany && index < 2,
    annual,
    heating,
    powerW: owner.isCompany ? dice.pick([6000, 10_000, 15_000, 20_000, 30_000, 50_000]) : dice.pick([3000, 3000, 3000, 3000, 3000, 4500, 4500, 6000]),
    useClass: commodity === 'gas' ? (heating ? 'C1' : 'C2') : commodity === 'water' ? (owner.isCompany ? 'Non domestico' : 'Domestico') : '',
    surface: owner.isCompany ? dice.between(60, 900) : dice.between(45, 190),
    occupants,
    start,
    endMonth,
    historyMonths,
    cycle,
    meter: pickMeter(dice, commodity, ordinal, owner.isCompany && annual > 4000, Math.floor(historyMonths / cycle), times),
  }
}

function pickBundle(dice: Dice, brand: BrandWord): readonly Commodity[] {
  const { bundles } = brandProfiles[brand]
  let left = dice.below(bundles.reduce((sum, [weight]) => sum + weight, 0))
  for (const [weight, commodities] of bundles) {
    left -= weight
    if (left < 0) return commodities
  }
  return []
}

/** All supplies of a customer: the home's, a second home or more sites, and some that are over. */
export function pickSupplies(dice: Dice, owner: SupplyOwner, times: Times): SupplyPlan[] {
  const supplies: SupplyPlan[] = []
  const add = (place: Place, closed: boolean): void => {
    for (const commodity of pickBundle(dice, owner.brand)) {
      if (supplies.length < maxSupplies) supplies.push(pickSupply(dice, owner, supplies.length, commodity, place, closed, times))
    }
  }
  add(owner.place, false)
  if (owner.isCompany && dice.chance(shares.secondSite)) {
    for (let site = dice.between(1, 3); site > 0; site--) add(placeIn(dice, owner.place.town), false)
  } else if (dice.chance(shares.secondHome)) {
    add(pickPlace(dice, brandProfiles[owner.brand].regions), false)
  }
  if (dice.chance(shares.closed) && owner.since < times.today - longCustomer) add(placeIn(dice, owner.place.town), true)
  return supplies
}
