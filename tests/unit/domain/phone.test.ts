import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPhone, formatPhone, partialPhoneKey, phoneKey } from '../../../shared/domain/phone.ts'

describe('telephone', () => {
  it.each([
    '3384219017', '338 421 9017', '338/4219017', '338/421.90.17', '338-421-9017', '+39 338 421 9017', '+393384219017', '0039 338 4219017',
    '393384219017', '(+39) 338 4219017', 'tel. 338/421.90.17', 'Cell: 338 4219017', '338 4219017 int. 12', '338\u00a0421\u00a09017',
  ])('%j is the mobile 3384219017', typed => {
    expect(checkPhone(typed)).toEqual({ ok: true, value: { e164: '+393384219017', key: '3384219017', kind: 'mobile' } })
  })

  it.each([
    ['049 876 5432', '0498765432', 'fixed'], ['+39 049/8765432', '0498765432', 'fixed'], ['+39 (0)49 8765432', '0498765432', 'fixed'], ['06 12345', '0612345', 'fixed'],
    ['800 123 456', '800123456', 'other'], ['112', '112', 'other'], ['392 1234567', '3921234567', 'mobile'], ['39 392 1234567', '3921234567', 'mobile'],
    ['335 123456', '335123456', 'mobile'],
  ])('%j has the key %s and is %s', (typed, key, kind) => {
    expect(checkPhone(typed)).toEqual({ ok: true, value: { e164: `+39${key}`, key, kind } })
  })

  it.each([
    ['+41 91 123 45 67', '+41911234567'], ['0041 91 1234567', '+41911234567'], ['+44 (0)20 7946 0958', '+442079460958'], ['+32 2 555 12 12', '+3225551212'],
  ])('%j is foreign: %s', (typed, e164) => {
    expect(checkPhone(typed)).toMatchObject({ ok: true, value: { e164, key: `00${e164.slice(1)}` } })
  })

  it.each([
    ['', 'phone_empty'], ['  ', 'phone_empty'], ['n.d.', 'phone_format'], ['338 CASA 12', 'phone_format'], ['33842', 'phone_length'],
    ['338421901712345', 'phone_length'], ['+39 12', 'phone_length'], ['2219017', 'phone_length'], ['1'.repeat(100), 'phone_length'],
  ])('%j is refused: %s', (typed, reason) => {
    expect(checkPhone(typed)).toEqual({ ok: false, reason })
  })

  it('has a beginning to look up while it is typed', () => {
    expect(partialPhoneKey('338 4')).toBe('3384')
    expect(partialPhoneKey('+39 338 4')).toBe('3384')
    expect(partialPhoneKey('0039 338 4')).toBe('3384')
    expect(partialPhoneKey('+3')).toBe('')
    expect(partialPhoneKey('+41 9')).toBe('00419')
    expect(partialPhoneKey('39338421')).toBe('39338421')
  })

  it.each([
    ['3384219017', '338 421 9017'], ['+39 338 4219017', '338 421 9017'], ['335123456', '335 123 456'], ['0212345678', '02 1234 5678'], ['0498765432', '049 876 5432'],
    ['0332123456', '0332 123 456'], ['800123456', '800 123 456'], ['112', '112'], ['+41911234567', '+41 91 123 45 67'], ['0041911234567', '+41 91 123 45 67'], ['casa', 'casa'],
  ])('%s is shown as %s', (typed, shown) => {
    expect(formatPhone(typed)).toBe(shown)
  })

  it('has the same key however it is written, and as it is shown', () => {
    const numbers = fc.oneof(fc.integer({ min: 320_000_0000, max: 399_999_9999 }).map(String), fc.integer({ min: 10_000_000, max: 999_999_999 }).map(n => `0${n}`))
    const signs = fc.constantFrom('', ' ', '/', '.', '-', ' / ')
    fc.assert(fc.property(numbers, fc.constantFrom('', '+39', '+39 ', '0039 ', 'tel. '), fc.array(signs, { minLength: 12, maxLength: 12 }), (key, before, between) => {
      const written = before + [...key].map((digit, i) => digit + (i + 1 < key.length ? (between[i] ?? '') : '')).join('')
      expect(phoneKey(written)).toBe(key)
      expect(phoneKey(formatPhone(key))).toBe(key)
    }))
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 100 }), text => {
      checkPhone(text)
      formatPhone(text)
      partialPhoneKey(text)
    }))
  })
})
