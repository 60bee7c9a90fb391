import { afterAll, beforeAll, expect, it } from 'vitest'
import { feedPlace, noteBackedUp } from '../../../hub/sync/durable.ts'
import { syncModule } from '../../../hub/sync/sync-module.ts'
import { changesAnswer } from '../../../shared/sync/wire.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, addPeople, loadRecords } from './records.ts'
import type { Desk } from './records.ts'

let hub: TestHub
let desk: Desk
beforeAll(async () => {
  hub = await startTestHub({ modules: [syncModule] })
  await loadRecords(hub.database)
  desk = await addDesk(hub, { actor: (await addPeople(hub)).agent })
})
afterAll(() => hub.stop())

const told = async () => changesAnswer.parse((await desk.call(`/v1/changes?feedId=${desk.state.feedId}&after=0&limit=1&protocol=1`)).body).durableThrough

it('tells desks how far a verified backup reaches, which never goes back', async () => {
  await desk.send(desk.openTicket())
  const first = await feedPlace(hub.database.pool)
  await desk.send(desk.openTicket())
  const second = await feedPlace(hub.database.pool)
  expect(second.position).toBeGreaterThan(first.position)
  expect(await told()).toBe(0)
  expect(await noteBackedUp(hub.database.pool, second)).toBe(true)
  expect(await told()).toBe(second.position)
  expect(await noteBackedUp(hub.database.pool, first)).toBe(true)
  expect(await told()).toBe(second.position)
})

it('believes no backup of another history, and none of positions that were never reached', async () => {
  const { feedId, position } = await feedPlace(hub.database.pool)
  const before = await told()
  expect(await noteBackedUp(hub.database.pool, { feedId: 'another', position })).toBe(false)
  expect(await noteBackedUp(hub.database.pool, { feedId, position: position + 1 })).toBe(false)
  expect(await told()).toBe(before)
})
