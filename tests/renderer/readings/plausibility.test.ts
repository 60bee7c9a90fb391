import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asksReason, judgeReading, lastBefore } from '../../../renderer/src/features/readings/plausibility.ts'
import type { Measured, Past } from '../../../renderer/src/features/readings/plausibility.ts'
import { addDays, civilDay } from '../../../shared/domain/civil-day.ts'
import type { CivilDay } from '../../../shared/domain/civil-day.ts'

const today = civilDay(2026, 11, 20)
const milli = (units: number): number => Math.round(units * 1000)
const read = (units: number, more: Partial<Measured> = {}): Measured => ({ value: milli(units), value2: null, value3: null, correctorValue: null, ...more })
const past = (day: CivilDay, units: number, more: Partial<Past> = {}): Past => ({ ...read(units), day, source: 'company', state: 'acquired', ...more })
/** A year of monthly readings, about 16 a day, the last on 31/10. */
const bakery: readonly Past[] = [past(civilDay(2026, 10, 31), 44860), past(civilDay(2026, 9, 30), 44348), past(civilDay(2026, 8, 31), 43870), past(civilDay(2026, 7, 31), 43400)]

describe('the light of a reading', () => {
  it('is green for the usual consumption, and says how much it is', () => {
    expect(judgeReading(read(45193), today, bakery)).toMatchObject({ light: 'green', finding: 'in_line', used: milli(333), days: 20 })
    expect(judgeReading(read(45193), today, bakery)).toHaveProperty('usual.peak', milli(44860 - 44348) / 31)
  })

  it('is amber for two swapped digits that triple it', () => {
    const judgement = judgeReading(read(45913), today, bakery)
    expect(judgement).toMatchObject({ light: 'amber', finding: 'far_above', used: milli(1053) })
    expect(asksReason(judgement)).toBe(true)
  })

  it('is red for a value below the last one, and says so when that one was estimated', () => {
    expect(judgeReading(read(44859), today, bakery)).toEqual({ light: 'red', finding: 'lower', by: milli(1), lastDay: '2026-10-31', lastEstimated: false })
    expect(judgeReading(read(10), today, [past(civilDay(2026, 10, 31), 20, { source: 'estimated' })])).toMatchObject({ light: 'red', lastEstimated: true })
  })

  it('does not call the same black digits lower because the last reading knew the red ones', () => {
    expect(judgeReading(read(44860), today, [past(civilDay(2026, 10, 31), 44860.713)])).toMatchObject({ light: 'green', used: 0 })
  })

  it('looks at each band and at the corrector', () => {
    const bands = [past(civilDay(2026, 10, 31), 100, { value2: milli(50), value3: milli(70) })]
    expect(judgeReading(read(120, { value2: milli(49), value3: milli(90) }), today, bands)).toMatchObject({ light: 'red', finding: 'lower', by: milli(1) })
    expect(judgeReading(read(120), today, bands)).toMatchObject({ light: 'green', used: milli(20) })
    const corrected = [past(civilDay(2026, 10, 31), 100, { correctorValue: milli(102) })]
    expect(judgeReading(read(120, { correctorValue: milli(99) }), today, corrected)).toMatchObject({ light: 'red', finding: 'corrector_lower', by: milli(3) })
  })

  it('does not take a winter for an error', () => {
    const heating = [past(civilDay(2026, 9, 30), 1000), past(civilDay(2026, 6, 30), 990), past(civilDay(2026, 3, 31), 940), past(civilDay(2026, 1, 31), 500)]
    expect(judgeReading(read(1350), today, heating).light).toBe('green')
  })

  it('does not alarm over a few units', () => {
    expect(judgeReading(read(9), today, [past(civilDay(2026, 10, 31), 1), past(civilDay(2026, 9, 30), 1)]).light).toBe('green')
    expect(judgeReading(read(200), today, [past(civilDay(2026, 10, 31), 1), past(civilDay(2026, 9, 30), 1)])).toMatchObject({ light: 'amber', times: null })
  })

  it('has nothing to compare a first reading with, and deleted ones do not count', () => {
    expect(judgeReading(read(5), today, [past(civilDay(2026, 10, 31), 900, { state: 'deleted' })])).toEqual({ light: 'none', finding: 'first' })
    expect(asksReason(judgeReading(read(5), today, []))).toBe(false)
    expect(lastBefore([past(today, 5), past(civilDay(2026, 10, 31), 3)], today)?.value).toBe(milli(3))
  })

  it('is red exactly when the whole units fall, whatever the history', () => {
    const reading = fc.record({ daysAgo: fc.integer({ min: 1, max: 900 }), units: fc.integer({ min: 0, max: 99_999 }), milli: fc.integer({ min: 0, max: 999 }) })
    fc.assert(
      fc.property(fc.array(reading, { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 99_999 }), (readings, units) => {
        const history = readings.map((one) => ({ ...past(addDays(today, -one.daysAgo), one.units), value: one.units * 1000 + one.milli }))
        const judgement = judgeReading(read(units), today, history)
        const last = lastBefore(history, today)
        expect(judgement.light === 'red').toBe(last !== null && units < Math.floor(last.value / 1000))
      }),
    )
  })
})
