import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays, civilDay, compareDays, dayFromNumber, dayNumber, diffDays, formatCivilDay, isCivilDay, parseCivilDay, romeDay, romeTime, romeWallTime, weekday,
} from '../../../shared/domain/civil-day.ts'
import type { CivilDay } from '../../../shared/domain/civil-day.ts'
import { easter, holidaysOn, isWeekday, isWorkingDay, italianHolidays } from '../../../shared/domain/holidays.ts'

const day = (text: string): CivilDay => {
  if (!isCivilDay(text)) throw new Error('no such day')
  return text
}
const days = fc.integer({ min: dayNumber(day('0001-01-01')), max: dayNumber(day('9999-12-31')) }).map(dayFromNumber)

describe('a day', () => {
  it('exists or not', () => {
    for (const text of ['2024-02-29', '2000-02-29', '2026-12-31', '0001-01-01']) expect(isCivilDay(text)).toBe(true)
    for (const text of ['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-01', '2026-04-31', '0000-01-01', '2026-1-01', '2026-01-1x', '20260101', '', '2026/01/01']) expect(isCivilDay(text)).toBe(false)
  })

  it.each([['07/03/2017', '2017-03-07'], ['7/3/2017', '2017-03-07'], ['07.03.2017', '2017-03-07'], ['07-03-2017', '2017-03-07'], ['2017-03-07', '2017-03-07'], [' 2017/3/7 ', '2017-03-07']])('%j is read as %s', (typed, value) => {
    expect(parseCivilDay(typed)).toEqual({ ok: true, value })
  })
  it.each([['29/02/2026', 'day_not_in_calendar'], ['31/04/2026', 'day_not_in_calendar'], ['12/31/2026', 'day_not_in_calendar'], ['07/03/17', 'day_format'], ['', 'day_format'], ['oggi', 'day_format']])('%j is refused: %s', (typed, reason) => {
    expect(parseCivilDay(typed)).toEqual({ ok: false, reason })
  })

  it('is written as it is read', () => {
    fc.assert(fc.property(days, d => { expect(parseCivilDay(formatCivilDay(d))).toEqual({ ok: true, value: d }) }))
    expect(formatCivilDay(day('2017-03-07'))).toBe('07/03/2017')
  })

  it('counts like the calendar', () => {
    fc.assert(fc.property(days, fc.integer({ min: -3000, max: 3000 }), (d, n) => {
      expect(dayFromNumber(dayNumber(d))).toBe(d)
      const year = Number(d.slice(0, 4))
      fc.pre(year > 10 && year < 9980)
      const later = addDays(d, n)
      expect(diffDays(d, later)).toBe(n)
      expect(compareDays(d, later)).toBe(n > 0 ? -1 : n < 0 ? 1 : 0)
      expect(later).toBe(new Date(Date.parse(`${d}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10))
      expect(weekday(d)).toBe(new Date(`${d}T00:00:00Z`).getUTCDay() || 7)
    }), { numRuns: 500 })
    expect(() => civilDay(2026, 2, 29)).toThrow(RangeError)
  })
})

describe('the clock in Italy', () => {
  it.each([
    ['2026-01-15T22:59:00Z', '2026-01-15', '23:59'], ['2026-01-15T23:00:00Z', '2026-01-16', '00:00'], ['2026-07-15T21:59:00Z', '2026-07-15', '23:59'], ['2026-07-15T22:00:00Z', '2026-07-16', '00:00'],
    ['2026-03-29T00:59:00Z', '2026-03-29', '01:59'], ['2026-03-29T01:00:00Z', '2026-03-29', '03:00'], ['2026-10-25T00:30:00Z', '2026-10-25', '02:30'], ['2026-10-25T01:30:00Z', '2026-10-25', '02:30'],
    ['2026-10-24T22:00:00Z', '2026-10-25', '00:00'], ['2026-10-25T22:59:59Z', '2026-10-25', '23:59'], ['2025-12-31T23:00:00Z', '2026-01-01', '00:00'],
  ])('at %s shows %s %s', (instant, expectedDay, time) => {
    expect(romeTime(instant)).toEqual({ day: expectedDay, time })
    expect(romeDay(Date.parse(instant))).toBe(expectedDay)
    expect(romeWallTime(new Date(instant))).toBe(time)
  })
  it('refuses what is no instant', () => {
    expect(() => romeDay('ieri')).toThrow(RangeError)
  })
})

describe('holidays', () => {
  it('know Easter', () => {
    expect([1999, 2000, 2008, 2011, 2024, 2025, 2026, 2027, 2038].map(easter)).toEqual([
      '1999-04-04', '2000-04-23', '2008-03-23', '2011-04-24', '2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2038-04-25',
    ])
  })
  it('know Easter Monday', () => {
    for (const monday of ['2025-04-21', '2026-04-06', '2027-03-29']) expect(holidaysOn(day(monday)).map(h => h.name)).toEqual(['easter_monday'])
  })
  it('have Saint Francis from 2026 on', () => {
    expect(italianHolidays(2025).some(h => h.name === 'saint_francis')).toBe(false)
    expect(italianHolidays(2026).map(h => h.day)).toEqual([
      '2026-01-01', '2026-01-06', '2026-04-05', '2026-04-06', '2026-04-25', '2026-05-01', '2026-06-02', '2026-08-15', '2026-10-04', '2026-11-01', '2026-12-08', '2026-12-25', '2026-12-26',
    ])
    expect(isWorkingDay(day('2024-10-04'))).toBe(true)
    expect(weekday(day('2026-10-04'))).toBe(7)
    expect(isWorkingDay(day('2027-10-04'))).toBe(false)
  })
  it('tell working days from weekdays', () => {
    expect(isWorkingDay(day('2026-01-05'))).toBe(true)
    expect(isWorkingDay(day('2026-01-10'))).toBe(false)
    expect(isWeekday(day('2026-01-10'))).toBe(true)
    expect(isWeekday(day('2026-01-11'))).toBe(false)
    expect(isWeekday(day('2026-01-06'))).toBe(false)
  })
  it('can include the local patron', () => {
    expect(isWorkingDay(day('2025-06-13'))).toBe(true)
    expect(isWorkingDay(day('2025-06-13'), '06-13')).toBe(false)
  })
  it('may fall together', () => {
    expect(holidaysOn(day('2038-04-25')).map(h => h.name).sort()).toEqual(['easter', 'liberation'])
  })
})
