import { afterEach, expect, it } from 'vitest'
import { realHub } from '../../electron/core/sync/desk-hub.ts'
import { addOffice, startTestHub } from '../support/hub-app.ts'
import type { TestHub } from '../support/hub-app.ts'
import { exchange, inStore } from '../support/hub-desk.ts'
import { enrolmentCode, fillRealHub } from '../support/hub-fill.ts'
import { loadMasterData, rossi } from '../support/master-data.ts'
import { createTestCore } from '../support/test-core.ts'
import type { TestCore } from '../support/test-core.ts'

const opened: { close?: () => Promise<void>; stop?: () => Promise<void> }[] = []
afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await (each.close ?? each.stop)?.()
})

async function hubWithOffice(): Promise<{ hub: TestHub; office: string }> {
  const hub = await startTestHub()
  opened.push(hub)
  return { hub, office: await addOffice(hub, 'Trieste', ['T1']) }
}
async function standalone(): Promise<TestCore> {
  const core = await createTestCore({ load: loadMasterData, hub: { ...realHub, timer: { after: () => () => undefined, random: () => 0.5 } } })
  opened.push(core)
  return core
}
const customers = (core: TestCore) => inStore(core, (db) => db.prepare('SELECT count(*) FROM customer').pluck().get())
const ticket = (customerId: string) => ({ customerId, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject: 'scritto da solo' }) as const

it('a desk does not lose its customers to a hub that has none; the code stays good', async () => {
  const { hub, office } = await hubWithOffice()
  const core = await standalone()
  const before = customers(core)
  const code = await enrolmentCode(hub, office, true)
  expect(await core.call('hub', 'join', { address: hub.url, code })).toMatchObject({ ok: false, error: { code: 'hub_empty' } })
  expect(customers(core)).toBe(before)
  expect(await core.call('hub', 'status', {})).toMatchObject({ value: { state: 'none' } })
  await fillRealHub(hub, 'T1')
  expect(await core.call('hub', 'join', { address: hub.url, code })).toMatchObject({ ok: true })
})

it('what was written alone is sent; a hub that could not take it is not joined, and says how many customers it lacks', async () => {
  const { hub, office } = await hubWithOffice()
  await fillRealHub(hub, 'T1')
  const core = await standalone()
  await core.core.desk.bulkParts().work.local((db) => db.prepare(`INSERT INTO customer (id, brand_id, code, kind, last_name, updated_at) VALUES ('etra:solo', 'etra', 'solo', 'person', 'Solo', '2026-01-01T00:00:00.000Z')`).run())
  expect(await core.call('tickets', 'open', ticket(rossi.id))).toMatchObject({ ok: true })
  const alone = await core.call('tickets', 'open', ticket('etra:solo'))
  if (!alone.ok) throw new Error(alone.error.code)
  await core.call('tickets', 'note', { ticketId: alone.value.ticketId, text: 'ancora qui' })
  const code = await enrolmentCode(hub, office, true)
  expect(await core.call('hub', 'join', { address: hub.url, code })).toEqual({ ok: false, error: { code: 'customers_missing', details: { count: 1 } } })
  expect(inStore(core, (db) => db.prepare(`SELECT DISTINCT state FROM outbox`).pluck().all())).toEqual(['queued'])
  await hub.database.asOwner(`INSERT INTO customer (id, brand_id, code, kind, last_name, updated_at) VALUES ('etra:solo', 'etra', 'solo', 'person', 'Solo', '2026-01-01T00:00:00.000Z')`)
  await hub.database.asOwner(`INSERT INTO customer_territory VALUES ('etra:solo', 'T1')`)
  expect(await core.call('hub', 'join', { address: hub.url, code })).toMatchObject({ ok: true })
  for (let turn = 0; turn < 3; turn++) expect(await exchange(core)).toBe(null)
  expect(inStore(core, (db) => db.prepare(`SELECT DISTINCT state FROM outbox`).pluck().all())).toEqual(['confirmed'])
  expect(await core.call('tickets', 'get', { ticketId: alone.value.ticketId })).toMatchObject({ ok: true })
})
