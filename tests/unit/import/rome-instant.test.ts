import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCivilDay, romeTime } from '../../../shared/domain/civil-day.ts'
import { parseRomeInstant } from '../../../shared/import/rome-instant.ts'

describe('a time in an extract', () => {
  it.each([
    ['2026-10-13 17:44', '2026-10-13T15:44:00.000Z'],
    ['13/10/2026 17:44:05', '2026-10-13T15:44:05.000Z'],
    ['2026-01-13T17:44', '2026-01-13T16:44:00.000Z'],
    ['2026-10-13T17:44:05.123Z', '2026-10-13T17:44:05.000Z'],
    ['2026-10-13T17:44:05+02:00', '2026-10-13T15:44:05.000Z'],
    ['2026-10-13', '2026-10-13T10:00:00.000Z'],
    ['2026-10-25 02:30', '2026-10-25T00:30:00.000Z'],
    ['2026-03-29 03:00', '2026-03-29T01:00:00.000Z'],
  ])('%s is understood as the clock in Italy shows it', (text, instant) => {
    expect(parseRomeInstant(text)).toBe(instant)
  })

  it.each(['', 'ieri', '2026-02-30 10:00', '2026-10-13 25:00', '2026-10-13 10:60', '10:00'])('%s is none', text => {
    expect(parseRomeInstant(text)).toBeNull()
  })

  it('comes back as the same time in Italy, in summer and winter', () => {
    const noLater = Date.UTC(2045, 0, 1)
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1997, 0, 1), max: noLater }), fc.boolean(), (ms, italian) => {
        const { day, time } = romeTime(ms)
        const read = parseRomeInstant(`${italian ? formatCivilDay(day) : day} ${time}`)
        expect(romeTime(read ?? '')).toEqual({ day, time })
      }),
    )
  })
})
