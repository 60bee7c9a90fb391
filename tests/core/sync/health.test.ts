import { existsSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { RawDatabase } from '../../../electron/core/store/cipher.ts'
import { writeState } from '../../../electron/core/sync/sync-store.ts'
import { deskRows, exchange, hubRows, inStore } from '../../support/hub-desk.ts'
import type { HubDouble } from '../../support/hub-double.ts'
import { bianchi, furlan, rossi } from '../../support/master-data.ts'
import type { TestCore } from '../../support/test-core.ts'
import { desk, emptyTicket, filled, ticket } from './desks.ts'

const health = async (core: TestCore) => {
  const reply = await core.call('hub', 'checkHealth', {})
  return reply.ok ? reply.value.health : reply.error
}
/** Something goes wrong behind everybody's back. */
const spoil = (core: TestCore, work: (db: RawDatabase) => unknown) =>
  core.core.desk.bulkParts().work.local((db) => {
    db.pragma('defer_foreign_keys = ON')
    writeState(db, 'applying', true)
    work(db)
    db.prepare(`DELETE FROM sync_state WHERE key = 'applying'`).run()
  })
const fetched = (hub: HubDouble) => [...new Set(hub.pages.splice(0).flatMap((token) => (JSON.parse(token) as { parts: string[] | null }).parts ?? ['everything']))]
const partOf = ({ id }: { readonly id: string }) => id.slice(-2)

describe('a desk that compares itself with its hub', () => {
  it('holds the same, also while something waits to be sent', async () => {
    const hub = await filled()
    const core = await desk(hub)
    await core.call('tickets', 'open', ticket('prima'))
    expect(await exchange(core)).toBe(null)
    expect(await health(core)).toMatchObject({ result: 'same', differing: [] })
  })

  it.each<[string, (db: RawDatabase) => unknown, { readonly id: string }]>([
    ['a value that changed', (db) => db.prepare(`UPDATE customer SET phone = '1' WHERE id = ?`).run(rossi.id), rossi],
    ['a row that went', (db) => db.prepare('DELETE FROM invoice WHERE customer_id = ?').run(rossi.id), rossi],
    ['a row that came from nowhere', (db) => db.prepare(`INSERT INTO ticket (id, code, customer_id, area, type, channel, subject, received_day, state, priority, opened_at, updated_at, origin) VALUES ('x', 'x', ?, 'water', 'information', 'phone', 'x', '2026-11-20', 'new', 'normal', 'x', 'x', 'desk')`).run(furlan.id), furlan],
    ['a customer that came from nowhere', (db) => db.prepare(`INSERT INTO customer (id, brand_id, code, kind, vulnerable, updated_at) VALUES ('etra:9900099', 'etra', '9900099', 'company', 0, 'x')`).run(), { id: 'etra:9900099' }],
    ['a customer that went', (db) => db.prepare('DELETE FROM customer WHERE id = ?').run(bianchi.id), bianchi],
  ])('finds %s, and fetches nothing but that part of the customers', async (_what, work, customer) => {
    const hub = await filled()
    const core = await desk(hub)
    hub.put('ticket', { ...emptyTicket, id: 'tk', code: 'T-1', customerId: rossi.id })
    await exchange(core)
    await core.core.desk.bulkParts().lookup.settled()
    await spoil(core, work)
    fetched(hub)
    expect(await health(core)).toMatchObject({ result: 'repaired' })
    expect(fetched(hub)).toEqual([partOf(customer)])
    expect(deskRows(core)).toEqual(hubRows(hub))
    expect(inStore(core, (db) => db.prepare(`SELECT json_extract(value, '$.differing') FROM sync_state WHERE key = 'health'`).pluck().get())).toBe('[]')
  })

  it('fetches everything where rows belong to nobody', async () => {
    const hub = await filled()
    const core = await desk(hub)
    await spoil(core, (db) => db.prepare(`INSERT INTO address (id, street, town) VALUES ('nobody', 'Via', 'X')`).run())
    fetched(hub)
    expect(await health(core)).toMatchObject({ result: 'repaired' })
    expect(fetched(hub)).toEqual(['everything'])
    expect(deskRows(core)).toEqual(hubRows(hub))
  })

  it('keeps what waits to be sent through a repair', async () => {
    const hub = await filled()
    const core = await desk(hub)
    await spoil(core, (db) => db.prepare(`UPDATE customer SET phone = '1' WHERE id = ?`).run(rossi.id))
    hub.hooks.fault = (call) => (call === 'push' ? 'lost after' : null)
    await core.call('tickets', 'open', ticket('durante'))
    hub.hooks.fault = () => null
    expect(await health(core)).toMatchObject({ result: 'repaired' })
    expect(hub.find('ticket', {})).toHaveLength(1)
    expect(deskRows(core)).toEqual(hubRows(hub))
  })
})

describe('somebody who leaves during a comparison', () => {
  it('does not wait for it, and takes nothing wrong for known', async () => {
    const hub = await filled()
    const core = await desk(hub)
    const comparing = core.call('hub', 'checkHealth', {})
    while (!hub.calls.includes('checksums')) await new Promise((resolve) => setImmediate(resolve))
    expect(await core.call('session', 'signOut', {})).toMatchObject({ ok: true, value: { state: 'signed_out' } })
    expect(await comparing).toBeDefined()
    const { databasePath } = core.core.desk
    expect(existsSync(`${databasePath}-wal`) ? statSync(`${databasePath}-wal`).size : 0).toBe(0)
  })
})
