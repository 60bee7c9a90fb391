import { afterAll, beforeAll, expect, it } from 'vitest'
import { inTransaction } from '../../../hub/database/pool.ts'
import { identityModule } from '../../../hub/identity/identity-module.ts'
import type { Tx } from '../../../hub/server/parts.ts'
import { assignTerritories } from '../../../hub/import/territories.ts'
import { syncModule } from '../../../hub/sync/sync-module.ts'
import { changesAnswer } from '../../../shared/sync/wire.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, addPeople, bianchi, furlan, loadRecords, north, rossi, south } from './records.ts'
import type { Desk } from './records.ts'

let hub: TestHub
let people: Awaited<ReturnType<typeof addPeople>>
beforeAll(async () => {
  hub = await startTestHub({ modules: [identityModule, syncModule] })
  await loadRecords(hub.database)
  people = await addPeople(hub)
})
afterAll(() => hub.stop())

/** Rules under which everybody lives in that territory, and these customers put there. */
async function moveTo(territory: string, customerIds: readonly string[], wrap: (tx: Tx) => Tx = (tx) => tx): Promise<number> {
  await hub.database.asOwner(`UPDATE territory SET rules = CASE WHEN id = $1 THEN $2::jsonb ELSE '[]'::jsonb END WHERE id <> 'all'`, [territory, JSON.stringify([{ brandIds: ['etra'], provinces: [], towns: [] }])])
  return inTransaction(hub.database.pool, (tx) => assignTerritories(wrap(tx), { customerIds: [...customerIds] }))
}
const changes = async (desk: Desk) => changesAnswer.parse((await desk.call(`/v1/changes?feedId=${desk.state.feedId}&after=0&limit=500&protocol=1`)).body).changes

it('is not taken from a desk that holds both territories, and from one that held the first', async () => {
  const both = await addDesk(hub, { actor: people.agent, office: 'Tutti', territories: [north, south] })
  const first = await addDesk(hub, { actor: people.agent })
  expect(await moveTo(south, [rossi.id])).toBe(1)
  const kept = await changes(both)
  expect(kept.filter(({ kind }) => kind === 'delete')).toEqual([])
  expect(kept.filter(({ table }) => table === 'customer').map(({ key }) => key)).toEqual([[rossi.id]])
  expect((await changes(first)).filter(({ table }) => table === 'customer')).toMatchObject([{ key: [rossi.id], kind: 'delete', row: null }])
})

it('who has left a territory is in no answer to a desk that is behind, but for the leaving', async () => {
  const desk = await addDesk(hub, { actor: people.agent })
  const to = await addDesk(hub, { actor: people.agent, office: 'Sud', territories: [south] })
  await moveTo(north, [rossi.id, bianchi.id])
  await desk.send(desk.openTicket(bianchi.id), desk.openTicket(), desk.reading(1_223_000))
  expect(JSON.stringify(await changes(desk))).toContain('Perdita in strada')
  expect(await moveTo(south, [rossi.id, bianchi.id])).toBe(2)
  const behind = await changes(desk)
  expect(behind.filter(({ kind }) => kind === 'put')).toEqual([])
  expect(new Set(behind.flatMap(({ table, key, kind }) => (kind === 'delete' && table === 'customer' ? key : [])))).toEqual(new Set([rossi.id, bianchi.id]))
  const gained = await changes(to)
  expect(gained.filter(({ table, row }) => table === 'ticket' && row !== null).map(({ row }) => row?.['customerId']).toSorted()).toEqual([rossi.id, bianchi.id])
  // And back again: everything once more, after the leaving.
  expect(await moveTo(north, [rossi.id, bianchi.id])).toBe(2)
  const back = await changes(desk)
  const last = back.findLastIndex(({ kind }) => kind === 'delete')
  expect(back.findIndex(({ kind }) => kind === 'put')).toBeGreaterThan(last)
  expect(JSON.stringify(await changes(to))).not.toContain('Perdita in strada')
})

it('what is written about somebody who is just moving reaches the desks of the new territory, as it is, and leaves the old ones', async () => {
  const from = await addDesk(hub, { actor: people.agent })
  const to = await addDesk(hub, { actor: people.agent, office: 'Sud', territories: [south] })
  await moveTo(north, [rossi.id, furlan.id])
  const opened = from.openTicket(rossi.id, 'aperto prima')
  const { receipts: [receipt] } = await from.send(opened)
  expect(receipt?.outcome).toBe('applied')
  // All has been collected, and the feed is about to be locked: in that moment the old territory writes.
  const written = from.openTicket(rossi.id, 'scritto nel trasloco')
  const changed = from.write('ticket.take', { ticketId: opened.opId })
  let paused = false
  const moved = await moveTo(south, [rossi.id], (tx) => new Proxy(tx, {
    get: (of, name) => name !== 'query' ? Reflect.get(of, name) as unknown : async (...given: [never]) => {
      const [text] = given as unknown[]
      if (!paused && typeof text === 'string' && /feed_head.*FOR UPDATE|UPDATE feed_head/s.test(text)) {
        paused = true
        await from.send(written, changed)
      }
      return (of.query as (...all: [never]) => Promise<unknown>)(...given)
    },
  }))
  expect([paused, moved]).toEqual([true, 1])
  const gained = await changes(to)
  expect(gained.filter(({ row }) => row?.['subject'] === 'scritto nel trasloco').map(({ kind }) => kind)).toEqual(['put'])
  expect(gained.filter(({ table, key }) => table === 'ticket' && key[0] === opened.opId).at(-1)?.row).toMatchObject({ state: 'in_charge' })
  expect(JSON.stringify((await changes(from)).filter(({ kind }) => kind === 'put'))).not.toContain(rossi.id)
})

it('has its receipt once from a desk that was let go', async () => {
  const desk = await addDesk(hub, { actor: people.agent })
  await hub.database.asOwner(`UPDATE device SET state = 'revoked', revoked_at = $2 WHERE id = $1`, [desk.id, hub.clock.now().toISOString()])
  for (let time = 0; time < 3; time++) expect((await desk.call('/v1/purged', { method: 'POST', body: { scopes: [], customers: 3 } })).status).toBe(200)
  expect(await hub.database.asOwner(`SELECT count(*)::int AS told FROM audit WHERE kind = 'purged' AND device_id = $1`, [desk.id])).toEqual([{ told: 1 }])
  expect((await desk.call('/v1/checksums')).status).toBe(401)
})
