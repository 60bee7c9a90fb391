import { addDays, civilDay, dayParts, weekday } from './civil-day.ts'
import type { CivilDay } from './civil-day.ts'

/** Names of the legal holidays, also the keys of their texts. */
export type HolidayName =
  | 'new_year' | 'epiphany' | 'easter' | 'easter_monday' | 'liberation' | 'labour_day' | 'republic_day' | 'assumption'
  | 'saint_francis' | 'all_saints' | 'immaculate_conception' | 'christmas' | 'saint_stephen'

export type Holiday = { readonly day: CivilDay; readonly name: HolidayName }

/** Easter Sunday of a Gregorian year (anonymous computus). */
export function easter(year: number): CivilDay {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return civilDay(year, Math.floor(n / 31), (n % 31) + 1)
}

/** First year of 4 October as a legal holiday: L. 8/10/2025 n. 151. */
const SAINT_FRANCIS_SINCE = 2026
const byYear = new Map<number, readonly Holiday[]>()

/**
 * The legal holidays in force in a year (2001 and later), in order; the local patron is not among them.
 * Not the holiday list of the F3 tariff band, which is kept apart.
 */
export function italianHolidays(year: number): readonly Holiday[] {
  const known = byYear.get(year)
  if (known) return known
  const sunday = easter(year)
  const list: Holiday[] = [
    { day: civilDay(year, 1, 1), name: 'new_year' },
    { day: civilDay(year, 1, 6), name: 'epiphany' },
    { day: sunday, name: 'easter' },
    { day: addDays(sunday, 1), name: 'easter_monday' },
    { day: civilDay(year, 4, 25), name: 'liberation' },
    { day: civilDay(year, 5, 1), name: 'labour_day' },
    { day: civilDay(year, 6, 2), name: 'republic_day' },
    { day: civilDay(year, 8, 15), name: 'assumption' },
    { day: civilDay(year, 11, 1), name: 'all_saints' },
    { day: civilDay(year, 12, 8), name: 'immaculate_conception' },
    { day: civilDay(year, 12, 25), name: 'christmas' },
    { day: civilDay(year, 12, 26), name: 'saint_stephen' },
  ]
  if (year >= SAINT_FRANCIS_SINCE) list.push({ day: civilDay(year, 10, 4), name: 'saint_francis' })
  list.sort((x, y) => (x.day < y.day ? -1 : x.day > y.day ? 1 : 0))
  if (byYear.size < 400) byYear.set(year, list)
  return list
}

/** Every legal holiday that falls on the day (Easter and 25 April can coincide), else []. */
export function holidaysOn(day: CivilDay): readonly Holiday[] {
  return italianHolidays(dayParts(day).year).filter(holiday => holiday.day === day)
}

/** The local patron's holiday as 'MM-DD', where the office observes one. */
export type PatronDay = string

function isHoliday(day: CivilDay, patron: PatronDay | undefined): boolean {
  return patron === day.slice(5) || holidaysOn(day).length > 0
}

/** ARERA "lavorativo": Monday to Friday, no holiday (unverified definition, regulation d.6). */
export function isWorkingDay(day: CivilDay, patron?: PatronDay): boolean {
  return weekday(day) <= 5 && !isHoliday(day, patron)
}

/** ARERA "feriale": Monday to Saturday, no holiday (unverified definition, regulation d.6). */
export function isWeekday(day: CivilDay, patron?: PatronDay): boolean {
  return weekday(day) <= 6 && !isHoliday(day, patron)
}
