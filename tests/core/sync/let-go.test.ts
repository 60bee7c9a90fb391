import { existsSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { testPassword } from '../../support/hash-cost.ts'
import { deskRows, exchange, inStore } from '../../support/hub-desk.ts'
import { rossi } from '../../support/master-data.ts'
import type { TestCore } from '../../support/test-core.ts'
import { desk, filled, onlyDevice, ticket } from './desks.ts'

const signedOut = (core: TestCore) => new Promise<void>((resolve) => void core.core.subscribe((event) => event.kind === 'signed_out' && resolve()))
const signIn = (core: TestCore) => core.call('session', 'signIn', { username: 'anna', password: testPassword })
const left = (core: TestCore) => Object.entries(deskRows(core)).flatMap(([table, rows]) => (rows.length > 0 ? [table] : []))
const manyRows = 4_500

describe('a desk that its hub lets go', () => {
  it('takes everything of the hub off, however much it is, keeps what was never sent, and says so once', async () => {
    const hub = await filled()
    const core = await desk(hub)
    await core.core.desk.bulkParts().work.local((db) => {
      const add = db.prepare(`INSERT INTO invoice (id, contract_id, customer_id, number, issue_day, due_day, amount_cents, paid_cents, estimated, has_pdf) VALUES (?, 'x', ?, ?, '2026-01-01', '2026-02-01', 1, 1, 0, 0)`)
      for (let i = 0; i < manyRows; i++) add.run(`many:${i}`, rossi.id, String(i))
    })
    await core.call('workspace', 'saveDraft', { key: `ticket.new:${rossi.id}`, text: 'bozza' })
    hub.hooks.fault = (call) => (call === 'push' ? 'lost before' : null)
    await core.call('tickets', 'open', ticket('mai consegnata'))
    await exchange(core)
    hub.hooks.fault = () => null
    onlyDevice(hub).revoked = true
    const gone = signedOut(core)
    await exchange(core)
    await gone
    expect(await signIn(core)).toMatchObject({ ok: true })
    expect(left(core)).toEqual(['brand', 'readingWindow', 'person'])
    for (const table of ['draft', 'base_row', 'snapshot_seen']) expect(inStore(core, (db) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()), table).toBe(0)
    expect(await core.call('hub', 'status', {})).toMatchObject({ value: { state: 'refused', trouble: 'revoked', queued: 1 } })
    expect(onlyDevice(hub).purged).toEqual([{ scopes: [], customers: 3 }])
  })

  it('owes the hub its receipt until the hub has heard it', async () => {
    const hub = await filled()
    const core = await desk(hub)
    onlyDevice(hub).revoked = true
    hub.hooks.fault = (call) => (call === 'purged' ? 'lost before' : null)
    const gone = signedOut(core)
    await core.core.desk.hub()?.exchangeNow()
    await gone
    await signIn(core)
    expect(onlyDevice(hub).purged).toEqual([])
    await core.call('session', 'signOut', {})
    hub.hooks.fault = () => null
    await signIn(core)
    while (onlyDevice(hub).purged.length === 0) await new Promise((resolve) => setImmediate(resolve))
    await core.call('session', 'signOut', {})
    await signIn(core)
    await core.call('session', 'signOut', {})
    expect(onlyDevice(hub).purged).toEqual([{ scopes: [], customers: 3 }])
    const log = `${core.core.desk.databasePath}-wal`
    expect(existsSync(log) ? statSync(log).size : 0).toBe(0)
  })
})
