import { afterAll, beforeAll, expect, it } from 'vitest'
import { inTransaction } from '../../../hub/database/pool.ts'
import { identityModule } from '../../../hub/identity/identity-module.ts'
import { assignTerritories } from '../../../hub/import/territories.ts'
import { syncModule } from '../../../hub/sync/sync-module.ts'
import { changesAnswer } from '../../../shared/sync/wire.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, addPeople, loadRecords, north, rossi, south } from './records.ts'
import type { Desk } from './records.ts'

let hub: TestHub
let people: Awaited<ReturnType<typeof addPeople>>
beforeAll(async () => {
  hub = await startTestHub({ modules: [identityModule, syncModule] })
  await loadRecords(hub.database)
  people = await addPeople(hub)
})
afterAll(() => hub.stop())

const changes = async (desk: Desk) => changesAnswer.parse((await desk.call(`/v1/changes?feedId=${desk.state.feedId}&after=0&limit=500&protocol=1`)).body).changes

it('is not taken from a desk that holds both territories, and from one that held the first', async () => {
  const both = await addDesk(hub, { actor: people.agent, office: 'Tutti', territories: [north, south] })
  const first = await addDesk(hub, { actor: people.agent })
  await hub.database.asOwner('UPDATE territory SET rules = $2 WHERE id = $1', [south, JSON.stringify([{ brandIds: ['etra'], provinces: [], towns: [] }])])
  expect(await inTransaction(hub.database.pool, (tx) => assignTerritories(tx, { customerIds: [rossi.id] }))).toBe(1)
  const kept = await changes(both)
  expect(kept.filter(({ kind }) => kind === 'delete')).toEqual([])
  expect(kept.filter(({ table }) => table === 'customer').map(({ key }) => key)).toEqual([[rossi.id]])
  expect((await changes(first)).filter(({ table }) => table === 'customer')).toMatchObject([{ key: [rossi.id], kind: 'delete', row: null }])
})

it('has its receipt once from a desk that was let go', async () => {
  const desk = await addDesk(hub, { actor: people.agent })
  await hub.database.asOwner(`UPDATE device SET state = 'revoked', revoked_at = $2 WHERE id = $1`, [desk.id, hub.clock.now().toISOString()])
  for (let time = 0; time < 3; time++) expect((await desk.call('/v1/purged', { method: 'POST', body: { scopes: [], customers: 3 } })).status).toBe(200)
  expect(await hub.database.asOwner(`SELECT count(*)::int AS told FROM audit WHERE kind = 'purged' AND device_id = $1`, [desk.id])).toEqual([{ told: 1 }])
  expect((await desk.call('/v1/checksums')).status).toBe(401)
})
