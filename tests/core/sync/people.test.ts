import { describe, expect, it } from 'vitest'
import { deskRows, exchange, hubRows, joinedDesk } from '../../support/hub-desk.ts'
import { testPassword } from '../../support/hash-cost.ts'
import { loadMasterData } from '../../support/master-data.ts'
import type { TestCore } from '../../support/test-core.ts'
import { desk, filled, kept, released, ticket, unconfirmed } from './desks.ts'

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

  it('opens nothing any more from the next exchange on, also of somebody who has not come by', async () => {
    const hub = await filled()
    const core = await desk(hub)
    hub.put('person', { id: 'p-bruno', username: 'bruno', displayName: 'Bruno Prova', role: 'agent', active: true, createdAt: '2026-01-01T00:00:00.000Z' })
    hub.passwords.set('bruno', { password: testPassword, revision: 1 })
    await exchange(core)
    const bruno = core.as('bruno')
    expect(await bruno('session', 'signIn', { username: 'bruno', password: testPassword })).toMatchObject({ ok: true })
    await bruno('session', 'signOut', {})
    await exchange(core)
    expect(core.core.desk.keySlots.usernames()).toContain('bruno')
    hub.passwords.set('bruno', { password: 'una nuova password', revision: 2 })
    expect(await exchange(core)).toBe(null)
    expect(core.core.desk.keySlots.usernames()).toEqual(['anna'])
    hub.hooks.fault = () => 'lost before'
    expect(await bruno('session', 'signIn', { username: 'bruno', password: testPassword })).toMatchObject({ ok: false, error: { code: 'wrong_credentials' } })
    hub.hooks.fault = () => null
    expect(await bruno('session', 'signIn', { username: 'bruno', password: 'una nuova password' })).toMatchObject({ ok: true })
    await exchange(core)
    await exchange(core)
    expect(core.core.desk.keySlots.usernames()).toContain('bruno')
  })

  it('ends what was begun with the old one, here as at the hub, and nobody else is sent away', async () => {
    const hub = await filled()
    const core = await desk(hub)
    hub.put('person', { id: 'p-bruno', username: 'bruno', displayName: 'Bruno Prova', role: 'agent', active: true, createdAt: '2026-01-01T00:00:00.000Z' })
    hub.passwords.set('bruno', { password: testPassword, revision: 1 })
    await exchange(core)
    const bruno = core.as('bruno')
    expect(await bruno('session', 'signIn', { username: 'bruno', password: testPassword })).toMatchObject({ ok: true })
    await exchange(core)
    hub.passwords.set('bruno', { password: 'una nuova password', revision: 2 })
    expect(await exchange(core)).toBe(null)
    expect(await bruno('session', 'status', {})).toMatchObject({ value: { state: 'signed_out' } })
    expect(await core.call('session', 'status', {})).toMatchObject({ value: { state: 'signed_in' } })
    expect(await bruno('session', 'signIn', { username: 'bruno', password: 'una nuova password' })).toMatchObject({ ok: true })
    expect(await exchange(core)).toBe(null)
    expect(await bruno('session', 'status', {})).toMatchObject({ value: { state: 'signed_in' } })
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
    released(core)
    expect(await back.call('session', 'status', {})).toMatchObject({ ok: true, value: { person: { id: 'hub-anna', displayName: 'Anna del Hub' } } })
  })
})
