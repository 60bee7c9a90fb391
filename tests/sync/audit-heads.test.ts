import { afterAll, beforeAll, expect, it } from 'vitest'
import { realHub } from '../../electron/core/sync/desk-hub.ts'
import { readState } from '../../electron/core/sync/sync-store.ts'
import { readAuditKey } from '../../hub/identity/audit-key.ts'
import { verifyAudit } from '../../hub/identity/verify-audit.ts'
import { cutAfter, rewriteFrom, unlockAudit } from '../hub/identity/tamper.ts'
import { addOffice, startTestHub } from '../support/hub-app.ts'
import type { TestHub } from '../support/hub-app.ts'
import { exchange, inStore } from '../support/hub-desk.ts'
import { enrolmentCode, fillRealHub } from '../support/hub-fill.ts'
import { rossi } from '../support/master-data.ts'
import { createTestCore } from '../support/test-core.ts'
import type { TestCore } from '../support/test-core.ts'

let hub: TestHub
let desk: TestCore
beforeAll(async () => {
  hub = await startTestHub()
  const office = await addOffice(hub, 'Trieste', ['T1'])
  await fillRealHub(hub, 'T1')
  desk = await createTestCore({ deskNumber: 1, hub: { ...realHub, transport: (link, now) => ({ ...realHub.transport(link, now), listen: () => () => undefined }), timer: { after: () => () => undefined, random: () => 0.5 } } })
  expect(await desk.call('hub', 'join', { address: hub.url, code: await enrolmentCode(hub, office, true) })).toMatchObject({ ok: true })
  expect(await exchange(desk)).toBe(null)
})
afterAll(async () => {
  await desk.close()
  await hub.stop()
})

const held = () => inStore(desk, (db) => readState(db, 'auditHeads') ?? [])
const check = () => {
  const key = readAuditKey(hub.config.dataDir)
  if (!key) throw new Error('the hub has no key')
  return verifyAudit(hub.database.pool, { key, kept: [] })
}

it('a desk keeps the last fifty heads of the hub’s audit chain, and they contradict a chain that was written anew or cut short', async () => {
  for (let count = 0; count < 60; count += 1) {
    expect(await desk.call('tickets', 'open', { customerId: rossi.id, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject: 'prova' })).toMatchObject({ ok: true })
    expect(await exchange(desk)).toBe(null)
  }
  const heads = held()
  expect(heads).toHaveLength(50)
  const numbers = heads.map(({ head }) => Number(head.split(':')[0]))
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
  expect(await desk.call('hub', 'checkHealth', {})).toMatchObject({ ok: true })
  expect(await check()).toMatchObject({ firstBad: null })

  await unlockAudit(hub.database)
  // What the hub signed by itself meanwhile, which depends on how long this took: here only what the desk holds is to speak.
  await hub.database.asOwner('DELETE FROM audit_checkpoint')
  const newest = numbers.at(-1) ?? 0
  await rewriteFrom(hub.database, newest - 2)
  expect(await check()).toMatchObject({ firstBad: null })
  expect(await desk.call('hub', 'checkHealth', {})).toMatchObject({ ok: true })
  expect(await check()).toMatchObject({ why: 'rewritten' })

  await hub.database.asOwner('DELETE FROM audit_contradiction')
  await cutAfter(hub.database, newest - 5)
  expect(await check()).toMatchObject({ firstBad: null })
  expect(await desk.call('hub', 'checkHealth', {})).toMatchObject({ ok: true })
  expect(await check()).toMatchObject({ firstBad: newest - 4, why: 'cut' })
})
