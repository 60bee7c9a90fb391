import type { ReadingView } from '../../../../shared/contract/customers.ts'
import { diffDays } from '../../../../shared/domain/civil-day.ts'
import type { CivilDay } from '../../../../shared/domain/civil-day.ts'

/** What was used between two readings of one meter. Quantities are thousandths of the meter's unit. */
export type Period = {
  /** Day of the reading that ends the period. */
  readonly day: CivilDay
  readonly milli: number
  /** Length of the period. */
  readonly days: number
  /** The same time one year before, where a reading tells it. */
  readonly yearBefore: number | null
}

export type Verdict =
  | { readonly kind: 'usual'; readonly meanMilli: number }
  | { readonly kind: 'odd'; readonly index: number; readonly meanMilli: number }
  | { readonly kind: 'falling'; readonly index: number; readonly meanMilli: number }

/** How far from a year before a reading may lie to be compared with. */
const nearDays = 45
/** More than this times the usual daily use is worth a look. */
const oddFactor = 1.75

type Step = { readonly day: CivilDay; readonly milli: number; readonly days: number }

/**
 * Periods of the newest readings, oldest first, at most `most`. Deleted entries do not count; the first reading of a meter
 * ends no period, so that a meter swap leaves no false leap.
 *
 * @param readings newest first, as the core lists them
 */
export function consumptionPeriods(readings: readonly ReadingView[], most = 12): Period[] {
  const steps = stepsOf(readings)
  return steps.slice(0, most).toReversed().map((step) => ({ ...step, yearBefore: yearBefore(steps, step) }))
}

function stepsOf(readings: readonly ReadingView[]): Step[] {
  const counting = readings.filter((reading) => reading.state !== 'deleted')
  return counting.flatMap((reading, index) => {
    const before = counting.slice(index + 1).find((other) => other.meterId === reading.meterId && other.day < reading.day)
    if (reading.consumption === null || before === undefined) return []
    return [{ day: reading.day, milli: reading.consumption, days: diffDays(before.day, reading.day) }]
  })
}

function yearBefore(steps: readonly Step[], step: Step): number | null {
  const distance = (other: Step): number => Math.abs(diffDays(other.day, step.day) - 365)
  const nearest = steps.filter((other) => distance(other) <= nearDays).toSorted((one, other) => distance(one) - distance(other))[0]
  return nearest?.milli ?? null
}

/**
 * Whether the newest period stands out: below the reading before, or far above the daily use of the same time a year before
 * (of all other periods where that is not known, water and electricity only: gas has its winter). `null` without periods.
 */
export function judge(periods: readonly Period[], seasonal: boolean): Verdict | null {
  const last = periods.at(-1)
  if (last === undefined) return null
  const index = periods.length - 1
  const others = periods.slice(0, -1)
  const meanMilli = Math.round(sum(periods.map((period) => period.milli)) / periods.length)
  if (last.milli < 0) return { kind: 'falling', index, meanMilli }
  const odd = isOdd(last, others, seasonal)
  return odd ? { kind: 'odd', index, meanMilli: others.length === 0 ? meanMilli : Math.round(sum(others.map((period) => period.milli)) / others.length) } : { kind: 'usual', meanMilli }
}

function isOdd(last: Period, others: readonly Period[], seasonal: boolean): boolean {
  if (last.yearBefore !== null) return last.milli > oddFactor * last.yearBefore && last.yearBefore > 0
  const days = sum(others.map((period) => period.days))
  if (seasonal || others.length < 3 || days === 0) return false
  const usual = sum(others.map((period) => period.milli)) / days
  return usual > 0 && last.milli / Math.max(1, last.days) > oddFactor * usual
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
