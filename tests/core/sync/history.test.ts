import { cpSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { deskRows, doublePorts, exchange, hubRows, inStore } from '../../support/hub-desk.ts'
import { furlan } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import { desk, filled, kept, outboxOf, released, subjectsOf, ticket, unconfirmed } from './desks.ts'

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
    expect(subjectsOf(hub)).toEqual(['dopo il backup', 'dopo il ripristino', 'nel backup'])
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
    expect(subjectsOf(hub)).toEqual(['dalla copia vecchia', 'prima della copia vecchia'])
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

describe('a hub that was put back to a time before', () => {
  it('an epoch of this desk: both begin one that neither has known', async () => {
    const hub = await filled()
    const core = await desk(hub)
    await core.call('tickets', 'open', ticket('prima'))
    await exchange(core)
    const backup = hub.backup()
    await hub.transportOf([...hub.devices.keys()][0]!).newEpoch(1)
    await core.call('tickets', 'open', ticket('nella seconda epoca'))
    expect(await exchange(core)).toBe(null)
    expect(outboxOf(core).at(-1)).toMatchObject({ epoch: 2 })
    hub.restore(backup)
    expect(await exchange(core)).toBe(null)
    expect(await exchange(core)).toBe(null)
    expect(subjectsOf(hub)).toEqual(['nella seconda epoca', 'prima'])
    expect(outboxOf(core)).toEqual([{ epoch: 3, n: 1, state: 'confirmed' }, { epoch: 3, n: 2, state: 'confirmed' }])
    expect(deskRows(core)).toEqual(hubRows(hub))
  })

  it('what this desk has seen, without knowing it: the desk notices, and offers again what it has', async () => {
    const hub = await filled()
    const core = await desk(hub)
    const backup = hub.backup()
    const { feedId } = hub.state
    await core.call('tickets', 'open', ticket('perso al hub'))
    await exchange(core)
    hub.restore(backup)
    hub.state.feedId = feedId
    expect(await exchange(core)).toBe(null)
    expect(await exchange(core)).toBe(null)
    expect(subjectsOf(hub)).toEqual(['perso al hub'])
    expect(deskRows(core)).toEqual(hubRows(hub))
  })

  it('this desk joined: it joins again with what it has', async () => {
    const hub = await filled()
    const first = await desk(hub)
    await first.call('tickets', 'open', ticket('consegnato'))
    await exchange(first)
    const backup = hub.backup()
    await first.call('tickets', 'open', ticket('consegnato e perso'))
    await exchange(first)
    hub.restore(backup)
    hub.devices.clear()
    await first.core.close()
    const core = kept(await createTestCore({ dataDir: first.dataDir, deskNumber: 4, hub: doublePorts(hub) }))
    released(first)
    await exchange(core)
    expect(await core.call('hub', 'status', {})).toMatchObject({ value: { state: 'refused', trouble: 'revoked' } })
    expect(inStore(core, (db) => db.prepare('SELECT count(*) FROM customer').pluck().get())).toBe(3)
    expect(await core.call('hub', 'join', { address: 'https://hub.example', code: '12345678' })).toMatchObject({ ok: true })
    expect(await exchange(core)).toBe(null)
    expect(subjectsOf(hub)).toEqual(['consegnato', 'consegnato e perso'])
    expect(unconfirmed(core)).toBe(0)
    expect(deskRows(core)).toEqual(hubRows(hub))
  })
})
