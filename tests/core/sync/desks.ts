/** Desks before a hub double that is filled, closed when the test ends; for the tests beside this file. */
import { afterEach, expect } from 'vitest'
import { createHubDouble } from '../../support/hub-double.ts'
import type { HubDouble } from '../../support/hub-double.ts'
import { exchange, fillHub, inStore, joinedDesk } from '../../support/hub-desk.ts'
import { rossi } from '../../support/master-data.ts'
import type { TestCore } from '../../support/test-core.ts'

const opened: TestCore[] = []
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})
export const kept = (core: TestCore): TestCore => {
  opened.push(core)
  return core
}
/** The desk is closed by somebody else. */
export const released = (core: TestCore): void => void opened.splice(opened.indexOf(core), 1)

export async function filled(options?: Parameters<typeof createHubDouble>[0]): Promise<HubDouble> {
  const hub = createHubDouble(options)
  await fillHub(hub)
  return hub
}
export async function desk(hub: HubDouble, deskNumber = 1): Promise<TestCore> {
  const core = kept(await joinedDesk(hub, { deskNumber }))
  expect(await exchange(core)).toBe(null)
  return core
}
export const ticket = (subject: string, customerId: string = rossi.id) => ({ customerId, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject }) as const
export const emptyTicket = { number: null, supplyPointId: null, area: 'water', type: 'information', channel: 'phone', subject: 'x', receivedDay: '2026-11-20', state: 'new', priority: 'normal', assignee: null, openedAt: '2026-11-20T09:00:00.000Z', updatedAt: '2026-11-20T09:00:00.000Z', origin: 'desk' }
export const outboxOf = (core: TestCore) => inStore(core, (db) => db.prepare(`SELECT epoch, wire_seq AS n, state FROM outbox WHERE entity <> 'person' ORDER BY seq`).all())
export const unconfirmed = (core: TestCore) => inStore(core, (db) => db.prepare(`SELECT count(*) FROM outbox WHERE state <> 'confirmed'`).pluck().get())
export const onlyDevice = (hub: HubDouble) => [...hub.devices.values()][0]!
export const subjectsOf = (hub: HubDouble) => hub.find('ticket', {}).map((row) => row['subject']).toSorted()
