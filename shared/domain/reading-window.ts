import type { CivilDay } from './civil-day.ts'
import type { ReadingWindowRow } from './records/readings.ts'

type Window = Pick<ReadingWindowRow, 'fromDay' | 'fromTime' | 'toDay' | 'toTime' | 'mode'>

/**
 * Whether a window accepts a reading at this civil day and wall time (Europe/Rome), ends included to the minute.
 * Continuous: one interval from first day and hour to last day and hour; daily: the same hours on every day (decision 5, S2).
 */
export function isWindowOpen(window: Window, today: CivilDay, time: string): boolean {
  if (today < window.fromDay || today > window.toDay) return false
  if (window.mode === 'daily') return time >= window.fromTime && time <= window.toTime
  if (today === window.fromDay && time < window.fromTime) return false
  return !(today === window.toDay && time > window.toTime)
}
