import { accept, refusal } from './check.ts'
import type { Check } from './check.ts'

/** A day of the calendar in Italy, 'YYYY-MM-DD', no time and no zone. Text order is time order. */
export type CivilDay = string & { readonly __day: 'civil' }
/** A moment: milliseconds since 1970, an ISO text with its zone, or a Date. */
export type Instant = number | string | Date

const DAYS_BEFORE_MONTH = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const

/** Whether the Gregorian year has a 29 February. */
export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** Days in a month 1–12 of a year. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Digits of `text` from `from` to `to` as a number, -1 if one of them is no digit. */
function digitsAt(text: string, from: number, to: number): number {
  let n = 0
  for (let i = from; i < to; i++) {
    const d = text.charCodeAt(i) - 48
    if (d < 0 || d > 9) return -1
    n = n * 10 + d
  }
  return n
}

/** Whether the text is a day that exists, written 'YYYY-MM-DD', from year 1 on. */
export function isCivilDay(text: string): text is CivilDay {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false
  const year = digitsAt(text, 0, 4)
  const month = digitsAt(text, 5, 7)
  const day = digitsAt(text, 8, 10)
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** The day from its parts; a RangeError if there is no such day. */
export function civilDay(year: number, month: number, day: number): CivilDay {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  if (!isCivilDay(text)) throw new RangeError('no such day')
  return text
}

/** Parts of a day. */
export function dayParts(day: CivilDay): { year: number; month: number; day: number } {
  return { year: digitsAt(day, 0, 4), month: digitsAt(day, 5, 7), day: digitsAt(day, 8, 10) }
}

const badFormat = refusal('day_format')
const notInCalendar = refusal('day_not_in_calendar')
const italianDay = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/
const isoLikeDay = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/

/** Reads 'gg/mm/aaaa' (also with dots or hyphens) and ISO. Reasons: day_format, day_not_in_calendar. */
export function parseCivilDay(text: string): Check<CivilDay> {
  const trimmed = text.trim()
  if (isCivilDay(trimmed)) return accept(trimmed)
  const italian = italianDay.exec(trimmed)
  const iso = italian ? null : isoLikeDay.exec(trimmed)
  const [year, month, day] = italian ? [italian[3], italian[2], italian[1]] : [iso?.[1], iso?.[2], iso?.[3]]
  if (year === undefined || month === undefined || day === undefined) return badFormat
  const candidate = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCivilDay(candidate) ? accept(candidate) : notInCalendar
}

/** 'gg/mm/aaaa', as Italian papers write it; English uses the same order here, because the papers in front of the agent do. */
export function formatCivilDay(day: CivilDay): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`
}

/** Days since 1970-01-01, negative before. */
export function dayNumber(day: CivilDay): number {
  const { year, month, day: d } = dayParts(day)
  const before = year - 1
  const leap = month > 2 && isLeapYear(year) ? 1 : 0
  const beforeYear = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  return beforeYear + (DAYS_BEFORE_MONTH[month] ?? 0) + leap + d - 719163
}

/** Inverse of `dayNumber`. */
export function dayFromNumber(days: number): CivilDay {
  // Years counted from March, so that the leap day is the last one of its year.
  const z = days + 719468
  const era = Math.floor(z / 146097)
  const ofEra = z - era * 146097
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365)
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * ofYear + 2) / 153)
  const day = ofYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return civilDay(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
}

/** The day `days` later (earlier when negative). */
export function addDays(day: CivilDay, days: number): CivilDay {
  return dayFromNumber(dayNumber(day) + days)
}

/** Days from `from` to `to`: 1 when `to` is the day after. */
export function diffDays(from: CivilDay, to: CivilDay): number {
  return dayNumber(to) - dayNumber(from)
}

/** Order for sorting: -1, 0, 1. */
export function compareDays(a: CivilDay, b: CivilDay): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Day of the week, 1 Monday … 7 Sunday. */
export function weekday(day: CivilDay): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1
}

const romeClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Rome', calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
  year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
})

/** What the clock on a wall in Italy shows at an instant. */
export type RomeTime = { readonly day: CivilDay; /** 'HH:mm', 00:00–23:59 */ readonly time: string }

/** Day and wall time in Italy at an instant, summer time included. A RangeError if the instant is none. */
export function romeTime(instant: Instant): RomeTime {
  const at = instant instanceof Date ? instant : new Date(instant)
  const part: Record<string, string> = {}
  for (const { type, value } of romeClock.formatToParts(at)) part[type] = value
  const day = `${(part['year'] ?? '').padStart(4, '0')}-${part['month'] ?? ''}-${part['day'] ?? ''}`
  if (!isCivilDay(day)) throw new RangeError('instant out of range')
  return { day, time: `${part['hour'] ?? ''}:${part['minute'] ?? ''}` }
}

/** The civil day in Italy at an instant. */
export function romeDay(instant: Instant): CivilDay {
  return romeTime(instant).day
}

/** The wall time in Italy at an instant, 'HH:mm'. */
export function romeWallTime(instant: Instant): string {
  return romeTime(instant).time
}
