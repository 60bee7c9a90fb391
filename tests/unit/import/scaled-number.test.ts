import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseScaled } from '../../../shared/import/scaled-number.ts'

describe('an amount in an extract', () => {
  it.each([
    ['486,20', 48_620], ['486.20', 48_620], ['486', 48_600], ['486,2', 48_620], ['-12,30', -1230], ['1.486,20', 148_620],
    ['1,486.20', 148_620], ['1.234.567', 123_456_700], ['0', 0], ['-0,00', 0], ['000012,5', 1250], ['12.3400', 1234], [',5', 50],
  ])('%s is so many cents', (text, cents) => {
    expect(parseScaled(text, 2)).toBe(cents)
  })

  it.each([
    ['1.486', 'amount_ambiguous'], ['1,230', 'amount_ambiguous'], ['12,3456', 'quantity_decimals'], ['12,', 'number_format'], ['', 'number_format'],
    ['-', 'number_format'], ['1 200', 'number_format'], ['12e3', 'number_format'], ['1.2.3', 'number_format'], ['1..200', 'number_format'],
    ['12.34,56', 'number_format'], ['NaN', 'number_format'], ['€ 12', 'number_format'], ['9'.repeat(20), 'number_too_large'],
  ])('%s is none: %s', (text, reason) => {
    expect(parseScaled(text, 2)).toBe(reason)
  })

  it('is exact to the cent, however it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000_00, max: 1_000_000_000_00 }), fc.constantFrom(',', '.'), fc.boolean(), (cents, mark, grouped) => {
        const digits = String(Math.abs(cents)).padStart(3, '0')
        const whole = digits.slice(0, -2)
        const shown = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, mark === ',' ? '.' : ',') : whole
        expect(parseScaled(`${cents < 0 ? '-' : ''}${shown}${mark}${digits.slice(-2)}`, 2)).toBe(cents)
      }),
    )
  })
})

describe('a reading in an extract', () => {
  it('has no thousands: the only mark is the decimal one', () => {
    expect(parseScaled('45.000', 3)).toBe(45_000)
    expect(parseScaled('45000', 3)).toBe(45_000_000)
    expect(parseScaled('1318,5', 3)).toBe(1_318_500)
  })

  it('has three decimals at most', () => {
    expect(parseScaled('1,2345', 3)).toBe('quantity_decimals')
    expect(parseScaled('1,23400', 3)).toBe(1234)
  })
})
