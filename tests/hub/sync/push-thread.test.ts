/** Pushes in a thread of their own, as a hub in production has them: the same answers, and nobody waits for a thread that has ended. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPushThread } from '../../../hub/sync/push-thread.ts'
import { syncModule } from '../../../hub/sync/sync-module.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, addPeople, loadRecords, outcomes } from './records.ts'

let hub: TestHub
let actor: string
beforeAll(async () => {
  hub = await startTestHub({ now: new Date().toISOString(), modules: [syncModule], config: { threads: true } })
  await loadRecords(hub.database)
  actor = (await addPeople(hub)).agent
})
afterAll(() => hub.stop())

it('answers with the outcomes, and the same ones again', async () => {
  const anna = await addDesk(hub, { actor })
  const operations = [anna.openTicket(), anna.openTicket('etra:000000'), anna.reading(1_250_000)]
  const first = await anna.send(...operations)
  expect(outcomes(first)).toEqual(['applied', 'rejected outside_territory', 'applied'])
  expect((await anna.send(...operations)).receipts).toEqual(first.receipts)
})

it('says what is wrong with a push as without a thread', async () => {
  const anna = await addDesk(hub, { actor })
  const body = { ...anna.request([anna.openTicket()]), epoch: 7 }
  expect(await anna.call('/v1/push', { method: 'POST', body })).toEqual({ status: 409, body: { error: { code: 'epoch', details: { epoch: 1 } } } })
})

it('carries out what many desks send in the same moment, each once', async () => {
  const desks = await Promise.all(Array.from({ length: 20 }, () => addDesk(hub, { actor })))
  const answers = await Promise.all(desks.map(async (desk) => desk.send(desk.openTicket(), desk.openTicket())))
  expect(answers.flatMap(outcomes)).toEqual(Array.from({ length: 40 }, () => 'applied'))
  const numbers = await hub.database.asOwner('SELECT number FROM ticket WHERE number IS NOT NULL')
  expect(new Set(numbers.map(({ number }) => number)).size).toBe(numbers.length)
})

it('tells the desks to come again when the thread ends, and begins another', async () => {
  const thread = createPushThread({ pool: hub.database.pool, log: hub.hub.parts.log }, new URL('./ending-push-worker.ts', import.meta.url))
  const anna = await addDesk(hub, { actor })
  const push = { deviceId: anna.id, request: anna.request([anna.openTicket()]) }
  for (let time = 0; time < 2; time += 1) expect(await thread.push(push)).toMatchObject({ status: 503, code: 'busy' })
  await thread.stop()
  expect(await thread.push(push)).toMatchObject({ status: 503, code: 'stopping' })
})

it('does not wait for a thread that hangs, neither for an answer nor for its end', async () => {
  const thread = createPushThread({ pool: hub.database.pool, log: hub.hub.parts.log }, new URL('./hanging-push-worker.ts', import.meta.url), { answer: 50, stop: 50 })
  const anna = await addDesk(hub, { actor })
  const push = { deviceId: anna.id, request: anna.request([anna.openTicket()]) }
  for (let time = 0; time < 2; time += 1) expect(await thread.push(push)).toMatchObject({ status: 503, code: 'busy' })
  thread.start()
  await thread.stop()
})
