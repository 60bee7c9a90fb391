import { describe, expect, it } from 'vitest'
import { useDeskStatus } from '../../../renderer/src/features/desk/desk-status-store.ts'
import { useOutbox } from '../../../renderer/src/features/sync/outbox-store.ts'
import { usePeople } from '../../../renderer/src/features/administration/local-people-store.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract/call.ts'
import { outboxCalls } from '../../../shared/contract/outbox.ts'
import type { OutboxStatus } from '../../../shared/contract/outbox.ts'
import type { PersonView } from '../../../shared/contract/people.ts'
import { later } from '../support/fake-core.ts'
import { openDesk, settle } from './desk-harness.ts'

type ListInput = InputOf<typeof outboxCalls.list>
type ListReply = ReplyOf<typeof outboxCalls.list>
function listOf(total: () => number): (input: ListInput) => ListReply {
  return (input) => {
    const { offset, limit } = outboxCalls.list.input.parse(input)
    const rows = Array.from({ length: Math.max(0, Math.min(limit, total() - offset)) }, (_, index) => ({
      seq: offset + index + 1, opId: `o${offset + index}`, kind: 'ticket.open', at: '2026-11-20T09:00:00Z', actor: 'Anna', state: 'queued', reason: null,
      desk: 'Prova 1', details: null, outcome: null, pos: null, deliveredAt: null, confirmedAt: null, customer: null, ticketId: null, envelopedAt: null, settled: null, file: null,
    }) as const)
    return { ok: true, value: { rows, total: total() } }
  }
}

describe('the outbox', () => {
  it('goes on to the newest entry, oldest first', async () => {
    const { pinia } = openDesk({ outbox: { list: listOf(() => 431), writers: () => ({ ok: true, value: [] }) } })
    const outbox = useOutbox(pinia)
    await outbox.refresh()
    while (!outbox.complete) await outbox.more()
    expect(outbox.rows.map((row) => row.seq)).toEqual(Array.from({ length: 431 }, (_, index) => index + 1))
  })

  it('shows a new entry while it is looked at', async () => {
    let total = 1
    const { pinia, tell } = openDesk({ outbox: { list: listOf(() => total), writers: () => ({ ok: true, value: [] }) } })
    const outbox = useOutbox(pinia)
    outbox.watched = true
    await outbox.refresh()
    total = 2
    tell({ kind: 'outbox', queued: 2, lastSavedAt: '2026-11-20T09:00:00Z' })
    await settle()
    expect(outbox.rows).toHaveLength(2)
  })
})

describe('the state of the desk', () => {
  const status = (queued: number): ReplyOf<typeof outboxCalls.status> => ({ ok: true, value: { hub: 'none', lastSavedAt: null, queued, lastDeliveredAt: null, lastConfirmed: null, dataAsOf: null, customers: 5 } satisfies OutboxStatus })
  const progress = { ok: true, value: { done: 1, total: 2, finished: false, customers: 2 } } as const

  it('follows what is written without asking again', async () => {
    const { pinia, tell, asked } = openDesk({ outbox: { status: () => status(0) }, lookup: { indexProgress: () => progress } })
    const desk = useDeskStatus(pinia)
    await desk.refresh()
    asked.length = 0
    tell({ kind: 'outbox', queued: 1, lastSavedAt: '2026-11-20T09:00:00Z' })
    expect(desk.outbox).toMatchObject({ queued: 1, lastSavedAt: '2026-11-20T09:00:00Z', customers: 5 })
    expect(asked).toEqual([])
    desk.$dispose()
  })

  it('follows the index', async () => {
    const { pinia, tell } = openDesk({ outbox: { status: () => status(0) }, lookup: { indexProgress: () => progress } })
    const desk = useDeskStatus(pinia)
    await desk.refresh()
    expect(desk.building).toBe(true)
    tell({ kind: 'index', progress: { done: 2, total: 2, finished: true } })
    expect(desk.building).toBe(false)
    desk.$dispose()
  })
})

describe('people', () => {
  const anna: PersonView = { id: 'p1', username: 'anna', displayName: 'Anna', role: 'agent', active: true }

  it('are switched off in place, and an older list does not switch them on again', async () => {
    const slow = later<{ readonly ok: true; readonly value: readonly PersonView[] }>()
    let first = true
    const { pinia } = openDesk({
      people: {
        list: () => {
          if (!first) return slow.answer
          first = false
          return { ok: true, value: [anna] }
        },
        setActive: ({ active }) => ({ ok: true, value: { ...anna, active } }),
      },
    })
    const people = usePeople(pinia)
    await people.refresh()
    void people.refresh()
    await people.setActive('p1', false)
    slow.give({ ok: true, value: [anna] })
    await settle()
    expect(people.people).toEqual([{ ...anna, active: false }])
  })

  it('stay as they were when the core refuses', async () => {
    const { pinia } = openDesk({ people: { list: () => ({ ok: true, value: [anna] }), setActive: () => ({ ok: false, error: { code: 'last_administrator' } }) } })
    const people = usePeople(pinia)
    await people.refresh()
    const reply = await people.setActive('p1', false)
    expect(reply.ok).toBe(false)
    expect(people.people).toEqual([anna])
  })
})
