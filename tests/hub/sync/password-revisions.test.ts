import { afterAll, beforeAll, expect, it } from 'vitest'
import { identityModule } from '../../../hub/identity/identity-module.ts'
import { syncModule } from '../../../hub/sync/sync-module.ts'
import { passwordRevisions } from '../../../shared/sync/identity.ts'
import { changesAnswer } from '../../../shared/sync/wire.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, addPeople, loadRecords } from './records.ts'
import type { Desk } from './records.ts'

let hub: TestHub
let people: Awaited<ReturnType<typeof addPeople>>
let desk: Desk
beforeAll(async () => {
  hub = await startTestHub({ modules: [identityModule, syncModule] })
  await loadRecords(hub.database)
  people = await addPeople(hub)
  desk = await addDesk(hub, { actor: people.agent })
})
afterAll(() => hub.stop())

const told = async () => changesAnswer.parse((await desk.call(`/v1/changes?feedId=${desk.state.feedId}&after=0&limit=1&protocol=1`)).body).passwords
const revisions = async () => passwordRevisions.parse((await desk.call('/v1/passwords', { method: 'POST', body: {} })).body).people

it('tells every desk that a password was changed, and whose, and nothing of it', async () => {
  const before = await told()
  expect(await revisions()).toContainEqual({ id: people.agent, revision: 1 })
  await hub.database.asOwner('UPDATE staff SET password_revision = password_revision + 1 WHERE person_id = $1', [people.agent])
  expect(await told()).toBe(before + 1)
  const now = await revisions()
  expect(now).toContainEqual({ id: people.agent, revision: 2 })
  expect(now.every((person) => Object.keys(person).toSorted().join() === 'id,revision')).toBe(true)
})

it('says nothing to who is no desk', async () => {
  expect((await fetch(`${hub.url}/v1/passwords`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status).toBe(401)
  await hub.database.asOwner(`UPDATE device SET state = 'revoked', revoked_at = now() WHERE id = $1`, [desk.id])
  expect((await desk.call('/v1/passwords', { method: 'POST', body: {} })).status).toBe(401)
})
