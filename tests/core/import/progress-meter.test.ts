import { describe, expect, it } from 'vitest'
import { createProgressMeter } from '../../../electron/core/import/progress-meter.ts'
import type { ImportProgress } from '../../../electron/core/import/import-types.ts'

describe('the progress of a load', () => {
  it('says the rate of the last seconds and the time left, and not more often than needed', () => {
    let now = 0
    const heard: ImportProgress[] = []
    const meter = createProgressMeter((progress) => heard.push(progress), () => now)
    meter.begin('load', 100_000)
    for (now = 0; now <= 10_000; now += 10) meter.tell('readings.csv', now, now / 10)
    expect(heard.length).toBeLessThan(60)
    expect(heard[0]).toMatchObject({ recordsPerSecond: 0, secondsLeft: null })
    expect(heard.at(-1)).toMatchObject({ phase: 'load', fileName: 'readings.csv', done: 10_000, total: 100_000, records: 1000, recordsPerSecond: 100 })
    expect(heard.at(-1)?.secondsLeft).toBeCloseTo(90, 5)
  })

  it('begins anew with the index', () => {
    const heard: ImportProgress[] = []
    const meter = createProgressMeter((progress) => heard.push(progress), () => 0)
    meter.begin('load', 10)
    meter.tell('readings.csv', 10, 1, true)
    meter.begin('index', 5)
    meter.tell(null, 1, 1)
    expect(heard.at(-1)).toEqual({ phase: 'index', fileName: null, done: 1, total: 5, records: 1, recordsPerSecond: 0, secondsLeft: null })
  })
})
