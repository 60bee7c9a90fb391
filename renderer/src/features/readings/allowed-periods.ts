import type { ReadingForm } from '../../../../shared/contract/readings.ts'
import { addDays } from '../../../../shared/domain/civil-day.ts'
import type { CivilDay } from '../../../../shared/domain/civil-day.ts'
import { isWindowOpen } from '../../../../shared/domain/reading-window.ts'

export type Period = ReadingForm['windows'][number]
/** Civil day and wall time 'HH:mm' in Italy. */
export type Moment = { readonly day: CivilDay; readonly time: string }
export type PeriodState = 'now' | 'laterToday' | 'later' | 'over'

/** How a period stands at a moment; `laterToday` is a running one outside its hours. */
export function periodState(period: Period, { day, time }: Moment): PeriodState {
  if (isWindowOpen(period, day, time)) return 'now'
  const next = opening(period, { day, time })
  if (next === null) return 'over'
  return day < period.fromDay ? 'later' : 'laterToday'
}

/** When the next period opens, `null` if none is set. */
export function nextOpening(periods: readonly Period[], at: Moment): Moment | null {
  const coming = periods.map((period) => opening(period, at)).filter((moment) => moment !== null)
  return coming.toSorted((one, other) => (`${one.day} ${one.time}` < `${other.day} ${other.time}` ? -1 : 1))[0] ?? null
}

/** The open period that lasts longest, `null` while all are closed. */
export function openPeriod(periods: readonly Period[], { day, time }: Moment): Period | null {
  const open = periods.filter((period) => isWindowOpen(period, day, time))
  const until = (period: Period): string => (period.mode === 'daily' ? `${day} ${period.toTime}` : `${period.toDay} ${period.toTime}`)
  return open.toSorted((one, other) => (until(one) > until(other) ? -1 : 1))[0] ?? null
}

/** The moment a closed period opens next. */
function opening(period: Period, { day, time }: Moment): Moment | null {
  if (day < period.fromDay) return { day: period.fromDay, time: period.fromTime }
  if (day > period.toDay) return null
  const openedBefore = period.mode === 'continuous' && day > period.fromDay
  if (!openedBefore && time < period.fromTime) return { day, time: period.fromTime }
  return period.mode === 'daily' && day < period.toDay ? { day: addDays(day, 1), time: period.fromTime } : null
}
