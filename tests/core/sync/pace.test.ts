import { describe, expect, it } from 'vitest'
import { createPace } from '../../../electron/core/sync/pace.ts'

function timeTable(random: number) {
  const waits: number[] = []
  const pace = createPace({ after: (milliseconds) => {
    waits.push(milliseconds)
    return () => undefined
  }, random: () => random }, () => undefined)
  return { waits, pace }
}

describe('a desk that cannot reach its hub', () => {
  it('waits longer each time, up to five minutes, and anywhere in that span', () => {
    const { waits, pace } = timeTable(1)
    for (let i = 0; i < 12; i++) pace.failed({ kind: 'unreachable' })
    expect(waits.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000])
    expect(Math.max(...waits)).toBe(300_000)
    const early = timeTable(0)
    for (let i = 0; i < 12; i++) early.pace.failed({ kind: 'unreachable' })
    expect(Math.max(...early.waits)).toBeLessThan(1_000)
  })

  it('begins anew after a success, and never comes before it was asked to', () => {
    const { waits, pace } = timeTable(0.5)
    for (let i = 0; i < 5; i++) pace.failed({ kind: 'unreachable' })
    pace.succeeded()
    pace.failed({ kind: 'unreachable' })
    expect(waits.at(-1)).toBe(500)
    pace.failed({ kind: 'busy', afterSeconds: 30, code: 'busy' })
    expect(waits.at(-1)).toBeGreaterThanOrEqual(30_000)
  })

  it('does not hurry where no hurry helps', () => {
    const { waits, pace } = timeTable(1)
    pace.failed({ kind: 'refused', status: 426, code: 'too_old', details: null })
    expect(waits).toEqual([300_000])
  })
})

describe('a desk that no hint comes through to', () => {
  it('does not ask in a circle, and hurries again when hints are there', () => {
    const { waits, pace } = timeTable(1)
    for (let i = 0; i < 8; i++) pace.lineLost()
    expect(waits.slice(0, 3)).toEqual([5_050, 10_050, 20_050])
    expect(waits.at(-1)).toBe(60_050)
    pace.lineHeard()
    pace.lineLost()
    expect(waits.at(-1)).toBe(5_050)
  })
})
