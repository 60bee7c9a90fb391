import { describe, expect, it } from 'vitest'
import { civilDay } from '../../../shared/domain/civil-day.ts'
import { checkTaxCode } from '../../../shared/domain/tax-code.ts'
import { checkVatNumber } from '../../../shared/domain/vat-number.ts'
import { writeDemo } from '../../../scripts/demo/generate.ts'
import { knownCustomers } from '../../../scripts/demo/known-customers.ts'
import type { KnownCustomer } from '../../../scripts/demo/known-customers.ts'
import { memorySink, readAll } from './read-demo.ts'

const known: readonly [string, KnownCustomer][] = Object.entries(knownCustomers)

describe.each([[1, civilDay(2026, 11, 20)], [77, civilDay(2028, 2, 29)]])('with seed %i on %s', (seed, today) => {
  const { sink, texts } = memorySink()
  writeDemo({ seed, today, light: false }, 0, 100, sink)
  const { records, complaints } = readAll(texts)

  it('nothing is warned about', () => {
    expect(complaints).toEqual([])
  })

  it.each(known)('there is %s as described', (_, wanted) => {
    const customer = records.customers.find(({ brandId, code }) => brandId === wanted.brand && code === wanted.code)
    expect(customer).toMatchObject({ taxCode: wanted.who.taxCode, vulnerable: wanted.vulnerable, email: wanted.email === '' ? null : wanted.email })
    const contracts = records.contracts.filter(({ customerId }) => customerId === customer?.id)
    expect(contracts.map(({ serviceCode, state, domestic }) => ({ serviceCode, state, domestic })))
      .toEqual(wanted.supplies.map(({ serviceCode, state, domestic }) => ({ serviceCode, state, domestic })))
    for (const supply of wanted.supplies) {
      const point = records.supply_points.find(({ code, commodity }) => code === supply.code && commodity === supply.commodity)
      const meters = records.meters.filter(({ supplyPointId }) => supplyPointId === point?.id)
      const serials = supply.meter === null ? [] : [supply.meter.formerSerial, supply.meter.serial].filter(serial => serial !== null)
      expect(meters.map(({ serial }) => serial)).toEqual(serials)
    }
  })
})

describe('the known customers', () => {
  it('have right codes', () => {
    for (const [, { who }] of known) {
      expect(checkTaxCode(who.taxCode)).toEqual({ ok: true, value: who.taxCode })
      if (who.kind === 'company') expect(checkVatNumber(who.vatNumber)).toEqual({ ok: true, value: who.vatNumber })
    }
  })

  it('owe what they are said to owe', () => {
    const today = civilDay(2026, 11, 20)
    const { sink, texts } = memorySink()
    writeDemo({ seed: 1, today, light: false }, 0, 20, sink)
    const { invoices } = readAll(texts).records
    const overdue = (wanted: KnownCustomer): number =>
      invoices.filter(({ customerId, dueDay, amountCents, paidCents }) => customerId === `${wanted.brand}:${wanted.code}` && dueDay < today && paidCents < amountCents).length
    expect(overdue(knownCustomers.rossiMario)).toBeGreaterThanOrEqual(1)
    expect(overdue(knownCustomers.moroGiuseppe)).toBeGreaterThanOrEqual(3)
    expect(overdue(knownCustomers.zanierElena)).toBe(0)
  })
})
