import { civilDay, dayFromNumber, dayNumber } from '../../shared/domain/civil-day.ts'
import type { CivilDay } from '../../shared/domain/civil-day.ts'

const texts = new Map<number, CivilDay>()
const firsts = new Map<number, number>()

/** The day of a day number, remembered: a demo uses few days many times. */
export function dayText(day: number): CivilDay {
  let text = texts.get(day)
  if (text === undefined) {
    text = dayFromNumber(day)
    texts.set(day, text)
  }
  return text
}

/** Months counted from the year 0: year × 12 + month − 1. */
export function monthOf(day: number): number {
  const text = dayText(day)
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1
}

/** Day number of the first day of a month. */
export function firstDayOf(month: number): number {
  let first = firsts.get(month)
  if (first === undefined) {
    first = dayNumber(civilDay(Math.floor(month / 12), (month % 12) + 1, 1))
    firsts.set(month, first)
  }
  return first
}
