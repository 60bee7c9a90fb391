import { afterEach, describe, expect, it } from 'vitest'
import { createHubDouble } from '../../support/hub-double.ts'
import type { HubDouble } from '../../support/hub-double.ts'
import { deskRows, exchange, fillHub, hubRows, inStore, joinedDesk } from '../../support/hub-desk.ts'
import { loadMasterData, rossi, waterMeter } from '../../support/master-data.ts'
import type { TestCore } from '../../support/test-core.ts'

const opened: TestCore[] = []
async function filledHub(options?: Parameters<typeof createHubDouble>[0]): Promise<HubDouble> {
  const hub = createHubDouble(options)
  await fillHub(hub)
  return hub
}
async function desk(hub: HubDouble, options: Parameters<typeof joinedDesk>[1]): Promise<TestCore> {
  const made = await joinedDesk(hub, options)
  opened.push(made)
  return made
}
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})
const ticket = (subject: string) => ({ customerId: rossi.id, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject }) as const
const states = (core: TestCore) => inStore(core, (db) => db.prepare('SELECT state, reason FROM outbox ORDER BY seq').all())

describe('a desk that joins a hub', () => {
  it('takes what its office may hold, searchable, and says how it stands', async () => {
    const hub = await filledHub()
    const core = await desk(hub, { deskNumber: 1 })
    expect(await exchange(core)).toBe(null)
    expect(deskRows(core)).toEqual(hubRows(hub))
    const { lookup } = core.core.desk.bulkParts()
    await lookup.settled()
    expect(await core.call('lookup', 'search', { text: 'furlan' })).toMatchObject({ ok: true, value: { rows: [{ code: { text: '011842' } }] } })
    expect(await core.call('hub', 'status', {})).toMatchObject({ ok: true, value: { state: 'connected', trouble: null, queued: 0, refused: 0, hubName: 'Hub di prova', snapshot: null } })
  })

  it('keeps and sends everything it wrote while it stood alone', async () => {
    const hub = await filledHub()
    const core = await desk(hub, {
      deskNumber: 1,
      load: loadMasterData,
      before: async (alone) => {
        expect(await alone.call('tickets', 'open', ticket('prima del hub'))).toMatchObject({ ok: true })
        expect(await alone.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 })).toMatchObject({ ok: true })
      },
    })
    expect(await exchange(core)).toBe(null)
    expect(states(core)).toEqual([{ state: 'confirmed', reason: null }, { state: 'confirmed', reason: null }, { state: 'confirmed', reason: null }])
    expect(hub.find('ticket', {})).toHaveLength(1)
    expect(deskRows(core)).toEqual(hubRows(hub))
  })

  it('shows what is written at once, and as confirmed when its rows are back', async () => {
    const hub = await filledHub()
    const core = await desk(hub, { deskNumber: 1 })
    await exchange(core)
    hub.hooks.fault = () => 'lost before'
    const reply = await core.call('tickets', 'open', ticket('offline'))
    expect(reply).toMatchObject({ ok: true })
    await exchange(core)
    expect(await core.call('hub', 'status', {})).toMatchObject({ ok: true, value: { state: 'unreachable', queued: 1 } })
    expect(await core.call('customers', 'tickets', { customerId: rossi.id })).toMatchObject({ ok: true })
    hub.hooks.fault = (call) => (call === 'push' ? 'lost after' : null)
    await exchange(core)
    expect(states(core).at(-1)).toMatchObject({ state: 'queued' })
    expect(hub.find('ticket', {})).toHaveLength(1)
    hub.hooks.fault = () => null
    expect(await exchange(core)).toBe(null)
    expect(states(core).at(-1)).toMatchObject({ state: 'confirmed' })
    expect(hub.find('ticket', {})).toHaveLength(1)
    expect(deskRows(core)).toEqual(hubRows(hub))
  })

  it('takes a refused operation back, and keeps it with the reason', async () => {
    const hub = await filledHub()
    const core = await desk(hub, { deskNumber: 1 })
    await exchange(core)
    hub.hooks.fault = () => 'lost before'
    await core.call('tickets', 'open', ticket('rifiutato'))
    hub.rowsOf('customer').delete(JSON.stringify([rossi.id]))
    hub.hooks.fault = () => null
    await exchange(core)
    expect(states(core).at(-1)).toEqual({ state: 'refused', reason: 'customer_not_found' })
    expect(inStore(core, (db) => db.prepare('SELECT count(*) FROM ticket').pluck().get())).toBe(0)
    expect(await core.call('hub', 'status', {})).toMatchObject({ ok: true, value: { refused: 1, queued: 0 } })
  })
})
