import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { realHub } from '../../electron/core/sync/desk-hub.ts'
import { acquireReadings } from '../../hub/exports/acquisition.ts'
import { createPasswords } from '../../hub/identity/passwords.ts'
import { addOffice, startTestHub } from '../support/hub-app.ts'
import type { TestHub } from '../support/hub-app.ts'
import { exchange, inStore } from '../support/hub-desk.ts'
import { enrolmentCode, fillRealHub } from '../support/hub-fill.ts'
import { testHashCost, testPassword } from '../support/hash-cost.ts'
import { rossi, waterMeter } from '../support/master-data.ts'
import { createTestCore } from '../support/test-core.ts'
import type { TestCore } from '../support/test-core.ts'

let hub: TestHub
let office = ''
const opened: TestCore[] = []
let numbers = 0

beforeAll(async () => {
  hub = await startTestHub()
  office = await addOffice(hub, 'Trieste', ['T1'])
  await hub.database.asOwner(`UPDATE territory SET name = 'Trieste e dintorni' WHERE id = 'T1'`)
  await fillRealHub(hub, 'T1')
})
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})
afterAll(() => hub.stop())

async function desk(founding = false): Promise<TestCore> {
  const core = await createTestCore({ deskNumber: ++numbers, hub: { ...realHub, transport: (link, now) => ({ ...realHub.transport(link, now), listen: () => () => undefined }), timer: { after: () => () => undefined, random: () => 0.5 } } })
  opened.push(core)
  expect(await core.call('hub', 'join', { address: hub.url, code: await enrolmentCode(hub, office, founding) })).toMatchObject({ ok: true })
  expect(await exchange(core)).toBe(null)
  return core
}
/** Of those with one user name only the first desk's could choose her password at the hub: here she has one. */
async function enter(core: TestCore): Promise<void> {
  await hub.database.asOwner(`UPDATE staff SET password_hash = $1 WHERE person_id IN (SELECT id FROM person WHERE username = 'anna')`, [await createPasswords(testHashCost).hash(testPassword)])
  expect(await core.call('hub', 'openSession', { password: testPassword })).toMatchObject({ ok: true, value: { session: 'open' } })
}
const audit = (kind: string) => hub.database.pool.query<{ subject: string }>('SELECT subject FROM audit WHERE kind = $1 ORDER BY seq', [kind]).then(({ rows }) => rows.map(({ subject }) => subject))

describe('what administrators do at a real hub, from a desk', () => {
  it('territories are called by their names, also after they were renamed', async () => {
    const core = await desk(true)
    expect(await core.call('hub', 'status', {})).toMatchObject({ ok: true, value: { territories: ['Trieste e dintorni'], stuck: false } })
    await hub.database.asOwner(`UPDATE territory SET name = 'Trieste e Carso' WHERE id = 'T1'`)
    expect(await exchange(core)).toBe(null)
    expect(await core.call('hub', 'status', {})).toMatchObject({ ok: true, value: { territories: ['Trieste e Carso'] } })
  })

  it('an export is fetched as the hub made it, and that is on record on both sides', async () => {
    const core = await desk(true)
    expect(await core.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 })).toMatchObject({ ok: true })
    expect(await exchange(core)).toBe(null)
    expect(await acquireReadings(hub.hub.parts)).toBe(1)
    expect(await core.call('administration', 'exportFile', { number: 1 })).toMatchObject({ ok: false, error: { code: 'hub_session' } })
    await enter(core)
    const reply = await core.call('administration', 'exportFile', { number: 1 })
    expect(reply.ok && reply.value.text.split('\r\n')).toMatchObject([expect.stringContaining('export;line;brand'), expect.stringContaining('2026-11-20;1331'), ''])
    expect(await core.call('administration', 'exportFile', { number: 2 })).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(await audit('export_downloaded')).toEqual(['1'])
    expect(inStore(core, (db) => db.prepare(`SELECT subject FROM audit WHERE kind = 'exported'`).pluck().all())).toEqual(['1'])
  })

  it('a file that differs from its digest is not handed on', async () => {
    const core = await desk(true)
    await enter(core)
    await hub.database.asOwner(`UPDATE reading_export SET file = 'altro' WHERE number = 1`)
    expect(await core.call('administration', 'exportFile', { number: 1 })).toMatchObject({ ok: false, error: { code: 'file_damaged' } })
  })

  it('a customer is erased at the hub and on every desk, with the reason on record', async () => {
    const first = await desk(true)
    const second = await desk()
    await enter(first)
    expect(await first.call('administration', 'eraseCustomer', { customerId: rossi.id, reason: 'troppo' })).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
    expect(await first.call('administration', 'eraseCustomer', { customerId: rossi.id, reason: 'richiesta scritta del 20/11' })).toMatchObject({ ok: true })
    expect(await first.call('administration', 'eraseCustomer', { customerId: rossi.id, reason: 'richiesta scritta del 20/11' })).toMatchObject({ ok: false, error: { code: 'not_found' } })
    for (const core of [first, second]) {
      expect(await exchange(core)).toBe(null)
      expect(await core.call('customers', 'open', { customerId: rossi.id })).toMatchObject({ ok: false, error: { code: 'customer_not_found' } })
    }
    expect(await audit('erased')).toEqual([rossi.id])
  })
})
