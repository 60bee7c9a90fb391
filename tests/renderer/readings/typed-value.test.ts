import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTyped } from '../../../renderer/src/features/readings/typed-value.ts'

const gas = { digits: 5, decimals: 0, last: 44_860_000 }

describe('a typed reading', () => {
  it('is thousands when it says 45.000, and says that it was read so', () => {
    expect(readTyped('45.000', gas)).toEqual({ kind: 'value', whole: 45000, thousands: true, otherwise: null })
  })

  it('is asked about where the meter has decimals or the last reading is nearer the other way', () => {
    expect(readTyped('45.000', { ...gas, decimals: 3 })).toMatchObject({ whole: 45000, otherwise: 45 })
    expect(readTyped('45.000', { ...gas, last: 44_000 })).toMatchObject({ whole: 45000, otherwise: 45 })
  })

  it.each([
    ['45193', { kind: 'value', whole: 45193, thousands: false, otherwise: null }],
    [' 45 193 mc', { kind: 'value', whole: 45193, thousands: false, otherwise: null }],
    ['00193', { kind: 'value', whole: 193, thousands: false, otherwise: null }],
    ['', { kind: 'empty' }],
    ['45193,7', { kind: 'wrong', reason: 'decimals', whole: 45193 }],
    ['45.5', { kind: 'wrong', reason: 'decimals', whole: 45 }],
    ['145193', { kind: 'wrong', reason: 'too_many' }],
    ['145.193', { kind: 'wrong', reason: 'too_many' }],
    ['-3', { kind: 'wrong', reason: 'negative' }],
    ['quaranta', { kind: 'wrong', reason: 'format' }],
  ])('%s', (text, typed) => {
    expect(readTyped(text, gas)).toEqual(typed)
  })

  it('never makes a number longer than the meter', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.integer({ min: 1, max: 8 }), (text, digits) => {
        const typed = readTyped(text, { digits, decimals: 0, last: null })
        if (typed.kind === 'value') expect(typed.whole).toBeLessThan(10 ** digits)
      }),
    )
  })
})
