import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDays } from '../../../shared/domain/civil-day.ts'
import type { CivilDay } from '../../../shared/domain/civil-day.ts'
import { checkTaxCode, decodeTaxCode, isPersonalTaxCode, makeTaxCode, omocodes, taxCodeCheckCharacter } from '../../../shared/domain/tax-code.ts'
import { subjects, taxCodes } from './arbitraries.ts'

const right = ['RSSMRA80A01H501U', 'RSSMRA85M01H501Q', 'RCCMNL83S18D969H', 'CNTCHR83T41D969D', 'RSSMRA80A01F205X']
const omocodie = [
  'RSSMRA80A01H50MM', 'RSSMRA80A01H5LMX', 'RSSMRA80A01HRLMS', 'RSSMRA80A0MHRLMK', 'RSSMRA80ALMHRLMV', 'RSSMRA8LALMHRLMG', 'RSSMRAULALMHRLMD',
]

describe('codice fiscale', () => {
  it.each([...right, ...omocodie])('%s is accepted', code => {
    expect(checkTaxCode(code)).toEqual({ ok: true, value: code })
  })

  it('is accepted as people write it', () => {
    for (const typed of ['rss mra 80a01 h501u', 'RSS-MRA-80A01-H501-U', ' RSSMRA80A01H501U\n', 'ＲＳＳＭＲＡ８０Ａ０１Ｈ５０１Ｕ']) {
      expect(checkTaxCode(typed)).toEqual({ ok: true, value: 'RSSMRA80A01H501U' })
    }
  })

  it.each([
    ['', 'tax_code_empty'],
    [' . ', 'tax_code_empty'],
    ['RSSMRA80A01H501', 'tax_code_length'],
    ['RSSMRA80A01H501UU', 'tax_code_length'],
    ['RSSMRA80A01H501V', 'tax_code_check_character'],
    ['RSSMRA8OA01H501U', 'tax_code_format'],
    ['RSSMRA80F01H501U', 'tax_code_format'],
    ['RSSM1A80A01H501U', 'tax_code_format'],
    ['00743110158', 'vat_number_check_digit'],
    ['00000000000', 'vat_number_zeros'],
  ])('%j is refused: %s', (typed, reason) => {
    expect(checkTaxCode(typed)).toEqual({ ok: false, reason })
  })

  it.each(['RSSMRA80A00H501', 'RSSMRA80A32H501', 'RSSMRA80A40H501', 'RSSMRA80A72H501', 'RSSMRA80D31H501', 'RSSMRA80B30H501', 'RSSMRA81B29H501', 'RSSMRA80B70H501'])(
    '%s has a day its month does not have', body => {
      expect(checkTaxCode(body + taxCodeCheckCharacter(body))).toEqual({ ok: false, reason: 'tax_code_birth_day' })
    })

  it.each(['RSSMRA80B29H501', 'RSSMRA00B29H501', 'RSSMRA80B69H501', 'RSSMRA80A31H501', 'RSSMRA80A71H501'])('%s has a day that exists', body => {
    expect(checkTaxCode(body + taxCodeCheckCharacter(body)).ok).toBe(true)
  })

  it('of a legal person is its 11 digits', () => {
    expect(checkTaxCode('00743110157')).toEqual({ ok: true, value: '00743110157' })
    expect(checkTaxCode('12345678903')).toEqual({ ok: true, value: '12345678903', warning: 'vat_number_office_unknown' })
  })

  it('tells month, day, sex and birthplace, and two years to choose from', () => {
    expect(decodeTaxCode('CNTCHR83T41D969D', 2026)).toEqual({
      birthYears: [1983, 1883], birthDays: ['1983-12-01', '1883-12-01'], month: 12, day: 1, sex: 'F', birthplaceCode: 'D969', omocode: false,
    })
    expect(decodeTaxCode('RSSMRA10A01H501X', 2026)?.birthYears).toEqual([2010, 1910])
    expect(decodeTaxCode('RSSMRA26A01H501X', 2026)?.birthYears).toEqual([2026, 1926])
    expect(decodeTaxCode('RSSMRA27A01H501X', 2026)?.birthYears).toEqual([1927, 1827])
  })

  it('reads every omocodia like the original', () => {
    const plain = decodeTaxCode('RSSMRA80A01H501U', 2026)
    for (const code of omocodie) expect(decodeTaxCode(code, 2026)).toEqual({ ...plain, omocode: true })
  })

  it('born on 29 February keeps only the leap year', () => {
    expect(decodeTaxCode('RSSMRA00B29H501X', 2026)?.birthDays).toEqual(['2000-02-29'])
  })

  it('tells nothing when it is not one', () => {
    for (const text of ['', 'rossi', 'RSSMRA80A00H501U', '00743110157']) expect(decodeTaxCode(text, 2026)).toBeNull()
  })

  it('has 128 forms, the official seven in order after the plain one', () => {
    const forms = omocodes('RSSMRA80A01H501U')
    expect(forms.slice(0, 8)).toEqual(['RSSMRA80A01H501U', ...omocodie])
    expect(new Set(forms).size).toBe(128)
    expect(forms.every(isPersonalTaxCode)).toBe(true)
    expect(omocodes('RSSMRAULALMHRLMD')).toEqual(forms)
    expect(omocodes('rossi')).toEqual([])
  })
})

describe('codice fiscale from personal data', () => {
  const day = '1980-01-01' as CivilDay
  const make = (lastName: string, firstName: string): string => makeTaxCode({ lastName, firstName, birthDay: day, sex: 'M', birthplaceCode: 'H501' })

  it('gives the known vectors', () => {
    expect(make('Rossi', 'Mario')).toBe('RSSMRA80A01H501U')
    expect(makeTaxCode({ lastName: 'ROSSI', firstName: 'MARIO', birthDay: day, sex: 'M', birthplaceCode: 'f205' })).toBe('RSSMRA80A01F205X')
    expect(makeTaxCode({ lastName: 'Ricci', firstName: 'Emanuele', birthDay: '1983-11-18' as CivilDay, sex: 'M', birthplaceCode: 'D969' })).toBe('RCCMNL83S18D969H')
    expect(makeTaxCode({ lastName: 'Conti', firstName: 'Chiara', birthDay: '1983-12-01' as CivilDay, sex: 'F', birthplaceCode: 'D969' })).toBe('CNTCHR83T41D969D')
  })

  it.each([
    ['Fo', 'Al', 'FOXLAX'],
    ['Aiello', 'Ada', 'LLADAA'],
    ['Bo', 'Io', 'BOXIOX'],
    ['Rossi', 'Gianfranco', 'RSSGFR'],
    ['Rossi', 'Marco', 'RSSMRC'],
    ["D'Angelo", 'Nicolò', 'DNGNCL'],
    ['De  Luca', 'Maria Pia', 'DLCMRP'],
    ['Müller', 'Jörg', 'MLLJRG'],
    ['Ö', 'Ü', 'OEXUEX'],
    ['Groß', 'Łucja', 'GRSLCJ'],
    ['Çelik', 'Åse', 'CLKSAA'],
  ])('%s %s gives %s', (lastName, firstName, six) => {
    expect(make(lastName, firstName).slice(0, 6)).toBe(six)
  })

  it('is always right and tells back what it was made of', () => {
    fc.assert(fc.property(subjects, subject => {
      const code = makeTaxCode(subject)
      expect(checkTaxCode(code)).toEqual({ ok: true, value: code })
      const decoded = decodeTaxCode(code, 2026)
      expect(decoded?.birthDays).toContain(subject.birthDay)
      expect(decoded?.sex).toBe(subject.sex)
      expect(decoded?.birthplaceCode).toBe(subject.birthplaceCode)
      expect(decoded && decoded.birthDays.every((d, i) => i === 0 || compareDays(d, decoded.birthDays[0] ?? d) < 0)).toBe(true)
    }), { numRuns: 1000 })
  })
})

describe('one wrong character', () => {
  it('never passes', () => {
    const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
    fc.assert(fc.property(taxCodes, code => {
      for (let i = 0; i < 16; i++) {
        for (const character of alphabet) {
          const changed = code.slice(0, i) + character + code.slice(i + 1)
          if (changed !== code) expect(checkTaxCode(changed).ok).toBe(false)
        }
      }
    }), { numRuns: 40 })
  })
})
