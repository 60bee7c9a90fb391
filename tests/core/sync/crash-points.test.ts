import { describe, expect, it } from 'vitest'
import { createHubDouble } from '../../support/hub-double.ts'
import type { HubDouble } from '../../support/hub-double.ts'
import { deskRows, doublePorts, exchange, fillHub, hubRows, inStore, joinedDesk } from '../../support/hub-desk.ts'
import { furlan, loadMasterData, rossi, waterMeter } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'

const ticket = (subject: string) => ({ customerId: rossi.id, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject }) as const

/** Every place, or every third one from where the seed says; `tests/sync/faults` kills processes at places of their own. */
const step = process.env['SPORTELLO_LONG'] === '1' ? 1 : 3
const first = step === 1 ? 1 : 1 + (Number(process.env['SPORTELLO_SEED'] ?? 31) % step)

class Crash extends Error {}

/** Dies at the n-th place it passes, and at every place after it, as a process that is gone. */
function crashAt(n: number) {
  let passed = 0
  return { passed: () => passed, point: () => {
    if (++passed >= n) throw new Crash('gone')
  } }
}

/** A desk with work from before, that joins, takes a snapshot in several pages, sends and takes. */
async function story(hub: HubDouble, point: () => void): Promise<TestCore> {
  const desk = await joinedDesk(hub, {
    deskNumber: 1,
    crash: point,
    load: loadMasterData,
    before: async (alone) => {
      expect(await alone.call('tickets', 'open', ticket('prima'))).toMatchObject({ ok: true })
    },
  })
  await desk.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 })
  await exchange(desk)
  return desk
}

/** The same data directory opened by a new process, which comes to the end of it. */
async function goOn(hub: HubDouble, desk: TestCore, deskNumber: number): Promise<TestCore> {
  await desk.core.close()
  const back = await createTestCore({ dataDir: desk.dataDir, deskNumber, hub: doublePorts(hub) })
  expect(await exchange(back)).toBe(null)
  return back
}

describe('a desk that is cut short while it purges', () => {
  it('has nothing left in the end, and the hub its receipt', async () => {
    const whole = crashAt(Infinity)
    const places = await purge(whole.point, () => whole.passed())
    expect(places).toBeGreaterThan(3)
    for (let place = 1; place <= places; place++) {
      const crash = crashAt(place)
      await purge(crash.point, () => 0)
    }
  }, 600_000)
})

/** Joins, loses a customer, is perhaps cut short, and is opened again. Answers how many places the loss passed. */
async function purge(point: () => void, passed: () => number): Promise<number> {
  const hub = await filled()
  let armed = false
  const desk = await joinedDesk(hub, { deskNumber: 1, crash: () => {
    if (armed) point()
  } })
  await exchange(desk)
  hub.tell({ table: 'customer', key: [furlan.id], kind: 'delete', row: null }, ['T1'])
  armed = true
  await exchange(desk)
  const places = passed()
  const back = await goOn(hub, desk, 2)
  expect(inStore(back, (db) => db.prepare('SELECT count(*) FROM contract WHERE customer_id = ?').pluck().get(furlan.id))).toBe(0)
  expect([...hub.devices.values()][0]?.purged).toContainEqual({ scopes: [], customers: 1 })
  await back.close()
  return places
}

async function filled(): Promise<HubDouble> {
  const hub = createHubDouble({ pageSize: 1 })
  await fillHub(hub)
  return hub
}

describe('a desk that is cut short at any step of an exchange', () => {
  it('loses nothing, does nothing twice, and holds in the end what the hub holds', async () => {
    const whole = crashAt(Infinity)
    const measured = await story(await filled(), whole.point)
    await measured.close()
    const places = whole.passed()
    expect(places).toBeGreaterThan(10)
    for (let place = first; place <= places; place += step) {
      const hub = await filled()
      const desk = await story(hub, crashAt(place).point)
      const before = inStore(desk, (db) => db.prepare('SELECT count(*) FROM outbox').pluck().get())
      const back = await goOn(hub, desk, 2)
      expect(inStore(back, (db) => db.prepare('SELECT count(*) FROM outbox').pluck().get()), `place ${place}`).toBe(before)
      expect(inStore(back, (db) => db.prepare(`SELECT count(*) FROM outbox WHERE state <> 'confirmed'`).pluck().get()), `place ${place}`).toBe(0)
      expect(hub.find('ticket', {}), `place ${place}`).toHaveLength(1)
      expect(hub.find('reading', { source: 'desk' }), `place ${place}`).toHaveLength(1)
      expect(deskRows(back), `place ${place}`).toEqual(hubRows(hub))
      await back.close()
    }
  }, 600_000)
})
