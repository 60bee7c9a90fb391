import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createBlobVault } from '../../../electron/core/sync/blobs/blob-vault.ts'
import { createHubDouble } from '../../support/hub-double.ts'
import type { HubDouble } from '../../support/hub-double.ts'
import { deskRows, doublePorts, exchange, fillHub, hubRows, inStore, joinedDesk } from '../../support/hub-desk.ts'
import { testPassword } from '../../support/hash-cost.ts'
import { bianchi, furlan, loadMasterData, rossi } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'

const opened: TestCore[] = []
const kept = (core: TestCore): TestCore => {
  opened.push(core)
  return core
}
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})
async function filled(options?: Parameters<typeof createHubDouble>[0]): Promise<HubDouble> {
  const hub = createHubDouble(options)
  await fillHub(hub)
  return hub
}
async function desk(hub: HubDouble, deskNumber = 1): Promise<TestCore> {
  const core = kept(await joinedDesk(hub, { deskNumber }))
  expect(await exchange(core)).toBe(null)
  return core
}
const ticket = (subject: string, customerId: string = rossi.id) => ({ customerId, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject }) as const
const emptyTicket = { number: null, supplyPointId: null, area: 'water', type: 'information', channel: 'phone', subject: 'x', receivedDay: '2026-11-20', state: 'new', priority: 'normal', assignee: null, openedAt: '2026-11-20T09:00:00.000Z', updatedAt: '2026-11-20T09:00:00.000Z', origin: 'desk' }
const outboxOf = (core: TestCore) => inStore(core, (db) => db.prepare(`SELECT epoch, wire_seq AS n, state FROM outbox WHERE entity <> 'person' ORDER BY seq`).all())
const unconfirmed = (core: TestCore) => inStore(core, (db) => db.prepare(`SELECT count(*) FROM outbox WHERE state <> 'confirmed'`).pluck().get())
const onlyDevice = (hub: HubDouble) => [...hub.devices.values()][0]!

describe('a network that answers in the hub’s place', () => {
  it('is never taken for the hub: nothing counts as delivered', async () => {
    const hub = await filled()
    const core = await desk(hub)
    hub.hooks.fault = () => 'portal'
    await core.call('tickets', 'open', ticket('in treno'))
    await exchange(core)
    expect(await core.call('hub', 'status', {})).toMatchObject({ ok: true, value: { trouble: 'not_a_hub', queued: 1, delivered: 0 } })
    hub.hooks.fault = () => null
    expect(await exchange(core)).toBe(null)
    expect(unconfirmed(core)).toBe(0)
  })
})

describe('a hub that was restored from an older backup', () => {
  it('gets again what it has lost, each once', async () => {
    const hub = await filled()
    const core = await desk(hub)
    await core.call('tickets', 'open', ticket('nel backup'))
    await exchange(core)
    const backup = hub.backup()
    await core.call('tickets', 'open', ticket('dopo il backup'))
    await exchange(core)
    expect(unconfirmed(core)).toBe(0)
    hub.restore(backup)
    await core.call('tickets', 'open', ticket('dopo il ripristino'))
    for (let i = 0; i < 3; i++) await exchange(core)
    expect(await exchange(core)).toBe(null)
    expect(hub.find('ticket', {}).map((row) => row['subject']).toSorted()).toEqual(['dopo il backup', 'dopo il ripristino', 'nel backup'])
    expect(unconfirmed(core)).toBe(0)
    expect(deskRows(core)).toEqual(hubRows(hub))
  })
})

describe('a desk that came back from an older copy of itself', () => {
  it('begins a new epoch, and nothing new is swallowed as known', async () => {
    const hub = await filled()
    const first = await desk(hub)
    const { databasePath, deskWriter } = first.core.desk.bulkParts()
    deskWriter.pragma('wal_checkpoint(TRUNCATE)')
    const { cpSync, mkdtempSync } = await import('node:fs')
    const { tmpdir } = await import('node:os')
    const copy = mkdtempSync(join(tmpdir(), 'sportello-test-'))
    for (const name of ['desk.db', 'keyslots.json', 'keyslots.copy.json', 'hub-link.json', 'desk.json']) cpSync(join(first.dataDir, name), join(copy, name))
    expect(existsSync(databasePath)).toBe(true)
    await first.call('tickets', 'open', ticket('prima della copia vecchia'))
    await exchange(first)
    const second = kept(await createTestCore({ dataDir: copy, deskNumber: 5, hub: doublePorts(hub) }))
    hub.hooks.fault = (call) => (call === 'changes' ? 'lost before' : null)
    await second.call('tickets', 'open', ticket('dalla copia vecchia'))
    hub.hooks.fault = () => null
    expect(await exchange(second)).toBe(null)
    expect(hub.find('ticket', {}).map((row) => row['subject']).toSorted()).toEqual(['dalla copia vecchia', 'prima della copia vecchia'])
    expect(outboxOf(second)).toEqual([{ epoch: 2, n: 1, state: 'confirmed' }])
    expect(deskRows(second)).toEqual(hubRows(hub))
  })
})

describe('a desk that was away too long', () => {
  it('sends first, and takes a new snapshot', async () => {
    const hub = await filled()
    const core = await desk(hub)
    hub.hooks.fault = () => 'lost before'
    await core.call('tickets', 'open', ticket('in vacanza'))
    hub.put('customer', { ...hub.find('customer', { id: furlan.id })[0], companyName: 'Forno Furlan' })
    hub.rowsOf('invoice').clear()
    hub.state.minPos = hub.feed().length
    hub.hooks.fault = () => null
    hub.calls.length = 0
    expect(await exchange(core)).toBe(null)
    expect(hub.calls.indexOf('push')).toBeLessThan(hub.calls.indexOf('snapshot'))
    expect(unconfirmed(core)).toBe(0)
    expect(deskRows(core)).toEqual(hubRows(hub))
  })
})

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

describe('somebody who is disabled at the hub', () => {
  it('is signed out here, and has no way in any more', async () => {
    const hub = await filled()
    const core = await desk(hub)
    // People of a desk that has joined are the hub's affair.
    expect(await core.call('people', 'add', { username: 'bruno', displayName: 'Bruno Prova', role: 'agent', password: testPassword })).toMatchObject({ error: { code: 'managed_by_hub' } })
    hub.put('person', { id: 'p-bruno', username: 'bruno', displayName: 'Bruno Prova', role: 'agent', active: true, createdAt: '2026-01-01T00:00:00.000Z' })
    hub.passwords.set('bruno', { password: testPassword, revision: 1 })
    await exchange(core)
    const bruno = core.as('bruno')
    expect(await bruno('session', 'signIn', { username: 'bruno', password: testPassword })).toMatchObject({ ok: true })
    const row = hub.find('person', { username: 'bruno' })[0]!
    hub.put('person', { ...row, active: false })
    expect(await exchange(core)).toBe(null)
    expect(await bruno('session', 'status', {})).toMatchObject({ ok: true, value: { state: 'signed_out' } })
    expect(core.core.desk.keySlots.usernames()).toEqual(['anna'])
  })
})

describe('the password of somebody with a way in here', () => {
  const signedIn = async (core: TestCore) => {
    const reply = await core.call('session', 'signIn', { username: 'anna', password: testPassword })
    for (let turns = 0; turns < 50; turns++) await new Promise((resolve) => setImmediate(resolve))
    return reply
  }

  it('opens a session at the hub as well, which ends with the one here', async () => {
    const hub = await filled()
    const core = await desk(hub)
    await core.call('session', 'signOut', {})
    expect(await signedIn(core)).toMatchObject({ ok: true })
    expect(await core.call('hub', 'status', {})).toMatchObject({ ok: true, value: { session: 'open' } })
    await core.call('session', 'signOut', {})
    expect(hub.calls).toContain('close session')
  })

  it('opens nothing any more when it was changed at the hub, and the new one does', async () => {
    const hub = await filled()
    const core = await desk(hub)
    await core.call('session', 'signOut', {})
    await signedIn(core)
    await core.call('session', 'signOut', {})
    hub.passwords.set('anna', { password: 'una nuova password', revision: 2 })
    await signedIn(core)
    expect(await core.call('session', 'status', {})).toMatchObject({ ok: true, value: { state: 'signed_out' } })
    expect(await core.call('session', 'signIn', { username: 'anna', password: testPassword })).toMatchObject({ ok: false, error: { code: 'wrong_credentials' } })
    hub.hooks.fault = () => null
    expect(await core.call('session', 'signIn', { username: 'anna', password: 'una nuova password' })).toMatchObject({ ok: true })
    await core.call('session', 'signOut', {})
    hub.hooks.fault = () => 'lost before'
    expect(await core.call('session', 'signIn', { username: 'anna', password: 'una nuova password' })).toMatchObject({ ok: true })
  })

  it('is asked for by somebody new only where the hub can be asked, and says so', async () => {
    const hub = await filled()
    const core = await desk(hub)
    hub.put('person', { id: 'p-dario', username: 'dario', displayName: 'Dario Prova', role: 'agent', active: true, createdAt: '2026-01-01T00:00:00.000Z' })
    hub.passwords.set('dario', { password: testPassword, revision: 1 })
    await core.call('session', 'signOut', {})
    hub.hooks.fault = () => 'lost before'
    expect(await core.call('session', 'signIn', { username: 'dario', password: testPassword })).toMatchObject({ error: { code: 'wrong_credentials', details: { hub: 'unreachable' } } })
    hub.hooks.fault = () => null
    expect(await core.call('session', 'signIn', { username: 'dario', password: testPassword })).toMatchObject({ ok: true, value: { person: { displayName: 'Dario Prova' } } })
  })
})

describe('a desk that joined with people the hub knows under other ids', () => {
  it('keeps their way in, and what they wrote is theirs', async () => {
    const hub = await filled()
    hub.put('person', { id: 'hub-anna', username: 'anna', displayName: 'Anna del Hub', role: 'administrator', active: true, createdAt: '2026-01-01T00:00:00.000Z' })
    const core = kept(await joinedDesk(hub, { deskNumber: 1, load: loadMasterData, before: async (alone) => void (await alone.call('tickets', 'open', ticket('prima'))) }))
    expect(await exchange(core)).toBe(null)
    expect(unconfirmed(core)).toBe(0)
    expect(hub.find('ticketEvent', {})[0]).toMatchObject({ actor: 'hub-anna' })
    expect(deskRows(core)).toEqual(hubRows(hub))
    const back = kept(await core.restart())
    opened.splice(opened.indexOf(core), 1)
    expect(await back.call('session', 'status', {})).toMatchObject({ ok: true, value: { person: { id: 'hub-anna', displayName: 'Anna del Hub' } } })
  })
})

describe('somebody who leaves', () => {
  it('takes the time to send what waits', async () => {
    const hub = await filled()
    const core = await desk(hub)
    hub.hooks.fault = () => 'lost before'
    await core.call('tickets', 'open', ticket('ultima cosa'))
    await exchange(core)
    hub.hooks.fault = () => null
    await core.call('session', 'signOut', {})
    expect(hub.find('ticket', {}).map((row) => row['subject'])).toEqual(['ultima cosa'])
  })

  it('is not held up by a hub that does not answer', async () => {
    const hub = await filled()
    const waits: { milliseconds: number; work: () => void }[] = []
    const timer = { after: (milliseconds: number, work: () => void) => {
      waits.push({ milliseconds, work })
      return () => undefined
    }, random: () => 0.5 }
    const core = kept(await createTestCore({ deskNumber: 3, hub: { ...doublePorts(hub), timer } }))
    await core.call('hub', 'join', { address: 'https://hub.example', code: '12345678' })
    await exchange(core)
    let answered: () => void = () => undefined
    hub.hooks.fault = () => new Promise((resolve) => {
      answered = () => resolve('lost before')
    })
    await core.call('tickets', 'open', ticket('resta qui'))
    const leaving = core.call('session', 'signOut', {})
    while (!waits.some(({ milliseconds }) => milliseconds === 5_000)) await new Promise((resolve) => setImmediate(resolve))
    waits.find(({ milliseconds }) => milliseconds === 5_000)?.work()
    answered()
    expect(await leaving).toMatchObject({ ok: true, value: { state: 'signed_out' } })
  })
})

describe('an exchange in which nothing moves', () => {
  it('is torn down and begun anew, and says so', async () => {
    const hub = await filled()
    let watch: () => void = () => undefined
    let resets = 0
    const timer = { after: (milliseconds: number, work: () => void) => {
      if (milliseconds === 15_000) watch = work
      return () => undefined
    }, random: () => 0.5 }
    let hang: (fault: 'lost before') => void = () => undefined
    const ports = doublePorts(hub)
    const core = kept(await createTestCore({ deskNumber: 3, hub: { ...ports, timer, transport: (link, now) => ({ ...ports.transport(link, now), reset: () => {
      resets += 1
      hang('lost before')
    } }) } }))
    await core.call('hub', 'join', { address: 'https://hub.example', code: '12345678' })
    await exchange(core)
    hub.hooks.fault = () => new Promise((resolve) => {
      hang = resolve
    })
    await core.call('tickets', 'open', ticket('ferma'))
    while (hub.calls.at(-1) !== 'push') await new Promise((resolve) => setImmediate(resolve))
    hub.hooks.fault = () => null
    watch()
    expect(resets).toBe(0)
    core.clock.advance(61_000)
    watch()
    expect(resets).toBe(1)
    await exchange(core)
    expect(await exchange(core)).toBe(null)
    expect(unconfirmed(core)).toBe(0)
  })
})

describe('a standalone desk', () => {
  it('says that it has no hub, and refuses bad addresses', async () => {
    const core = kept(await createTestCore({ hub: doublePorts(createHubDouble()) }))
    expect(await core.call('hub', 'status', {})).toMatchObject({ ok: true, value: { state: 'none', session: 'none' } })
    expect(await core.call('hub', 'syncNow', {})).toMatchObject({ error: { code: 'no_hub' } })
    for (const address of ['http://hub.example', 'ftp://hub.example', 'https://user:pass@hub.example', 'not an address']) {
      expect(await core.call('hub', 'join', { address, code: '12345678' })).toMatchObject({ error: { code: 'address_invalid' } })
    }
    expect(await core.call('hub', 'join', { address: 'https://hub.example', code: '00000000' })).toMatchObject({ error: { code: 'code_invalid' } })
  })
})
