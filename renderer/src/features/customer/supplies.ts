import type { CustomerSheet, SupplyView } from '../../../../shared/contract/customers.ts'
import { commodities } from '../../../../shared/domain/records/master.ts'
import type { Commodity } from '../../../../shared/domain/records/master.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Format } from '../../ui/format.ts'
import type { Translate } from '../../ui/i18n.ts'

export type SupplyChoice = { readonly active: readonly SupplyView[]; readonly closed: readonly SupplyView[] }

/**
 * One line per supply point: those in service, and those where every contract has ended, each by commodity in the order of the
 * desk. Contracts come newest first and keep that order within a commodity.
 */
export function supplyChoice(supplies: readonly SupplyView[]): SupplyChoice {
  const byPoint = new Map<string, SupplyView>()
  for (const supply of supplies) {
    const known = byPoint.get(supply.supplyPointId)
    if (known === undefined || (supply.active && !known.active)) byPoint.set(supply.supplyPointId, supply)
  }
  const points = [...byPoint.values()].toSorted((one, other) => commodities.indexOf(one.commodity) - commodities.indexOf(other.commodity))
  return { active: points.filter((supply) => supply.active), closed: points.filter((supply) => !supply.active) }
}

/** The contract shown for a point: the one in service, else the newest; `null` where the point is not of this customer. */
export function supplyOf(sheet: CustomerSheet, supplyPointId: string | null): SupplyView | null {
  const { active, closed } = supplyChoice(sheet.supplies)
  return [...active, ...closed].find((supply) => supply.supplyPointId === supplyPointId) ?? null
}

/** The point a sheet opens on: the first in service, else the first of all; `null` where there is none. */
export function firstSupplyPoint(sheet: CustomerSheet): string | null {
  const { active, closed } = supplyChoice(sheet.supplies)
  return (active[0] ?? closed[0])?.supplyPointId ?? null
}

const commodityKeys: Readonly<Record<Commodity, MessageKey>> = {
  electricity: 'ui.commodity.electricity',
  gas: 'ui.commodity.gas',
  water: 'ui.commodity.water',
  waste: 'ui.commodity.waste',
}
export const unitKeys: Readonly<Record<Commodity, MessageKey>> = {
  electricity: 'customer.unit.electricity',
  gas: 'customer.unit.gas',
  water: 'customer.unit.water',
  waste: 'customer.unit.waste',
}
/** Classes of gas use that have a word of their own; others are shown as they are. */
const gasUseKeys: Readonly<Record<string, MessageKey>> = { C1: 'customer.supply.heating', C2: 'customer.supply.cooking', C3: 'customer.supply.heatingCooking' }

/** What the supply is used for: "3 kW", "riscaldamento", "residente", "78 m²"; '' where nothing is known. */
export function supplyUse(supply: SupplyView, t: Translate): string {
  const { commodity, useClass, resident } = supply
  const residence = resident === null ? '' : t(resident ? 'customer.supply.resident' : 'customer.supply.nonResident')
  const known = useClass === null ? undefined : gasUseKeys[useClass]
  if (commodity === 'gas') return known === undefined ? (useClass ?? '') : t(known)
  return residence === '' ? (useClass ?? '') : residence
}

/** "Luce, 3 kW", "Acqua, residente": the commodity and the one fact that tells it from others. */
export function supplyTitle(supply: SupplyView, t: Translate, format: Format): string {
  const name = t(commodityKeys[supply.commodity])
  if (supply.commodity === 'electricity' && supply.powerW !== null) return t('customer.supply.power', { name, kw: format.number(supply.powerW / 1000, 1) })
  if (supply.commodity === 'waste' && supply.surfaceM2 !== null) return t('customer.supply.surface', { name, m2: format.number(supply.surfaceM2) })
  const use = supplyUse(supply, t)
  return use === '' ? name : t('customer.supply.use', { name, use })
}

/** POD or PDR; for water and waste, whose points have no public code, the service code. */
export function supplyCode(supply: SupplyView, t: Translate): string {
  return supply.commodity === 'electricity' || supply.commodity === 'gas' ? supply.code : t('customer.supply.service', { code: supply.serviceCode })
}
