import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useCustomers } from '../../../renderer/src/features/customer/customer-store.ts'
import type { CustomerSheet } from '../../../shared/contract/customers.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { openDesk } from '../desk/desk-harness.ts'
import { later } from '../support/fake-core.ts'
import type { FakeAnswers } from '../support/fake-core.ts'
import { sampleSheet } from './sample-sheet.ts'

const clear = sampleSheet({ taxCode: { text: 'PRVNNA80A41L424X', masked: false }, verification: { checks: ['birth_day', 'customer_code'], at: '2026-11-20T09:39:00Z' } })
const masked = sampleSheet()

function open(customers: NonNullable<FakeAnswers['customers']>) {
  const desk = openDesk({ customers })
  return { ...desk, customers: useCustomers(desk.pinia) }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a customer’s sheet', () => {
  it('shows the last good answer while a newer one is on its way or fails', async () => {
    let fail = false
    const { customers } = open({ open: () => (fail ? refuse('internal', { reference: 'r1' }) : ok(masked)) })
    const entry = customers.entry('c1')
    await customers.load('c1')
    fail = true
    await customers.load('c1')
    expect(entry.sheet?.name).toBe('Prova Anna')
    expect(entry.refusal).toEqual({ code: 'internal', details: { reference: 'r1' } })
    fail = false
    await customers.load('c1')
    expect(entry.refusal).toBeNull()
  })

  it('is gone when the customer is', async () => {
    const { customers } = open({ open: () => refuse('customer_not_found') })
    const entry = customers.entry('c1')
    await customers.load('c1')
    expect([entry.sheet, entry.refusal?.code]).toEqual([null, 'customer_not_found'])
  })

  it('never goes back behind the mask because of an older answer', async () => {
    const slow = later<Result<CustomerSheet, 'customer_not_found'>>()
    const { customers } = open({ open: () => slow.answer, verify: () => ok(clear) })
    const entry = customers.entry('c1')
    const loading = customers.load('c1')
    await customers.verify('c1', [{ check: 'birth_day', answer: '1/1/1980' }, { check: 'customer_code', answer: '005007' }])
    slow.give(ok(masked))
    await loading
    expect(entry.sheet?.taxCode?.masked).toBe(false)
  })
})

describe('verify, then reveal', () => {
  it('sends what the caller said, and keeps none of it', async () => {
    const { customers, asked } = open({ verify: () => ok(clear) })
    await customers.verify('c1', [{ check: 'birth_day', answer: '1/1/1980' }, { check: 'customer_code', answer: '005007' }])
    expect(asked).toEqual([{ call: 'customers.verify', input: { customerId: 'c1', answers: [{ check: 'birth_day', answer: '1/1/1980' }, { check: 'customer_code', answer: '005007' }] } }])
    expect(JSON.stringify(customers.entry('c1'))).not.toContain('1/1/1980')
    expect(customers.entry('c1').sheet?.taxCode?.masked).toBe(false)
  })

  it('leaves the mask on when the core wants more checks', async () => {
    const { customers } = open({ open: () => ok(masked), verify: () => refuse('too_few_checks', { needed: 2 }) })
    await customers.load('c1')
    const reply = await customers.verify('c1', [{ check: 'birth_day', answer: '1/1/1980' }])
    expect(reply.ok).toBe(false)
    expect(customers.entry('c1').sheet?.taxCode?.masked).toBe(true)
  })

  it('has the mask back on the screen when forgetting is done', async () => {
    let known = true
    const { customers } = open({
      open: () => ok(known ? clear : masked),
      forget: () => {
        known = false
        return ok({ forgotten: true })
      },
    })
    await customers.load('c1')
    await customers.forget('c1')
    expect(customers.entry('c1').sheet?.taxCode?.masked).toBe(true)
  })
})

describe('news from the core', () => {
  it('reads an open customer again, once for many changes, and leaves the others alone', async () => {
    const { customers, asked, tell } = open({ open: ({ customerId }) => ok(sampleSheet({ customerId })) })
    customers.follow('c1')
    customers.follow('c2')
    tell({ kind: 'changed', entity: 'ticket', ids: ['t9', 'c1'] })
    tell({ kind: 'changed', entity: 'reading', ids: ['r9', 'c1'] })
    tell({ kind: 'changed', entity: 'ticket', ids: ['t8', 'c3'] })
    await vi.runAllTimersAsync()
    expect(asked).toEqual([{ call: 'customers.open', input: { customerId: 'c1' } }])
    expect([customers.entry('c1').revision, customers.entry('c2').revision]).toEqual([1, 0])
  })

  it('reads every open customer again after a load of master data', async () => {
    const { customers, asked, tell } = open({ open: ({ customerId }) => ok(sampleSheet({ customerId })) })
    customers.follow('c1')
    const leave = customers.follow('c2')
    tell({ kind: 'changed', entity: 'master', ids: [] })
    await vi.runAllTimersAsync()
    expect(asked.map(({ input }) => input)).toEqual([{ customerId: 'c1' }, { customerId: 'c2' }])
    leave()
    tell({ kind: 'changed', entity: 'master', ids: [] })
    await vi.runAllTimersAsync()
    expect(asked).toHaveLength(3)
  })

  it('keeps nothing of a customer whose last tab was closed', async () => {
    const { customers } = open({ open: () => ok(clear) })
    const leave = customers.follow('c1')
    await customers.load('c1')
    leave()
    expect(customers.entry('c1').sheet).toBeNull()
  })
})
