import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { watchTaxCode, watchVatNumber } from '../../../renderer/src/features/portal/code-check.ts'

const right = 'RSSMRA80A01H501U'

describe('a code while it is typed', () => {
  it('is left in peace until it is finished or the field is left', () => {
    expect(watchTaxCode('', true)).toMatchObject({ reason: undefined, right: false })
    expect(watchTaxCode('RSSMRA80', false).reason).toBeUndefined()
    expect(watchTaxCode('RSSMRA80', true).reason).toBe('portal.check.tax_code_length')
    expect(watchVatNumber('0074', false).reason).toBeUndefined()
    expect(watchVatNumber('0074', true).reason).toBe('portal.check.vat_number_length')
  })

  it('is right however it is written', () => {
    expect(watchTaxCode('rss mra 80a01 h501u', false)).toMatchObject({ right: true, reason: undefined })
    expect(watchVatNumber('IT 00743110157', false)).toMatchObject({ right: true, reason: undefined })
  })

  it('offers the correction of a slip as something to press', () => {
    const slip = watchTaxCode('RSSMRA8OA01H501U', false)
    expect(slip.reason).toBe('portal.check.tax_code_format')
    expect(slip.corrections[0]).toBe(right)
    expect(watchVatNumber('00743110158', false)).toMatchObject({ reason: 'portal.check.vat_number_check_digit' })
  })

  it('restores the leading zeros of a VAT number', () => {
    expect(watchVatNumber('743110157', true).corrections).toEqual(['00743110157'])
  })

  it('knows a company’s eleven digits in the field of the tax code', () => {
    expect(watchTaxCode('00743110157', true)).toMatchObject({ right: true })
  })

  it('never calls right what it corrects, and offers only right codes', () => {
    fc.assert(fc.property(fc.string({ maxLength: 24 }), (text) => {
      const check = watchTaxCode(text, true)
      expect(check.right && check.corrections.length > 0).toBe(false)
      for (const code of check.corrections) expect(watchTaxCode(code, true).reason === undefined || watchTaxCode(code, true).reason === 'portal.check.vat_number_office_unknown').toBe(true)
    }))
  })
})
