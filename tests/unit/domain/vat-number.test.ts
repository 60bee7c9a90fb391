import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkVatNumber, hasVatCheckDigit, isVatNumber, suggestVatNumber } from '../../../shared/domain/vat-number.ts'

const vatNumbers = fc.tuple(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 1, max: 100 })).map(([seven, office]) => {
  const ten = String(seven).padStart(7, '0') + String(office).padStart(3, '0')
  const last = [...'0123456789'].find(digit => hasVatCheckDigit(ten + digit)) ?? ''
  return ten + last
})

describe('partita IVA', () => {
  it.each(['00743110157', '12345670488'])('%s is accepted', code => {
    expect(checkVatNumber(code)).toEqual({ ok: true, value: code })
  })

  it.each(['12345678903', '01234567897'])('%s is accepted with a warning: its office is not in the list', code => {
    expect(checkVatNumber(code)).toEqual({ ok: true, value: code, warning: 'vat_number_office_unknown' })
  })

  it('is accepted with the country in front and with separators', () => {
    for (const typed of ['IT00743110157', 'it 00743 110157', '007.431.101.57']) expect(checkVatNumber(typed)).toEqual({ ok: true, value: '00743110157' })
  })

  it.each([
    ['', 'vat_number_empty'],
    ['00743110158', 'vat_number_check_digit'],
    ['00000000000', 'vat_number_zeros'],
    ['743110157', 'vat_number_length'],
    ['007431101570', 'vat_number_length'],
    ['O0743110157', 'vat_number_format'],
    ['RSSMRA80A01H501U', 'vat_number_format'],
  ])('%j is refused: %s', (typed, reason) => {
    expect(checkVatNumber(typed)).toEqual({ ok: false, reason })
  })

  it('gets its missing leading zeros and mistyped letters back as a suggestion', () => {
    expect(suggestVatNumber('743110157')).toEqual(['00743110157'])
    expect(suggestVatNumber('OO743IIOI57')).toEqual(['00743110157'])
    expect(suggestVatNumber('00743110157')).toEqual([])
    expect(suggestVatNumber('rossi')).toEqual([])
  })

  it('is refused for any one wrong digit, and the right one is among the suggestions', () => {
    fc.assert(fc.property(vatNumbers, fc.nat(10), fc.nat(9), (code, at, digit) => {
      const typed = code.slice(0, at) + String(digit) + code.slice(at + 1)
      fc.pre(typed !== code)
      expect(isVatNumber(typed)).toBe(false)
      const offered = suggestVatNumber(typed, 32)
      expect(offered).toContain(code)
      expect(offered.every(isVatNumber)).toBe(true)
    }), { numRuns: 500 })
  })

  it('is offered before changed digits when two neighbours were exchanged', () => {
    fc.assert(fc.property(vatNumbers, fc.nat(9), (code, at) => {
      const typed = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2)
      fc.pre(!isVatNumber(typed))
      expect(suggestVatNumber(typed, 10)).toContain(code)
    }), { numRuns: 300 })
  })
})
