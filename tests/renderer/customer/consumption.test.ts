import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consumptionPeriods, judge } from '../../../renderer/src/features/customer/consumption.ts'
import { addDays } from '../../../shared/domain/civil-day.ts'
import { day, sampleReading } from './sample-sheet.ts'

/** Readings every `step` days with these consumptions, oldest first; the core lists them newest first. */
function story(consumptions: readonly number[], step = 61) {
  let value = 100_000
  const start = day('2024-01-01')
  return [null, ...consumptions]
    .map((used, index) => {
      value += used ?? 0
      return sampleReading(addDays(start, index * step), value, used)
    })
    .toReversed()
}

describe('consumption per period', () => {
  it('goes from the oldest to the newest, each beside the same time a year before', () => {
    const periods = consumptionPeriods(story([40, 41, 42, 43, 44, 45, 80]))
    expect(periods.map(({ milli }) => milli)).toEqual([40, 41, 42, 43, 44, 45, 80])
    expect(periods.at(-1)).toMatchObject({ yearBefore: 40, days: 61 })
    expect(periods[0]?.yearBefore).toBeNull()
  })

  it('leaves deleted readings out', () => {
    const rows = [sampleReading('2026-02-01', 999_000, null, { state: 'deleted', entry: 'x' }), ...story([40, 41])]
    expect(consumptionPeriods(rows).map(({ milli }) => milli)).toEqual([40, 41])
  })

  it('shows no leap where the meter was changed', () => {
    const rows = [sampleReading('2026-03-01', 12_000, 7_000, { meterId: 'new' }), sampleReading('2026-01-01', 5_000, null, { meterId: 'new' }), ...story([40])]
    expect(consumptionPeriods(rows).map(({ milli }) => milli)).toEqual([40, 7_000])
  })

  it('never shows more than asked, nor anything the readings do not say', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -5_000, max: 90_000 }), { maxLength: 40 }), fc.integer({ min: 1, max: 12 }), (used, most) => {
      const periods = consumptionPeriods(story(used), most)
      expect(periods.map(({ milli }) => milli)).toEqual(used.slice(-most).slice(0, most))
    }))
  })
})

describe('what is said about the newest period', () => {
  const said = (used: readonly number[], seasonal = false) => judge(consumptionPeriods(story(used)), seasonal)

  it('nothing without periods', () => {
    expect(said([])).toBeNull()
  })
  it('stands out when it is far above the same time a year before', () => {
    expect(said([40, 41, 42, 43, 44, 45, 80])).toMatchObject({ kind: 'odd', index: 6 })
    expect(said([40, 41, 42, 43, 44, 45, 50])).toMatchObject({ kind: 'usual' })
  })
  it('stands out against the usual daily use where no year before is known, but not for gas, which has its winter', () => {
    expect(said([40, 41, 42, 96])).toMatchObject({ kind: 'odd', index: 3, meanMilli: 41 })
    expect(said([40, 41, 42, 96], true)).toMatchObject({ kind: 'usual' })
  })
  it('is told when it lies below the reading before', () => {
    expect(said([40, 41, -7])).toMatchObject({ kind: 'falling', index: 2 })
  })
})
