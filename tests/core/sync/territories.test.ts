import { describe, expect, it } from 'vitest'
import { createBlobVault } from '../../../electron/core/sync/blobs/blob-vault.ts'
import { openRaw } from '../../../electron/core/store/cipher.ts'
import { deskRows, exchange, hubRows, inStore } from '../../support/hub-desk.ts'
import { bianchi, furlan, rossi } from '../../support/master-data.ts'
import { desk, emptyTicket, filled, onlyDevice, ticket } from './desks.ts'

describe('territories', () => {
  const territoryOf = (id: string) => (id === rossi.id ? 'T1' : id === furlan.id ? 'T2' : 'T3')

  it('that are given bring their customers, and those that are taken away leave nothing behind', async () => {
    const hub = await filled({ territoryOf })
    const core = await desk(hub)
    const customers = () => inStore(core, (db) => db.prepare('SELECT id FROM customer ORDER BY id').pluck().all())
    expect(customers()).toEqual([rossi.id])
    Object.assign(onlyDevice(hub), { scopes: ['T1', 'T2', 'T3'], scopeRevision: 2 })
    expect(await exchange(core)).toBe(null)
    expect(customers()).toEqual([rossi.id, furlan.id, bianchi.id])
    expect(deskRows(core)).toEqual(hubRows(hub))
    await core.call('tickets', 'open', ticket('di Furlan', furlan.id))
    await core.call('workspace', 'saveDraft', { key: `ticket:${furlan.id}`, text: 'bozza' })
    await core.call('customers', 'open', { customerId: furlan.id })
    await exchange(core)
    Object.assign(onlyDevice(hub), { scopes: ['T1', 'T3'], scopeRevision: 3 })
    expect(await exchange(core)).toBe(null)
    expect(customers()).toEqual([rossi.id, bianchi.id])
    for (const table of ['contract', 'invoice', 'ticket', 'ticket_event', 'supply_point', 'meter', 'draft', 'recent_customer', 'outbox']) {
      const text = JSON.stringify(inStore(core, (db) => db.prepare(`SELECT * FROM ${table}`).all()))
      expect(text, table).not.toContain(furlan.id)
    }
    expect(await core.call('lookup', 'search', { text: 'furlan' })).toMatchObject({ ok: true, value: { rows: [] } })
    const left = inStore(core, (db) => (db.prepare(`SELECT block FROM search_key_data`).pluck().all() as Buffer[]).map((block) => block.toString('latin1')).join(' '))
    expect(left).not.toMatch(/urlan|panificio/)
    expect(onlyDevice(hub).purged).toEqual([{ scopes: ['T2'], customers: 1 }])
    expect(await core.call('outbox', 'status', {})).toMatchObject({ ok: true, value: { customers: 2 } })
  })

  it('lose a single customer too, who is purged with everything of theirs alone', async () => {
    const hub = await filled()
    const core = await desk(hub)
    const { key } = core.core.desk.bulkParts()
    const vault = createBlobVault(core.dataDir, key)
    const content = vault.begin()
    content.write(Buffer.from('contratto di Furlan'))
    const file = content.finish()!
    hub.put('ticket', { ...emptyTicket, id: 'tk', code: 'T-1', customerId: furlan.id })
    hub.put('attachment', { id: 'at', ticketId: 'tk', customerId: furlan.id, name: 'contratto.pdf', mediaType: 'application/pdf', size: file.size, sha256: file.sha256, addedBy: 'x', addedAt: '2026-11-20T09:00:00.000Z' })
    expect(await exchange(core)).toBe(null)
    expect(vault.has(file.sha256, file.size)).toBe(true)
    hub.tell({ table: 'customer', key: [furlan.id], kind: 'delete', row: null }, ['T1'])
    expect(await exchange(core)).toBe(null)
    expect(vault.has(file.sha256, file.size)).toBe(false)
    vault.close()
    expect(inStore(core, (db) => db.prepare('SELECT id FROM customer ORDER BY id').pluck().all())).toEqual([rossi.id, bianchi.id])
    expect(inStore(core, (db) => db.prepare(`SELECT count(*) FROM contract WHERE customer_id = ?`).pluck().get(furlan.id))).toBe(0)
    expect(inStore(core, (db) => db.prepare(`SELECT count(*) FROM address`).pluck().get())).toBe(1)
    expect(onlyDevice(hub).purged).toEqual([{ scopes: [], customers: 1 }])
  })
})

describe('what is purged', () => {
  it('takes no draft of a customer along whose code begins alike', async () => {
    const hub = await filled()
    const core = await desk(hub)
    const other = `${furlan.id}1`
    hub.put('customer', { ...hub.find('customer', { id: furlan.id })[0], id: other, code: '0118421' })
    await exchange(core)
    for (const id of [furlan.id, other]) await core.call('workspace', 'saveDraft', { key: `ticket.new:${id}`, text: 'bozza' })
    hub.tell({ table: 'customer', key: [furlan.id], kind: 'delete', row: null }, ['T1'])
    expect(await exchange(core)).toBe(null)
    expect(inStore(core, (db) => db.prepare('SELECT key FROM draft').pluck().all())).toEqual([`ticket.new:${other}`])
  })

  it('is told to the hub when the log holds nothing of it either', async () => {
    const hub = await filled()
    const core = await desk(hub)
    const { databasePath, key } = core.core.desk.bulkParts()
    const reader = openRaw(databasePath, key, 'read')
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM customer').get()
    hub.tell({ table: 'customer', key: [furlan.id], kind: 'delete', row: null }, ['T1'])
    expect(await exchange(core)).toBe(null)
    expect(onlyDevice(hub).purged).toEqual([])
    reader.close()
    expect(await exchange(core)).toBe(null)
    expect(onlyDevice(hub).purged).toEqual([{ scopes: [], customers: 1 }])
  })
})
