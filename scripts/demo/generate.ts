import { dayNumber } from '../../shared/domain/civil-day.ts'
import type { CivilDay } from '../../shared/domain/civil-day.ts'
import type { ExtractKind } from '../../shared/import/extract-format.ts'
import { openFileSink } from './file-sink.ts'
import { planCustomer } from './plan-customer.ts'
import type { DemoSink } from './sink.ts'
import { writeCustomer } from './write-customer.ts'

export type DemoOptions = {
  customers: number
  seed: number
  /** The day on which everything is up to date. */
  today: CivilDay
  /** Two bills a supply instead of years of them. */
  light: boolean
}

export type DemoReport = { records: Record<ExtractKind, number>; total: number; seconds: number }

/** Writes customers `from` up to below `to`; the result is the same in whatever pieces it is written. */
export function writeDemo(options: Omit<DemoOptions, 'customers'>, from: number, to: number, sink: DemoSink): void {
  const times = { today: dayNumber(options.today), light: options.light }
  for (let row = from; row < to; row++) writeCustomer(options.seed, planCustomer(options.seed, row, times), sink, times.today)
}

const step = 5000

/**
 * Writes the extracts of a made-up utility into a directory: the same bytes for the same options, on every machine.
 * @param onProgress called now and then with the number of customers written.
 */
export function generateDemo(directory: string, options: DemoOptions, onProgress?: (customers: number) => void): DemoReport {
  const start = performance.now()
  const files = openFileSink(directory)
  for (let from = 0; from < options.customers; from += step) {
    const to = Math.min(options.customers, from + step)
    writeDemo(options, from, to, files.sink)
    onProgress?.(to)
  }
  const records = files.close()
  const total = Object.values(records).reduce((sum, count) => sum + count, 0)
  return { records, total, seconds: (performance.now() - start) / 1000 }
}
