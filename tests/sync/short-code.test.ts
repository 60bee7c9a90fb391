import { afterAll, beforeAll, expect, it } from 'vitest'
import { forgetAcknowledged } from '../../electron/core/sync/forget-acknowledged.ts'
import { realHub } from '../../electron/core/sync/desk-hub.ts'
import { writeState } from '../../electron/core/sync/sync-store.ts'
import { addOffice, startTestHub } from '../support/hub-app.ts'
import type { TestHub } from '../support/hub-app.ts'
import { exchange, inStore } from '../support/hub-desk.ts'
import { enrolmentCode, fillRealHub } from '../support/hub-fill.ts'
import { rossi } from '../support/master-data.ts'
import { createTestCore } from '../support/test-core.ts'
import type { TestCore } from '../support/test-core.ts'

/** The short code that a customer was told while the line was down, for ever: whatever has become of the ticket since. */
let hub: TestHub
let [first, second]: TestCore[] = []
let code = ''
let number = ''
let ticketId = ''

async function desk(deskNumber: number, office: string, founding: boolean): Promise<TestCore> {
  const core = await createTestCore({ deskNumber, hub: { ...realHub, transport: (link, now) => ({ ...realHub.transport(link, now), listen: () => () => undefined }), timer: { after: () => () => undefined, random: () => 0.5 } } })
  expect(await core.call('hub', 'join', { address: hub.url, code: await enrolmentCode(hub, office, founding) })).toMatchObject({ ok: true })
  expect(await exchange(core)).toBe(null)
  return core
}
beforeAll(async () => {
  hub = await startTestHub()
  const office = await addOffice(hub, 'Trieste', ['T1'])
  await fillRealHub(hub, 'T1')
  first = await desk(1, office, true)
  second = await desk(2, office, false)
  const written = await first.call('tickets', 'open', { customerId: rossi.id, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject: 'Scritto senza linea' })
  if (!written.ok) throw new Error(written.error.code)
  ;({ code, ticketId } = written.value)
  expect(written.value.number).toBe(null)
})
afterAll(async () => {
  await first?.close()
  await second?.close()
  await hub.stop()
})

/** By the code as it was said, and as somebody types it. */
async function finds(core: TestCore | undefined, text: string): Promise<void> {
  if (!core) throw new Error('no desk')
  await core.core.desk.lookup().settled()
  for (const typed of [text, text.toLowerCase(), ` ${text} `]) expect(await core.call('lookup', 'search', { text: typed }), typed).toMatchObject({ ok: true, value: { rows: [expect.objectContaining({ customerId: rossi.id })] } })
}
const both = async (): Promise<void> => {
  for (const core of [first, second, first, second]) expect(core && (await exchange(core))).toBe(null)
}

it('finds the ticket before the hub has it, and on no other desk', async () => {
  await finds(first, code)
  expect(second && (await second.call('lookup', 'search', { text: code }))).toMatchObject({ ok: true, value: { rows: [] } })
})

it('finds it after the hub’s number has come, there and on another desk; the number finds it too', async () => {
  await both()
  const known = await second?.call('tickets', 'get', { ticketId })
  if (known?.ok !== true) throw new Error('the other desk has no ticket')
  expect(known.value.code).toBe(code)
  number = known.value.number ?? ''
  expect(number).toMatch(/^2026\/\d{6}$/)
  for (const core of [first, second]) for (const text of [code, number]) await finds(core, text)
})

it('finds it after it was closed', async () => {
  await first?.call('tickets', 'take', { ticketId })
  await first?.call('tickets', 'answer', { ticketId, text: 'Risolto' })
  expect(await first?.call('tickets', 'close', { ticketId })).toMatchObject({ ok: true, value: { state: 'closed', code } })
  await both()
  for (const core of [first, second]) await finds(core, code)
})

it('finds it after the desk took everything anew, and after it forgot what it had sent', async () => {
  await first?.core.desk.bulkParts().work.local((db) => writeState(db, 'snapshotWanted', { scopes: null, why: 'required' }))
  await both()
  await finds(first, code)
  await first?.core.desk.bulkParts().work.local((db) => {
    for (let day = 1; day <= 40; day++) forgetAcknowledged(db, new Date(Date.UTC(2027, 0, day)).toISOString())
  })
  expect(first && inStore(first, (db) => db.prepare(`SELECT count(*) FROM outbox WHERE kind LIKE 'ticket.%'`).pluck().get())).toBe(0)
  await finds(first, code)
})

it('finds it after the hub has forgotten the feed that brought it, on a desk that joins then', async () => {
  await hub.database.asOwner('DELETE FROM change')
  await hub.database.asOwner('UPDATE feed_head SET min_pos = pos')
  const third = await desk(3, await officeId(), false)
  try {
    await finds(third, code)
    await finds(third, number)
  } finally {
    await third.close()
  }
})

const officeId = async (): Promise<string> => String((await hub.database.asOwner('SELECT id FROM office LIMIT 1'))[0]?.['id'])

it('is found at the hub by a desk of another territory that asks for the exact code', async () => {
  const { findCustomers } = await import('../../hub/lookup/find-customer.ts')
  const tx = await hub.database.pool.connect()
  const nothing = { reason: 'caller', code: '', name: '', birthDay: '', town: '', phone: '' } as const
  try {
    for (const exact of [code, code.toLowerCase(), number]) expect(await findCustomers(tx, { ...nothing, code: exact }, ['code'])).toEqual([rossi.id])
  } finally {
    tx.release()
  }
})
