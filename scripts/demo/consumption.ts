import type { Commodity } from '../../shared/domain/records/master.ts'
import type { SupplyPlan } from './plan.ts'

/** How a year's use spreads over the months, January first; each sums to 12. */
const months: Readonly<Record<'electricity' | 'heating' | 'flat' | 'water', readonly number[]>> = {
  electricity: [1.14, 1.03, 1, 0.9, 0.86, 0.96, 1.16, 1.1, 0.9, 0.9, 0.98, 1.07],
  heating: [2.6, 2.2, 1.5, 0.68, 0.25, 0.15, 0.12, 0.1, 0.15, 0.57, 1.4, 2.28],
  flat: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  water: [0.9, 0.9, 0.95, 1, 1.05, 1.15, 1.25, 1.13, 1, 0.95, 0.86, 0.86],
}

/** Share of a month's average use that falls into a month (0 January). */
export function monthWeight(supply: SupplyPlan, month: number): number {
  const curve = supply.commodity === 'gas' ? (supply.heating ? months.heating : months.flat) : supply.commodity === 'water' ? months.water : months.electricity
  return curve[month % 12] ?? 1
}

/** Share of electricity in the bands A1 and A2; the rest is A3. */
export const bandShares = { first: 0.36, second: 0.29 }
/** Standard cubic metres for a metre read off the meter. */
export const correctorFactor = 1.0236

type Tariff = { unitCents: number; monthCents: number }
const tariffs: Readonly<Record<Exclude<Commodity, 'waste'>, Tariff>> = {
  electricity: { unitCents: 27, monthCents: 1150 },
  gas: { unitCents: 104, monthCents: 720 },
  water: { unitCents: 238, monthCents: 340 },
}
/** Energy prices against those of an ordinary year. */
const energyLevel: ReadonlyMap<number, number> = new Map([[2020, 0.8], [2021, 0.92], [2022, 1.55], [2023, 1.22], [2024, 1.02]])

/** What a period costs, in cents. `units` are kWh, Smc or m³. */
export function priceOf(supply: SupplyPlan, units: number, monthCount: number, year: number): number {
  if (supply.commodity === 'waste') {
    const yearCents = supply.domestic ? supply.surface * 112 + supply.occupants * 3650 : supply.surface * 430
    return Math.round((yearCents * monthCount) / 12)
  }
  const { unitCents, monthCents } = tariffs[supply.commodity]
  const level = supply.commodity === 'water' ? 1 : (energyLevel.get(year) ?? 1)
  return Math.round(units * unitCents * level) + monthCents * monthCount
}
