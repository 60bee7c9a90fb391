import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCents, formatMilli, parseQuantity } from '../../../shared/domain/quantity.ts'

describe('a quantity as typed', () => {
  it.each([
    ['45.000', 45_000_000, true, false], ['1', 1000, false, false], ['45,5', 45_500, false, false], ['1.234,56', 1_234_560, false, false], ['1.234.567', 1_234_567_000, false, false],
    ['45000', 45_000_000, false, false], ['00123', 123_000, false, false], ['45 000', 45_000_000, false, false], ['45\u00a0000,5', 45_000_500, false, false], ['45.5', 45_500, false, true],
    ['0.500', 500, false, true], ['0,001', 1, false, false], ['12,3400', 12_340, false, false], ['2.969 kWh', 2_969_000, true, false], ['12 mc', 12_000, false, false], ['12 m³', 12_000, false, false], ['0', 0, false, false],
  ])('%j is %d thousandths', (typed, milli, readAsThousands, readAsDecimal) => {
    expect(parseQuantity(typed)).toEqual({ ok: true, value: { milli, readAsThousands, readAsDecimal } })
  })
  it.each([
    ['', 'quantity_empty'], ['  ', 'quantity_empty'], ['-5', 'quantity_negative'], ['−5', 'quantity_negative'], ['1,2345', 'quantity_decimals'], ['1.2345', 'quantity_decimals'], ['1,2,3', 'quantity_format'], ['1.23.456', 'quantity_format'],
    ['12.34,5', 'quantity_format'], ['12a', 'quantity_format'], ['abc', 'quantity_format'], [',5', 'quantity_format'], ['5,', 'quantity_format'], ['1e5', 'quantity_format'], ['0x10', 'quantity_format'], ['kWh', 'quantity_format'],
    ['1 2', 'quantity_format'], ['1234567890123', 'quantity_too_large'], ['9'.repeat(50), 'quantity_format'],
  ])('%j is refused: %s', (typed, reason) => {
    expect(parseQuantity(typed)).toEqual({ ok: false, reason })
  })
  it('is read back as it was shown', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), milli => {
      const read = parseQuantity(formatMilli(milli, 'it'))
      expect(read.ok && read.value.milli).toBe(milli)
      expect(read.ok && read.value.readAsDecimal).toBe(false)
    }))
  })
  it('never throws and always gives whole thousandths', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'0123456789.,- ') })), text => {
      const read = parseQuantity(text)
      expect(!read.ok || Number.isSafeInteger(read.value.milli)).toBe(true)
    }))
  })
})

describe('figures as shown', () => {
  it.each([
    [45_000_000, '45.000', '45,000'], [2_969_000, '2.969', '2,969'], [1_234_560, '1.234,56', '1,234.56'], [500, '0,5', '0.5'], [0, '0', '0'], [-1_500, '−1,5', '−1.5'], [999_000, '999', '999'],
  ])('%d thousandths are %s in Italian and %s in English', (milli, italian, english) => {
    expect(formatMilli(milli, 'it')).toBe(italian)
    expect(formatMilli(milli, 'en')).toBe(english)
  })
  it('keep the decimals asked for', () => {
    expect(formatMilli(1_000, 'it', { minDecimals: 2 })).toBe('1,00')
    expect(formatMilli(1_234, 'it', { minDecimals: 2 })).toBe('1,234')
  })
  it.each([
    [48_620, '486,20\u00a0€', '€486.20'], [25_800, '258,00\u00a0€', '€258.00'], [0, '0,00\u00a0€', '€0.00'], [5, '0,05\u00a0€', '€0.05'], [-123_456_789, '−1.234.567,89\u00a0€', '−€1,234,567.89'],
  ])('%d cents are %s in Italian and %s in English', (cents, italian, english) => {
    expect(formatCents(cents, 'it')).toBe(italian)
    expect(formatCents(cents, 'en')).toBe(english)
  })
  it('refuse fractions of the smallest unit', () => {
    expect(() => formatCents(1.5, 'it')).toThrow(RangeError)
    expect(() => formatMilli(NaN, 'it')).toThrow(RangeError)
  })
})
