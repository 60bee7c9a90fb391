import { describe, expect, it } from 'vitest'
import { useHub } from '../../../renderer/src/features/sync/hub-store.ts'
import { useOutbox } from '../../../renderer/src/features/sync/outbox-store.ts'
import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { openDesk, settle } from '../desk/desk-harness.ts'
import { later } from '../support/fake-core.ts'
import { following, standalone } from './sample-status.ts'

const ok = <T>(value: T) => ({ ok: true, value }) as const
const row = (seq: number): OutboxItem => ({ seq, opId: `o${seq}`, kind: 'ticket.open', at: '2026-11-20T09:00:00Z', actor: 'Anna', desk: 'TS-07', state: 'queued', reason: null, details: null, outcome: null, pos: null, deliveredAt: null, confirmedAt: null, customer: null, ticketId: null, envelopedAt: null, settled: null, file: null })

describe('a session at the hub', () => {
  it('is asked for where an action needs it, and the action is done again', async () => {
    let open = false
    const { pinia } = openDesk({ hub: { openSession: ({ password }) => (password === 'giusta' ? ((open = true), ok(following)) : { ok: false, error: { code: 'wrong_credentials' } }) } })
    const hub = useHub(pinia)
    let calls = 0
    const acting = hub.inSession(() => {
      calls += 1
      return Promise.resolve(open ? ok(1) : ({ ok: false, error: { code: 'hub_session' } } as const))
    })
    await settle()
    expect(hub.asking).not.toBeNull()
    expect((await hub.openSession('sbagliata')).ok).toBe(false)
    expect(hub.asking, 'a wrong password may be typed again').not.toBeNull()
    await hub.openSession('giusta')
    hub.asking?.answer(true)
    expect(await acting).toEqual(ok(1))
    expect(calls).toBe(2)
  })

  it('that is not opened leaves the refusal as the answer', async () => {
    const { pinia } = openDesk({})
    const hub = useHub(pinia)
    const acting = hub.inSession(() => Promise.resolve({ ok: false, error: { code: 'hub_session' } } as const))
    await settle()
    hub.asking?.answer(false)
    expect(await acting).toEqual({ ok: false, error: { code: 'hub_session' } })
  })

  it('is not asked for when something else went wrong', async () => {
    const { pinia } = openDesk({})
    const hub = useHub(pinia)
    expect(await hub.inSession(() => Promise.resolve({ ok: false, error: { code: 'hub_unreachable' } } as const))).toMatchObject({ error: { code: 'hub_unreachable' } })
    expect(hub.asking).toBeNull()
  })
})

describe('where the desk stands', () => {
  it('is what was answered last, whatever an older answer says', async () => {
    const slow = later<{ readonly ok: true; readonly value: typeof standalone }>()
    const { pinia } = openDesk({ hub: { status: () => slow.answer, join: () => ok(following) } })
    const hub = useHub(pinia)
    void hub.refresh()
    expect((await hub.join({ address: 'https://hub.example.it', code: '12345678' })).ok).toBe(true)
    slow.give(ok(standalone))
    await settle()
    expect(hub.status).toEqual(following)
    expect(hub.joined).toBe(true)
  })
})

describe('the list of what was written', () => {
  it('asks for the part that is looked at, from its beginning', async () => {
    const { pinia, asked } = openDesk({ outbox: { list: ({ view }) => ok({ rows: view === 'refused' ? [] : [row(1)], total: view === 'refused' ? 0 : 1 }), writers: () => ok([]) } })
    const outbox = useOutbox(pinia)
    await outbox.refresh()
    await outbox.look('refused')
    expect(outbox.rows).toEqual([])
    expect(outbox.known).toBe(true)
    expect(asked.filter(({ call }) => call === 'outbox.list').map(({ input }) => (input as { view: string }).view)).toEqual(['open', 'refused'])
  })

  it('is read down to its last row for paper', async () => {
    const { pinia } = openDesk({ outbox: { list: ({ offset = 0, limit = 100 }) => ok({ rows: Array.from({ length: Math.max(0, Math.min(limit, 431 - offset)) }, (_, index) => row(offset + index + 1)), total: 431 }), writers: () => ok([]) } })
    const outbox = useOutbox(pinia)
    await outbox.refresh()
    await outbox.whole()
    expect(outbox.rows).toHaveLength(431)
  })
})
