import { describe, expect, it } from 'vitest'
import { createHubDouble } from '../../support/hub-double.ts'
import { doublePorts, exchange, inStore, joinedDesk } from '../../support/hub-desk.ts'
import { createTestCore } from '../../support/test-core.ts'
import { desk, filled, kept, ticket, unconfirmed } from './desks.ts'

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

describe('the key that envelopes are sealed to', () => {
  it('is asked for again where the hub was not heard, and not where it has answered', async () => {
    const hub = await filled()
    let asked = 0
    let away = true
    hub.hooks.fault = (call) => {
      if (call !== 'ask /v1/envelopes/key') return null
      asked += 1
      return away ? 'lost before' : null
    }
    const core = await desk(hub)
    await exchange(core)
    const before = asked
    expect(before).toBeGreaterThan(0)
    away = false
    await exchange(core)
    expect(asked).toBe(before + 1)
    await exchange(core)
    expect(asked).toBe(before + 1)
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
    // A clock that is put back does not put the watch to sleep.
    hub.hooks.fault = () => new Promise((resolve) => {
      hang = resolve
    })
    await core.call('tickets', 'open', ticket('ferma di nuovo'))
    core.clock.set('1970-01-02T00:00:00.000Z')
    watch()
    core.clock.advance(61_000)
    watch()
    expect(resets).toBe(2)
    hub.hooks.fault = () => null
    core.clock.set('2026-11-20T09:05:00.000Z')
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

describe('a snapshot that takes long', () => {
  it('holds up nothing that is written meanwhile', async () => {
    const hub = await filled()
    const until = async (done: () => boolean) => {
      while (!done()) await new Promise((resolve) => setImmediate(resolve))
    }
    let come: () => void = () => undefined
    const pages = () => hub.calls.filter((call) => call === 'page').length
    hub.hooks.fault = (call) => (call === 'page' && pages() === 2 ? new Promise((resolve) => (come = () => resolve(null))) : null)
    const core = kept(await joinedDesk(hub, { deskNumber: 1 }))
    const under = exchange(core)
    await until(() => pages() === 2 && inStore(core, (db) => db.prepare('SELECT 1 FROM customer LIMIT 1').get()) !== undefined)
    await core.call('tickets', 'open', ticket('durante la copia'))
    await until(() => hub.find('ticket', {}).length === 1)
    hub.hooks.fault = () => null
    come()
    expect(await under).toBe(null)
    expect(unconfirmed(core)).toBe(0)
  })
})

describe('what no database of a hub can hold', () => {
  it('is taken out of what is typed, and the rest is kept', async () => {
    const hub = await filled()
    const core = await desk(hub)
    const opened = await core.call('tickets', 'open', { ...ticket('mezza \ud83d faccina'), text: 'con uno zero\0 in mezzo' })
    expect(opened).toMatchObject({ ok: true, value: { subject: 'mezza \ufffd faccina', events: [{ text: 'con uno zero in mezzo' }] } })
    expect(await exchange(core)).toBe(null)
    expect(unconfirmed(core)).toBe(0)
  })
})
