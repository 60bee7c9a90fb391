import { dayFromNumber, dayNumber, dayParts, parseCivilDay, weekday } from '../domain/civil-day.ts'
import type { CivilDay } from '../domain/civil-day.ts'

const pattern = /^(\S+?)(?:[T ](\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

function lastSunday(year: number, month: 3 | 9 | 10): number {
  const lastDay = dayNumber(`${year}-${String(month).padStart(2, '0')}-${month === 9 ? 30 : 31}` as CivilDay)
  return lastDay - (weekday(dayFromNumber(lastDay)) % 7)
}

/**
 * Minutes by which clocks in Italy are ahead of UTC at a wall time given in milliseconds since 1970 as if it were UTC.
 * Summer time from the last Sunday of March, 2:00, to the last Sunday of October (until 1995: September), 3:00; the hour that
 * occurs twice is taken as summer time, its first occurrence.
 */
function romeOffset(civil: CivilDay, wall: number): number {
  const { year } = dayParts(civil)
  const from = lastSunday(year, 3) * day + 2 * hour
  const to = lastSunday(year, year < 1996 ? 9 : 10) * day + 3 * hour
  return wall >= from && wall < to ? 120 : 60
}

/**
 * Reads a day with a time, ISO or gg/mm/aaaa, as an ISO instant in UTC. Without a zone it is a time in Italy; without a time
 * it is noon there. Null where it is neither.
 */
export function parseRomeInstant(text: string): string | null {
  const match = pattern.exec(text)
  const parsed = match ? parseCivilDay(match[1] ?? '') : null
  if (!match || !parsed?.ok) return null
  const hours = Number(match[2] ?? 12)
  const minutes = Number(match[3] ?? 0)
  const seconds = Number(match[4] ?? 0)
  if (hours > 23 || minutes > 59 || seconds > 59) return null
  const zone = match[5]
  const wall = dayNumber(parsed.value) * day + hours * hour + minutes * minute + seconds * 1000
  const offset = zone === undefined ? romeOffset(parsed.value, wall) : zoneMinutes(zone)
  return new Date(wall - offset * minute).toISOString()
}

function zoneMinutes(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0
  const value = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return zone.startsWith('-') ? -value : value
}
