import { afterEach, describe, expect, it } from 'vitest'
import { loadMasterData, rossi, waterMeter } from '../../support/master-data.ts'
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

async function verified(core: TestCore) {
  const reply = await core.call('customers', 'verify', { customerId: rossi.id, answers: [{ check: 'tax_code_end', answer: rossi.taxCode.slice(-4) }, { check: 'birth_day', answer: '1/1/1980' }] })
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value
}
const email = (seen: string, to: string) => ({ customerId: rossi.id, changes: [{ field: 'email' as const, seen, to }] })

describe('contact data', () => {
  it('change for a verified caller only, are queued, and the lookup finds the new ones', async () => {
    const core = await desk()
    expect(await core.call('customers', 'changeContact', email('', 'nuova@example.it'))).toMatchObject({ error: { code: 'not_verified' } })
    const sheet = await verified(core)
    const changed = await core.call('customers', 'changeContact', { customerId: rossi.id, changes: [{ field: 'email', seen: sheet.email?.text ?? '', to: ' Nuova@Example.it ' }, { field: 'mobile', seen: sheet.mobile?.text ?? '', to: '347 123 45 67' }] })
    expect(changed).toMatchObject({ ok: true, value: { email: { text: 'nuova@example.it' }, mobile: { masked: false } } })
    await core.core.desk.lookup().settled()
    for (const text of ['nuova@example.it', '3471234567']) {
      const found = await core.call('lookup', 'search', { text })
      expect(found).toMatchObject({ ok: true, value: { rows: [{ customerId: rossi.id }] } })
    }
    expect(await core.call('outbox', 'list', {})).toMatchObject({ ok: true, value: { rows: expect.arrayContaining([expect.objectContaining({ kind: 'customer.change-contact', state: 'queued' })]) as unknown } })
  })

  it.each([
    ['mobile', '12', 'phone_invalid'],
    ['phone', 'non so', 'phone_invalid'],
    ['email', 'senza chiocciola', 'email_invalid'],
  ] as const)('%s "%s" is refused with its field', async (field, to, code) => {
    const core = await desk()
    const sheet = await verified(core)
    expect(await core.call('customers', 'changeContact', { customerId: rossi.id, changes: [{ field, seen: sheet[field]?.text ?? '', to }] })).toEqual({ ok: false, error: { code, details: { field } } })
  })

  it('are not overwritten where they are no longer what was on the screen', async () => {
    const core = await desk()
    const sheet = await verified(core)
    const seen = sheet.email?.text ?? ''
    expect(await core.call('customers', 'changeContact', email(seen, 'prima@example.it'))).toMatchObject({ ok: true })
    expect(await core.call('customers', 'changeContact', email(seen, 'seconda@example.it'))).toEqual({ ok: false, error: { code: 'changed_meanwhile', details: { field: 'email' } } })
    expect(await core.call('customers', 'open', { customerId: rossi.id })).toMatchObject({ value: { email: { text: 'prima@example.it' } } })
  })
})

describe('a value that lost against another desk', () => {
  it('is shown as an alert, masked until the caller is verified, and can be put back', async () => {
    const core = await desk()
    await core.core.desk.bulkParts().work.local((db) =>
      db.prepare(`INSERT INTO field_conflict (id, customer_id, field, kept, lost, lost_by, kept_by, at, state) SELECT 'c-1', id, 'email', email, 'altra@example.it', NULL, 'p-9', '2026-11-20T08:00:00.000Z', 'open' FROM customer WHERE id = ?`).run(rossi.id),
    )
    expect(await core.call('customers', 'open', { customerId: rossi.id })).toMatchObject({ value: { alerts: expect.arrayContaining([{ kind: 'data_conflict', open: 1 }]) as unknown } })
    expect(await core.call('customers', 'conflicts', { customerId: rossi.id })).toMatchObject({ value: [{ conflictId: 'c-1', lost: { masked: true } }] })
    expect(await core.call('customers', 'settleConflict', { customerId: rossi.id, conflictId: 'c-1', choice: 'restore' })).toMatchObject({ error: { code: 'not_verified' } })
    await verified(core)
    expect(await core.call('customers', 'settleConflict', { customerId: rossi.id, conflictId: 'c-1', choice: 'restore' })).toMatchObject({ ok: true, value: { email: { text: 'altra@example.it' } } })
    expect(await core.call('customers', 'settleConflict', { customerId: rossi.id, conflictId: 'c-1', choice: 'restore' })).toMatchObject({ error: { code: 'already_settled' } })
    expect(await core.call('customers', 'conflicts', { customerId: rossi.id })).toMatchObject({ value: [{ state: 'settled', settledBy: 'Anna Prova', lost: { text: 'altra@example.it' } }] })
  })
})

describe('contested readings', () => {
  it('are decided by a supervisor; the others stay on record', async () => {
    const core = await desk()
    const first = await core.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 })
    if (!first.ok) throw new Error(first.error.code)
    await core.core.desk.bulkParts().work.local((db) =>
      db.prepare(`INSERT INTO reading (meter_id, day, entry, source, state, value, taken_at, entered_by, entered_at) VALUES (?, '2026-11-20', 'other', 'desk', 'contested', 1332000, NULL, 'p-9', '2026-11-20T09:01:00.000Z')`).run(waterMeter),
    )
    const settle = { customerId: rossi.id, meterId: waterMeter, day: '2026-11-20', entry: 'other', reason: 'richiamato il cliente' }
    expect(await core.call('readings', 'remove', { customerId: rossi.id, meterId: waterMeter, day: '2026-11-20', entry: 'other' })).toMatchObject({ error: { code: 'reading_contested' } })
    expect(await core.call('readings', 'settle', settle)).toMatchObject({ ok: true, value: { entry: 'other', state: 'pending', consumption: 14_000 } })
    expect(await core.call('readings', 'settle', settle)).toMatchObject({ error: { code: 'not_contested' } })
    const list = await core.call('customers', 'readings', { customerId: rossi.id })
    expect(list.ok && list.value.rows.find((row) => row.entry === first.value.entry)?.state).toBe('overruled')
  })
})
