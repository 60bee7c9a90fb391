import { diffDays } from '../../../../shared/domain/civil-day.ts'
import type { CivilDay } from '../../../../shared/domain/civil-day.ts'
import type { ReadingSource, ReadingState } from '../../../../shared/domain/records/readings.ts'

/** Thousandths of the meter's unit; bands A2 and A3 and the corrector where the meter has them. */
export type Measured = { readonly value: number; readonly value2: number | null; readonly value3: number | null; readonly correctorValue: number | null }
export type Past = Measured & { readonly day: CivilDay; readonly source: ReadingSource; readonly state: ReadingState }

/** Daily consumption between the readings of the last year, thousandths: lowest, average, highest. */
export type Usual = { readonly low: number; readonly mean: number; readonly peak: number }
/** Consumption since the last reading, thousandths; `usual` is `null` where the past says nothing about it. */
export type Use = { readonly used: number; readonly days: number; readonly perDay: number; readonly usual: Usual | null }

/** What the light shows and why. Nothing of it blocks (decision 14): amber and red ask for a reason. */
export type Judgement =
  | { readonly light: 'none'; readonly finding: 'first' }
  | ({ readonly light: 'green'; readonly finding: 'in_line' } & Use)
  | ({ readonly light: 'amber'; readonly finding: 'far_above'; readonly times: number | null } & Use)
  | { readonly light: 'red'; readonly finding: 'lower' | 'corrector_lower'; readonly by: number; readonly lastDay: CivilDay; readonly lastEstimated: boolean }

/** Three times the usual is far, unless some stretch of the last year (a winter) was nearly as high; small amounts never are. */
const farTimes = 3
const farAbovePeak = 1.25
const smallExcess = 10_000
/** How far back the usual is looked for: a year and the slack of a late reading. */
const recentDays = 400
const shortestStretch = 7

/** The newest reading that counts before `day`: deleted ones do not. */
export function lastBefore(history: readonly Past[], day: CivilDay): Past | null {
  return counting(history, day)[0] ?? null
}

/**
 * Compares what is read today with the last reading and with recent daily consumption.
 * The meter shows whole units: a last reading with decimals counts without them, so that the same figures are never "lower".
 */
export function judgeReading(now: Measured, day: CivilDay, history: readonly Past[]): Judgement {
  // Bands that were not read today are left out of the past as well.
  const past = counting(history, day).map((one) => ({ ...one, value2: now.value2 === null ? null : one.value2, value3: now.value3 === null ? null : one.value3 }))
  const last = past[0]
  if (last === undefined) return { light: 'none', finding: 'first' }
  const red = { light: 'red', lastDay: last.day, lastEstimated: last.source === 'estimated' } as const
  const fall = largestFall(now, last)
  if (fall > 0) return { ...red, finding: 'lower', by: fall }
  const correctorFall = fallOf(now.correctorValue, last.correctorValue)
  if (correctorFall > 0) return { ...red, finding: 'corrector_lower', by: correctorFall }
  const use = useSince(now, day, last, past)
  if (use.usual === null || !isFar(use, use.usual)) return { light: 'green', finding: 'in_line', ...use }
  return { light: 'amber', finding: 'far_above', times: use.usual.mean === 0 ? null : use.perDay / use.usual.mean, ...use }
}

/** Whether the desk asks for a reason before it saves. */
export function asksReason(judgement: Judgement | null): boolean {
  return judgement !== null && (judgement.light === 'amber' || judgement.light === 'red')
}

function counting(history: readonly Past[], day: CivilDay): Past[] {
  return history.filter((past) => past.state !== 'deleted' && past.day < day).toSorted((one, other) => (one.day < other.day ? 1 : one.day > other.day ? -1 : 0))
}

const shown = (milli: number): number => Math.floor(milli / 1000) * 1000

function fallOf(now: number | null, last: number | null): number {
  return now === null || last === null ? 0 : shown(last) - now
}

function largestFall(now: Measured, last: Measured): number {
  return Math.max(fallOf(now.value, last.value), fallOf(now.value2, last.value2), fallOf(now.value3, last.value3))
}

/** Consumption between two readings over the bands that both have. */
function difference(later: Measured, earlier: Measured): number {
  const band = (to: number | null, from: number | null): number => (to === null || from === null ? 0 : to - from)
  return later.value - earlier.value + band(later.value2, earlier.value2) + band(later.value3, earlier.value3)
}

function useSince(now: Measured, day: CivilDay, last: Past, past: readonly Past[]): Use {
  const used = Math.max(0, difference(now, last))
  const days = Math.max(1, diffDays(last.day, day))
  return { used, days, perDay: used / days, usual: usualUse(past) }
}

/** `null` without one stretch long enough. */
function usualUse(past: readonly Past[]): Usual | null {
  const newest = past[0]
  if (newest === undefined) return null
  let used = 0
  let days = 0
  let peak = 0
  let low = Number.POSITIVE_INFINITY
  for (const [index, later] of past.entries()) {
    const earlier = past[index + 1]
    if (earlier === undefined || diffDays(later.day, newest.day) > recentDays) break
    const stretch = diffDays(earlier.day, later.day)
    const amount = difference(later, earlier)
    // A fall is a new meter or an estimate taken back: it says nothing about use.
    if (stretch < shortestStretch || amount < 0) continue
    used += amount
    days += stretch
    peak = Math.max(peak, amount / stretch)
    low = Math.min(low, amount / stretch)
  }
  return days === 0 ? null : { low, mean: used / days, peak }
}

function isFar(use: Use, usual: Usual): boolean {
  return use.perDay > usual.mean * farTimes && use.perDay > usual.peak * farAbovePeak && use.used - usual.mean * use.days > smallExcess
}
