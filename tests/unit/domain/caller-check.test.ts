import { describe, expect, it } from 'vitest'
import { passesCheck, possibleChecks } from '../../../shared/domain/caller-check.ts'
import type { CallerCheck, CallerFacts } from '../../../shared/domain/caller-check.ts'
import type { CivilDay } from '../../../shared/domain/civil-day.ts'

const facts: CallerFacts = {
  customer: { taxCode: 'RSSMRA80A01H501U', vatNumber: null, birthDay: '1980-01-01' as CivilDay, code: '005007' },
  addresses: [{ street: 'Via dei Poggi', houseNumber: '5, int. 2', town: 'Collesalvetti' }],
  lastInvoiceCents: 111_492,
  pointCodes: ['IT001E04182733', '03340009749021'],
}

describe('what a caller says', () => {
  it.each<[CallerCheck, string, boolean]>([
    ['tax_code_end', '501u', true],
    ['tax_code_end', 'H501U', true],
    ['tax_code_end', '01U', false],
    ['tax_code_end', '501X', false],
    ['birth_day', '1/1/1980', true],
    ['birth_day', '01.01.1980', true],
    ['birth_day', '1980-01-01', true],
    ['birth_day', '2/1/1980', false],
    ['birth_day', 'gennaio', false],
    ['last_invoice_amount', '1.114,92 €', true],
    ['last_invoice_amount', '1114,92', true],
    ['last_invoice_amount', '1114.92', true],
    ['last_invoice_amount', '1114', false],
    ['supply_address', 'poggi 5', true],
    ['supply_address', 'via dei Poggi 5, Collesalvetti', true],
    ['supply_address', 'via dei Poggi', false],
    ['supply_address', 'via Roma 5', false],
    ['customer_code', '5007', true],
    ['customer_code', '00 5007', true],
    ['customer_code', '5008', false],
    ['customer_code', '-', false],
    ['pod_or_pdr', '182733', true],
    ['pod_or_pdr', 'IT001E04182733', true],
    ['pod_or_pdr', '33', false],
    ['pod_or_pdr', '749021', true],
  ])('%s: "%s" fits: %s', (check, answer, fits) => {
    expect(passesCheck(check, answer, facts)).toBe(fits)
  })

  it('is asked only where the office itself knows the answer', () => {
    expect(possibleChecks({ customer: { ...facts.customer, birthDay: null, taxCode: null }, addresses: [], lastInvoiceCents: null, pointCodes: [] })).toEqual(['customer_code'])
    expect(possibleChecks(facts)).toHaveLength(6)
  })
})
