import { describe, expect, it } from 'vitest'
import { readState, writeState } from '../../../electron/core/sync/sync-store.ts'
import { exchange, inStore } from '../../support/hub-desk.ts'
import { testPassword } from '../../support/hash-cost.ts'
import { bianchi, furlan, rossi, waterMeter } from '../../support/master-data.ts'
import { desk, filled, ticket, unconfirmed } from './desks.ts'

describe('what a newer hub says', () => {
  it('is kept as it was sent, and the rest goes on', async () => {
    const hub = await filled()
    const core = await desk(hub)
    const unknown = { table: 'payment', key: ['p1'], kind: 'put' as const, row: { id: 'p1', cents: 12, nested: { deep: [1, null] } } }
    hub.tell(unknown)
    hub.tell({ table: 'customer', key: [rossi.id], kind: 'put', row: { ...hub.find('customer', { id: rossi.id })[0], phone: '040 999', mood: 'sunny' } })
    expect(await exchange(core)).toBe(null)
    const kept = inStore(core, (db) => db.prepare('SELECT change FROM deferred_change ORDER BY pos').pluck().all()) as string[]
    expect(JSON.parse(kept[0] ?? '')).toMatchObject(unknown)
    expect(kept).toHaveLength(2)
    expect(inStore(core, (db) => db.prepare('SELECT phone FROM customer WHERE id = ?').pluck().get(rossi.id))).toBe('040 999')
    expect(await core.call('hub', 'status', {})).toMatchObject({ ok: true, value: { deferred: 2, state: 'connected' } })
    // A newer word about the record takes its place.
    const known = Object.entries(hub.find('customer', { id: rossi.id })[0] ?? {}).filter(([name]) => name !== 'mood')
    hub.put('customer', { ...Object.fromEntries(known), phone: '040 998' })
    // One may still have been under way.
    for (let turn = 0; turn < 2; turn++) expect(await exchange(core)).toBe(null)
    expect(await core.call('hub', 'status', {})).toMatchObject({ value: { deferred: 1 } })
  })

  it('is taken in by a desk that has learnt it', async () => {
    const hub = await filled()
    const core = await desk(hub)
    const change = { pos: 1, table: 'customer', key: [rossi.id], kind: 'put', row: { ...hub.find('customer', { id: rossi.id })[0], phone: '040 997' } }
    await core.core.desk.bulkParts().work.local((db) => db.prepare('INSERT INTO deferred_change (pos, tbl, key, change) VALUES (1, ?, ?, ?)').run('customer', JSON.stringify([rossi.id]), JSON.stringify(change)))
    await core.call('session', 'signOut', {})
    await core.call('session', 'signIn', { username: 'anna', password: testPassword })
    expect(await exchange(core)).toBe(null)
    expect(inStore(core, (db) => db.prepare('SELECT phone FROM customer WHERE id = ?').pluck().get(rossi.id))).toBe('040 997')
    expect(await core.call('hub', 'status', {})).toMatchObject({ value: { deferred: 0 } })
  })
})

describe('a value that only a newer desk knows', () => {
  it('makes its record wait, and nothing after it', async () => {
    const hub = await filled()
    const core = await desk(hub)
    const conflict = { customerId: rossi.id, field: 'phone', kept: '1', lost: '2', lostBy: null, keptBy: 'x', at: '2026-11-20T09:00:00.000Z', settledBy: null, settledAt: null }
    const row = hub.find('customer', { id: rossi.id })[0]!
    hub.tell({ table: 'fieldConflict', key: ['f1'], kind: 'put', row: { id: 'f1', ...conflict, state: 'archived' } })
    hub.tell({ table: 'customer', key: [rossi.id], kind: 'put', row: { ...row, phone: { country: '39', number: '040' } } })
    hub.tell({ table: 'customer', key: [rossi.id, 'part'], kind: 'put', row: row as never })
    hub.tell({ table: 'customer', key: [furlan.id], kind: 'freeze', row: null })
    hub.tell({ table: 'customer', key: [bianchi.id], kind: 'put', row: null })
    hub.put('customer', { ...hub.find('customer', { id: furlan.id })[0], companyName: 'Forno Furlan' })
    for (let turn = 0; turn < 2; turn++) expect(await exchange(core)).toBe(null)
    const read = (sql: string) => inStore(core, (db) => db.prepare(sql).pluck().all())
    expect(read('SELECT id FROM customer ORDER BY id')).toEqual([rossi.id, furlan.id, bianchi.id])
    expect(read(`SELECT company_name FROM customer WHERE id = '${furlan.id}'`)).toEqual(['Forno Furlan'])
    expect(read(`SELECT phone FROM customer WHERE id = '${rossi.id}'`)).toEqual([row['phone']])
    expect(read(`SELECT json_extract(change, '$.key') FROM deferred_change ORDER BY pos`)).toEqual([['f1'], [rossi.id], [rossi.id, 'part'], [bianchi.id]].map((key) => JSON.stringify(key)))
  })

  it('that a snapshot left out is fetched by the desk that has learnt it', async () => {
    const hub = await filled()
    const core = await desk(hub)
    await core.core.desk.bulkParts().work.local((db) => writeState(db, 'lacks', 'the shape of an older version'))
    await core.call('session', 'signOut', {})
    hub.calls.length = 0
    await core.call('session', 'signIn', { username: 'anna', password: testPassword })
    expect(await exchange(core)).toBe(null)
    expect(hub.calls).toContain('snapshot')
    expect(inStore(core, (db) => readState(db, 'lacks'))).toBe(null)
  })
})

describe('a step of a ticket that has left with its customer', () => {
  it('is not kept, and holds up nothing', async () => {
    const hub = await filled()
    const core = await desk(hub)
    hub.tell({ table: 'ticketEvent', key: ['e1'], kind: 'put', row: { id: 'e1', ticketId: 'gone', at: '2026-11-20T09:00:00.000Z', actor: 'x', desk: null, kind: 'noted', fromState: 'new', toState: 'new', text: 'x', seq: 2, superseded: false } })
    expect(await exchange(core)).toBe(null)
    expect(inStore(core, (db) => db.prepare('SELECT count(*) FROM ticket_event').pluck().get())).toBe(0)
  })
})

describe('a record about which a newer hub says more than this desk understands', () => {
  it('is shown as read only, and not written to; everything else is', async () => {
    const hub = await filled()
    const core = await desk(hub)
    const opened = await core.call('tickets', 'open', ticket('fermo'))
    const other = await core.call('tickets', 'open', ticket('libero'))
    if (!opened.ok || !other.ok) throw new Error('no ticket was opened')
    await exchange(core)
    const customer = hub.find('customer', { id: rossi.id })[0]!
    const event = hub.find('ticketEvent', { ticketId: opened.value.ticketId })[0]!
    const meter = hub.find('meter', { id: waterMeter })[0]!
    hub.tell({ table: 'customer', key: [rossi.id], kind: 'put', row: { ...customer, mood: 'sunny' } })
    hub.tell({ table: 'ticketEvent', key: [String(event['id'])], kind: 'put', row: { ...event, mood: 'sunny' } })
    hub.tell({ table: 'meter', key: [waterMeter], kind: 'put', row: { ...meter, mood: 'sunny' } })
    expect(await exchange(core)).toBe(null)
    const held = { ok: false, error: { code: 'newer_version' } }
    const verified = await core.call('customers', 'verify', { customerId: rossi.id, answers: [{ check: 'tax_code_end', answer: rossi.taxCode.slice(-4) }, { check: 'birth_day', answer: '1/1/1980' }] })
    if (!verified.ok) throw new Error('the caller was not verified')
    expect(await core.call('customers', 'changeContact', { customerId: rossi.id, changes: [{ field: 'email', seen: verified.value.email?.text ?? '', to: 'nuova@example.it' }] })).toMatchObject(held)
    expect(await core.call('tickets', 'note', { ticketId: opened.value.ticketId, text: 'parole' })).toMatchObject(held)
    expect(await core.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 })).toMatchObject(held)
    expect(unconfirmed(core)).toBe(0)
    expect(await core.call('tickets', 'get', { ticketId: opened.value.ticketId })).toMatchObject({ ok: true, value: { steps: [], readOnly: 'newer' } })
    const sheet = await core.call('customers', 'open', { customerId: rossi.id })
    expect(sheet.ok && sheet.value.alerts).toContainEqual({ kind: 'newer' })
    expect(await core.call('tickets', 'note', { ticketId: other.value.ticketId, text: 'parole' })).toMatchObject({ ok: true })
    expect(await core.call('tickets', 'open', ticket('un altro'))).toMatchObject({ ok: true })
    // What was written before is sent and carried out all the same.
    for (let turn = 0; turn < 2; turn++) expect(await exchange(core)).toBe(null)
    expect(unconfirmed(core)).toBe(0)
    // The hub says it in words that this desk understands.
    hub.put('ticketEvent', event)
    hub.put('customer', customer)
    for (let turn = 0; turn < 2; turn++) expect(await exchange(core)).toBe(null)
    expect(await core.call('tickets', 'note', { ticketId: opened.value.ticketId, text: 'parole' })).toMatchObject({ ok: true, value: { subject: 'fermo' } })
  })
})
