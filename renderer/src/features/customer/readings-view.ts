import type { CustomerSheet, ReadingView, SupplyView } from '../../../../shared/contract/customers.ts'

/** What tells one entry of a reading from another. */
export const readingKey = ({ meterId, day, entry }: Pick<ReadingView, 'meterId' | 'day' | 'entry'>): string => `${meterId}|${day}|${entry}`

/** Thousandths over all bands: what a consumption is made of. */
export const readingTotal = ({ value, value2, value3 }: Pick<ReadingView, 'value' | 'value2' | 'value3'>): number => value + (value2 ?? 0) + (value3 ?? 0)

/** The supply a meter stands at. */
export function supplyOfMeter(sheet: CustomerSheet, meterId: string): SupplyView | undefined {
  return sheet.supplies.find((supply) => supply.meters.some((meter) => meter.meterId === meterId))
}
