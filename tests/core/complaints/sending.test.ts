/** What users of other offline products lost on the way to the server. Each test is named in docs/complaints.md beside the complaint it answers. */
import { describe, expect, it } from 'vitest'
import { pushLimits } from '../../../shared/sync/wire.ts'
import type { PushRequest } from '../../../shared/sync/wire.ts'
import { openJournal } from '../../../electron/core/sync/outbox-journal.ts'
import { createTestCore } from '../../support/test-core.ts'
import { doublePorts, exchange, inStore } from '../../support/hub-desk.ts'
import { rossi, waterMeter } from '../../support/master-data.ts'
import { desk, filled, kept, subjectsOf, ticket } from '../sync/desks.ts'

type Core = Awaited<ReturnType<typeof desk>>
const ours = `entity <> 'person'`
const states = (core: Core) => inStore(core, (db) => db.prepare(`SELECT state FROM outbox WHERE ${ours} ORDER BY seq`).pluck().all())
async function opened(core: Core, subject: string): Promise<string> {
  const reply = await core.call('tickets', 'open', ticket(subject))
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value.ticketId
}

describe('what waits to be sent', () => {
  it.each(['lost before', 'lost after', 'portal'] as const)('stays whole when a send fails (%s), and is let go only by a receipt that names it', async (fault) => {
    const hub = await filled()
    const core = await desk(hub)
    hub.hooks.fault = () => fault
    for (const subject of ['uno', 'due', 'tre']) await opened(core, subject)
    for (let tries = 0; tries < 3; tries++) await exchange(core)
    expect(states(core)).toEqual(['queued', 'queued', 'queued'])
    expect(await core.call('outbox', 'status', {})).toMatchObject({ ok: true, value: { queued: 3 } })
    const journal = openJournal(core.dataDir, core.core.desk.bulkParts().key)
    expect(journal.read().entries.filter(({ kind }) => kind === 'ticket.open')).toHaveLength(3)
    journal.close()
    hub.hooks.fault = () => null
    expect(await exchange(core)).toBe(null)
    expect(states(core)).toEqual(['confirmed', 'confirmed', 'confirmed'])
    expect(subjectsOf(hub)).toEqual(['due', 'tre', 'uno'])
  })

  it('goes whole and oldest first after many drops, with what is newest, and nothing of it twice', async () => {
    const hub = await filled()
    const core = await desk(hub)
    const drops = ['lost before', 'lost after', 'portal', 'lost after', 'lost before'] as const
    for (const [number, drop] of drops.entries()) {
      hub.hooks.fault = (call) => (call === 'push' ? drop : null)
      await opened(core, `caduta ${number}`)
      await exchange(core)
    }
    hub.hooks.fault = () => null
    await opened(core, 'in linea')
    expect(await exchange(core)).toBe(null)
    expect(new Set(states(core))).toEqual(new Set(['confirmed']))
    const subjects = hub.find('ticketEvent', { kind: 'opened' }).map(({ ticketId }) => hub.find('ticket', { id: ticketId })[0]?.['subject'])
    expect(subjects).toEqual([...drops.map((_, number) => `caduta ${number}`), 'in linea'])
  })

  it('about one record arrives in the order in which it was written, whatever the line does', async () => {
    const hub = await filled()
    const core = await desk(hub)
    hub.hooks.fault = () => 'lost before'
    const ticketId = await opened(core, 'perdita')
    expect(await core.call('tickets', 'take', { ticketId })).toMatchObject({ ok: true })
    let asked = 0
    hub.hooks.fault = () => (['lost after', 'portal', null] as const)[asked++ % 3] ?? null
    for (const text of ['prima', 'seconda', 'terza']) {
      expect(await core.call('tickets', 'note', { ticketId, text })).toMatchObject({ ok: true })
      await exchange(core)
    }
    hub.hooks.fault = () => null
    expect(await exchange(core)).toBe(null)
    const story = hub.find('ticketEvent', { ticketId }).toSorted((one, other) => Number(one['n']) - Number(other['n']))
    expect(story.map(({ kind, text }) => [kind, text].join(' ').trim())).toEqual(['opened', 'taken', 'noted prima', 'noted seconda', 'noted terza'].map((line) => expect.stringContaining(line) as unknown))
  })

  it('is not held up by one bad entry: those after it are confirmed, and the bad one stays in sight with its reason', async () => {
    const hub = await filled()
    const core = await desk(hub)
    hub.hooks.fault = () => 'lost before'
    await opened(core, 'prima')
    expect(await core.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 })).toMatchObject({ ok: true })
    await opened(core, 'dopo')
    // The meter was taken down meanwhile: the hub cannot take this reading for good.
    const [meter] = hub.find('meter', { id: waterMeter })
    hub.put('meter', { ...meter, removedDay: '2026-11-19' })
    hub.hooks.fault = () => null
    expect(await exchange(core)).toBe(null)
    expect(states(core)).toEqual(['confirmed', 'refused', 'confirmed'])
    expect(await core.call('outbox', 'status', {})).toMatchObject({ ok: true, value: { queued: 1 } })
    expect(await core.call('outbox', 'list', {})).toMatchObject({ ok: true, value: { total: 1, rows: [{ kind: 'reading.enter', state: 'refused', reason: expect.any(String) as unknown }] } })
  })

  it('is never more than the hub takes at once, however much has gathered', async () => {
    const hub = await filled()
    const sent: PushRequest[] = []
    const ports = doublePorts(hub)
    const core = kept(await createTestCore({ deskNumber: 1, hub: { ...ports, transport: (link) => {
      const transport = hub.transportOf(link.deviceId)
      return { ...transport, push: (request) => {
        sent.push(structuredClone(request))
        return transport.push(request)
      } }
    } } }))
    await core.call('hub', 'join', { address: 'https://hub.example', code: '12345678' })
    expect(await exchange(core)).toBe(null)
    hub.hooks.fault = () => 'lost before'
    const ticketId = await opened(core, 'a lungo')
    // More bytes than one push may have.
    for (let n = 0; n < 32; n++) await core.call('tickets', 'note', { ticketId, text: `${n} ${'è'.repeat(18_000)}` })
    hub.hooks.fault = () => null
    sent.length = 0
    expect(await exchange(core)).toBe(null)
    expect(new Set(states(core))).toEqual(new Set(['confirmed']))
    expect(sent.length).toBeGreaterThan(1)
    for (const request of sent) {
      expect(request.operations.length).toBeLessThanOrEqual(pushLimits.operations)
      expect(Buffer.byteLength(JSON.stringify(request))).toBeLessThanOrEqual(pushLimits.bytes)
    }
    expect(hub.find('ticketEvent', { ticketId })).toHaveLength(33)
  })

  it('written days ago without a line is in its own record, with who wrote it and when', async () => {
    const hub = await filled()
    const core = await desk(hub)
    hub.hooks.fault = () => 'lost before'
    const ticketId = await opened(core, 'settimana senza linea')
    const writtenAt = core.clock.now().toISOString()
    core.clock.advance(7 * 86_400_000)
    await core.call('session', 'signIn', { username: 'anna', password: 'una password lunga' })
    hub.hooks.fault = () => null
    await exchange(core)
    const [event] = hub.find('ticketEvent', { ticketId })
    expect(event).toMatchObject({ kind: 'opened', at: writtenAt })
    const [person] = hub.find('person', { id: event?.['actor'] })
    expect(person).toMatchObject({ username: 'anna' })
  })
})

describe('what this desk says of itself', () => {
  it('is not "all sent" until the hub has confirmed the last of it: taken in is not yet confirmed', async () => {
    const hub = await filled()
    const core = await desk(hub)
    const waiting = async () => {
      const reply = await core.call('outbox', 'status', {})
      return reply.ok ? reply.value.queued : -1
    }
    hub.hooks.fault = () => 'lost before'
    await opened(core, 'uno')
    await opened(core, 'due')
    expect(await waiting()).toBe(2)
    hub.hooks.fault = (call) => (call === 'push' ? null : 'lost before')
    await exchange(core)
    expect(states(core)).toEqual(['delivered', 'delivered'])
    expect(await waiting()).toBe(2)
    hub.hooks.fault = () => null
    expect(await exchange(core)).toBe(null)
    expect(await waiting()).toBe(0)
  })
})
