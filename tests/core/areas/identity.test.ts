import { afterEach, describe, expect, it } from 'vitest'
import { loadMasterData, rossi } from '../../support/master-data.ts'
import { testPassword } from '../../support/hash-cost.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'

const opened: TestCore[] = []
async function desk(): Promise<TestCore> {
  const core = await createTestCore({ load: loadMasterData })
  opened.push(core)
  return core
}
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})

async function verified(core: TestCore): Promise<TestCore> {
  expect(await core.call('customers', 'verify', { customerId: rossi.id, answers: [{ check: 'tax_code_end', answer: rossi.taxCode.slice(-4) }, { check: 'birth_day', answer: '1/1/1980' }] })).toMatchObject({ ok: true })
  return core
}
const correct = (core: TestCore, field: 'lastName' | 'firstName' | 'taxCode' | 'vatNumber', seen: string, to: string) =>
  core.call('customers', 'correctIdentity', { customerId: rossi.id, changes: [{ field, seen, to }], reason: 'Carta d’identità vista' })

describe('who a customer is', () => {
  it('is shown and corrected for a verified customer only, is queued, and the lookup finds the new name', async () => {
    const core = await desk()
    expect(await core.call('customers', 'identity', { customerId: rossi.id })).toMatchObject({ error: { code: 'not_verified' } })
    expect(await correct(core, 'lastName', 'Rossi', 'Rossini')).toMatchObject({ error: { code: 'not_verified' } })
    await verified(core)
    expect(await core.call('customers', 'identity', { customerId: rossi.id })).toMatchObject({ ok: true, value: { kind: 'person', values: { lastName: 'Rossi', taxCode: rossi.taxCode, companyName: null } } })
    expect(await correct(core, 'lastName', 'Rossi', ' Rossini ')).toMatchObject({ ok: true, value: { name: expect.stringContaining('Rossini') as unknown } })
    await core.core.desk.lookup().settled()
    expect(await core.call('lookup', 'search', { text: 'rossini' })).toMatchObject({ ok: true, value: { rows: [{ customerId: rossi.id }] } })
    expect(await core.call('outbox', 'list', {})).toMatchObject({ value: { rows: expect.arrayContaining([expect.objectContaining({ kind: 'customer.correct-identity', state: 'queued' })]) as unknown } })
  })

  it.each([
    ['taxCode', 'RSSMRA80A01H501Z', 'tax_code_invalid'],
    ['vatNumber', '123', 'vat_number_invalid'],
    ['lastName', '', 'name_missing'],
  ] as const)('%s "%s" is refused with its field, and nothing is written', async (field, to, code) => {
    const core = await verified(await desk())
    const seen = { taxCode: rossi.taxCode, vatNumber: '', lastName: 'Rossi' }[field]
    expect(await correct(core, field, seen, to)).toEqual({ ok: false, error: { code, details: { field } } })
    expect(await core.call('customers', 'identity', { customerId: rossi.id })).toMatchObject({ value: { values: { lastName: 'Rossi', taxCode: rossi.taxCode, vatNumber: null } } })
  })

  it('takes a code as people write it: small letters, spaces', async () => {
    const core = await verified(await desk())
    expect(await correct(core, 'vatNumber', '', 'it 0090 581 1006')).toMatchObject({ ok: true })
    expect(await correct(core, 'taxCode', rossi.taxCode, 'rss mra 80a01 h501u')).toMatchObject({ error: { code: 'nothing_changed' } })
    expect(await correct(core, 'taxCode', rossi.taxCode, 'IT 00905811006')).toMatchObject({ ok: true })
    expect(await core.call('customers', 'identity', { customerId: rossi.id })).toMatchObject({ value: { values: { vatNumber: '00905811006', taxCode: '00905811006' } } })
  })

  it('is not overwritten where it is no longer what was on the screen', async () => {
    const core = await verified(await desk())
    expect(await correct(core, 'firstName', 'Mario', 'Maria')).toMatchObject({ ok: true })
    expect(await correct(core, 'firstName', 'Mario', 'Marco')).toEqual({ ok: false, error: { code: 'changed_meanwhile', details: { field: 'firstName' } } })
  })

  it('is not for agents', async () => {
    const core = await verified(await desk())
    expect(await core.call('people', 'add', { username: 'bruno', displayName: 'Bruno Prova', role: 'agent', password: testPassword })).toMatchObject({ ok: true })
    const bruno = core.as('bruno')
    expect(await bruno('session', 'signIn', { username: 'bruno', password: testPassword })).toMatchObject({ ok: true })
    for (const reply of [await bruno('customers', 'identity', { customerId: rossi.id }), await bruno('customers', 'correctIdentity', { customerId: rossi.id, changes: [{ field: 'lastName', seen: 'Rossi', to: 'Rossini' }], reason: 'Documento' })]) expect(reply).toMatchObject({ error: { code: 'forbidden' } })
  })
})
