import { describe, expect, it } from 'vitest'
import { onPortal, paymentReason, portalLimit } from '../../../renderer/src/features/customer/invoice-rules.ts'
import { firstSupplyPoint, supplyChoice, supplyOf } from '../../../renderer/src/features/customer/supplies.ts'
import { day, sampleSheet, sampleSupply } from './sample-sheet.ts'

const water = sampleSupply({ supplyPointId: 'w', contractId: 'kw' })
const power = sampleSupply({ supplyPointId: 'e', contractId: 'ke', commodity: 'electricity' })
const oldWaste = sampleSupply({ supplyPointId: 'r', contractId: 'kr', commodity: 'waste', active: false, endDay: day('2024-10-31') })

describe('supply points to choose from', () => {
  it('are those in service, by commodity, and the ended ones apart', () => {
    const { active, closed } = supplyChoice([water, oldWaste, power])
    expect(active.map(({ supplyPointId }) => supplyPointId)).toEqual(['e', 'w'])
    expect(closed.map(({ supplyPointId }) => supplyPointId)).toEqual(['r'])
  })
  it('show a point once, by the contract in service, however many contracts it has had', () => {
    const before = sampleSupply({ supplyPointId: 'w', contractId: 'kw-old', active: false })
    const { active, closed } = supplyChoice([before, water])
    expect([active.map(({ contractId }) => contractId), closed]).toEqual([['kw'], []])
  })
  it('open on the first in service, on an ended one where nothing else is left, on none without supplies', () => {
    expect(firstSupplyPoint(sampleSheet({ supplies: [oldWaste, water, power] }))).toBe('e')
    expect(firstSupplyPoint(sampleSheet({ supplies: [oldWaste] }))).toBe('r')
    expect(firstSupplyPoint(sampleSheet({ supplies: [] }))).toBeNull()
  })
  it('forget a point that is no longer of this customer', () => {
    expect(supplyOf(sampleSheet({ supplies: [water] }), 'gone')).toBeNull()
    expect(supplyOf(sampleSheet({ supplies: [water] }), null)).toBeNull()
  })
})

describe('an invoice', () => {
  it('can be paid on the portal only with an amount outstanding and no active direct debit, and says why not (S4)', () => {
    expect(paymentReason({ payable: true, state: 'overdue' })).toBe('customer.invoices.payable')
    expect(paymentReason({ payable: false, state: 'due' })).toBe('customer.invoices.debitWhy')
    expect(paymentReason({ payable: false, state: 'paid' })).toBe('customer.invoices.paidWhy')
    expect(paymentReason({ payable: false, state: 'credit' })).toBe('customer.invoices.creditWhy')
  })
  it('is on the customer’s portal for two years before this one (S4), from 2014 (S2), always elsewhere', () => {
    const of = (text: string) => ({ issueDay: day(text) })
    expect(onPortal(of('2024-01-01'), portalLimit('S4'), '2026-11-20')).toBe(true)
    expect(onPortal(of('2023-12-31'), portalLimit('S4'), '2026-11-20')).toBe(false)
    expect(onPortal(of('2014-01-01'), portalLimit('S2'), '2026-11-20')).toBe(true)
    expect(onPortal(of('2013-12-31'), portalLimit('S2'), '2026-11-20')).toBe(false)
    expect(onPortal(of('1999-01-01'), portalLimit('S0'), '2026-11-20')).toBe(true)
  })
})
