import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { repairTaxCodePrefix, suggestTaxCode } from '../../../shared/domain/tax-code-suggest.ts'
import { checkTaxCode, isPersonalTaxCode, omocodes } from '../../../shared/domain/tax-code.ts'
import { taxCodes } from './arbitraries.ts'

const replaceAt = (text: string, at: number, character: string): string => text.slice(0, at) + character + text.slice(at + 1)

describe('correction of a codice fiscale', () => {
  it.each([
    ['RSSMRA8OA01H501U', 'a letter O for a zero'],
    ['RSSMRA8OAO1H5O1U', 'three letters O'],
    ['RSSMRA80AOIH50IU', 'O and I'],
    ['R55MRA80A01H501U', 'two fives for S'],
    ['rss mra b0a01 h501u', 'B for 8, with spaces'],
    ['RSSMRA80A01H501V', 'V for U at the end'],
    ['RSSNRA80A01H501U', 'N heard for M'],
    ['RSSRMA80A01H501U', 'two letters exchanged'],
    ['RSSMRAA80A01H501U', 'a letter twice'],
    ['RSMRA80A01H501U', 'one of a double letter missing'],
  ])('%s (%s) brings the right code among the first three', typed => {
    expect(suggestTaxCode(typed).slice(0, 3)).toContain('RSSMRA80A01H501U')
  })

  it('offers nothing for a right code, for other text and for what is too far off', () => {
    for (const text of ['RSSMRA80A01H501U', '', 'rossi mario', '00743110157', 'RSSMRA80A', '5555558OAO1H5O1U', '𝟘'.repeat(16), 'È'.repeat(16)]) expect(suggestTaxCode(text)).toEqual([])
  })

  it('finds the original for any one changed character, and offers only right codes', () => {
    fc.assert(fc.property(taxCodes, fc.nat(15), fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'), (code, at, character) => {
      const typed = replaceAt(code, at, character)
      fc.pre(typed !== code)
      const offered = suggestTaxCode(typed, 64)
      expect(offered).toContain(code)
      expect(offered.every(isPersonalTaxCode)).toBe(true)
      expect(new Set(offered).size).toBe(offered.length)
    }), { numRuns: 1500 })
  })

  it('puts the original among the first three for a digit in the place of a letter', () => {
    fc.assert(fc.property(taxCodes, fc.constantFrom(0, 1, 2, 3, 4, 5, 11, 15), fc.constantFrom(...'0123456789'), (code, at, digit) => {
      expect(suggestTaxCode(replaceAt(code, at, digit)).slice(0, 3)).toContain(code)
    }), { numRuns: 500 })
  })

  it('puts the original among the first three for every digit typed as its look-alike', () => {
    fc.assert(fc.property(taxCodes, fc.constantFrom(6, 7, 9, 10, 12, 13, 14), (code, at) => {
      const look = ({ 0: 'O', 1: 'I', 2: 'Z', 3: 'E', 4: 'A', 6: 'G', 8: 'B' } as const)[code.charAt(at)]
      fc.pre(look !== undefined)
      expect(suggestTaxCode(replaceAt(code, at, look ?? '')).slice(0, 3)).toContain(code)
    }), { numRuns: 500 })
  })

  it('finds exchanged neighbours', () => {
    fc.assert(fc.property(taxCodes, fc.nat(14), (code, at) => {
      const typed = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2)
      // An exchange that leaves a right code behind cannot be seen.
      fc.pre(!checkTaxCode(typed).ok)
      expect(suggestTaxCode(typed, 64)).toContain(code)
    }), { numRuns: 500 })
  })

  it('works on omocodie', () => {
    for (const code of omocodes('RSSMRA80A01H501U').slice(1, 8)) {
      const typed = replaceAt(code, 0, code.charAt(0) === 'R' ? 'T' : 'R')
      expect(suggestTaxCode(typed, 64)).toContain(code)
    }
  })

  it('repairs the beginning of a code while it is typed', () => {
    expect(repairTaxCodePrefix('rssmra8o')).toBe('RSSMRA80')
    expect(repairTaxCodePrefix('RSSMRA80AOI')).toBe('RSSMRA80A01')
    expect(repairTaxCodePrefix('RSSMRA80X')).toBe('')
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), text => {
      suggestTaxCode(text)
      checkTaxCode(text)
    }))
  })
})
