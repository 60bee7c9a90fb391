import { describe, expect, it } from 'vitest'
import { checkCodes } from '../../../shared/domain/check.ts'
import { addressId, brandId, brandOf, contractId, customerId, formerTicketId, invoiceId, meterId, supplyPointId } from '../../../shared/domain/ids.ts'

describe('ids', () => {
  const etra = brandId('etra')
  it('come from business keys, leading zeros kept', () => {
    expect(customerId(etra, '005007')).toBe('etra:005007')
    expect(addressId(etra, 'A1')).toBe('etra:A1')
    expect(supplyPointId(etra, 'gas', '03340009749021')).toBe('etra:G:03340009749021')
    expect(supplyPointId(brandId('enercasa'), 'electricity', 'IT001E12345678')).toBe('enercasa:E:IT001E12345678')
    expect(supplyPointId(etra, 'waste', 'PR002874')).toBe('etra:R:PR002874')
    expect(contractId(etra, 'S1')).toBe('etra:S1')
    expect(meterId(etra, 'water', '2002002008')).toBe('etra:W:2002002008')
    expect(invoiceId(etra, '2017/000123')).toBe('etra:2017/000123')
    expect(formerTicketId(etra, 'T1')).toBe('etra:T1')
  })
  it('tell their brand', () => {
    expect(brandOf(supplyPointId(etra, 'water', 'a:b'))).toBe('etra')
  })
  it('need a brand that is one short lower-case word', () => {
    for (const word of ['', 'Etra', 'et:ra', 'e', '1a']) expect(() => brandId(word)).toThrow(RangeError)
  })
})

describe('reasons', () => {
  it('are distinct keys', () => {
    expect(new Set(checkCodes).size).toBe(checkCodes.length)
    for (const code of checkCodes) expect(code).toMatch(/^[a-z]+(_[a-z]+)+$/)
  })
})
