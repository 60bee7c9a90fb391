import type { Commodity } from '../../shared/domain/records/master.ts'

export type BrandWord = 'enercasa' | 'clienti' | 'unogas' | 'etra'

type BrandProfile = {
  /** Letters of data/towns.ts. */
  regions: string
  /** What a home takes, with weights. */
  bundles: readonly (readonly [weight: number, commodities: readonly Commodity[]])[]
  customerCode(ordinal: number): string
  serviceCode(contract: number): string
}

const pad = (n: number, length: number): string => String(n).padStart(length, '0')

/** Known customers have numbers below this, so that no other gets them. */
export const firstFreeOrdinal = 100_001

export const brandProfiles: Readonly<Record<BrandWord, BrandProfile>> = {
  enercasa: {
    regions: 'PVF',
    bundles: [[44, ['electricity']], [50, ['electricity', 'gas']], [6, ['gas']]],
    customerCode: ordinal => pad(20_000_000 + ordinal, 8),
    serviceCode: contract => pad(contract, 9),
  },
  clienti: {
    regions: 'TEF',
    bundles: [[32, ['electricity']], [44, ['electricity', 'gas']], [24, ['gas']]],
    customerCode: ordinal => pad(ordinal, 6),
    serviceCode: contract => `S${pad(contract, 8)}`,
  },
  unogas: {
    regions: 'LPE',
    bundles: [[38, ['gas']], [52, ['gas', 'electricity']], [10, ['electricity']]],
    customerCode: ordinal => pad(ordinal, 9),
    serviceCode: contract => pad(contract, 10),
  },
  etra: {
    regions: 'V',
    bundles: [[70, ['water', 'waste']], [14, ['waste']], [16, ['water']]],
    customerCode: ordinal => `1${pad(ordinal, 7)}`,
    serviceCode: contract => `2${pad(contract, 8)}`,
  },
}

/** Whose customer each row is, twenty by twenty: 35 % enercasa, 15 % clienti, 25 % unogas, 25 % etra. */
const pattern: readonly BrandWord[] = [
  'enercasa', 'etra', 'unogas', 'enercasa', 'clienti', 'etra', 'enercasa', 'unogas', 'enercasa', 'etra',
  'unogas', 'clienti', 'enercasa', 'unogas', 'etra', 'enercasa', 'unogas', 'clienti', 'etra', 'enercasa',
]
const counts = new Map<BrandWord, number>()
const before = pattern.map(brand => {
  const seen = counts.get(brand) ?? 0
  counts.set(brand, seen + 1)
  return seen
})

/** The brand of a row and which of its customers it is. */
export function brandOfRow(row: number): { brand: BrandWord; ordinal: number } {
  const place = row % pattern.length
  const brand = pattern[place] ?? 'enercasa'
  const ordinal = Math.floor(row / pattern.length) * (counts.get(brand) ?? 0) + (before[place] ?? 0)
  return { brand, ordinal: ordinal + firstFreeOrdinal }
}
