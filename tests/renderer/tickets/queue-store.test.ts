import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it, vi } from 'vitest'
import { createApp, nextTick } from 'vue'
import { useTicketQueue } from '../../../renderer/src/features/tickets/queue-store.ts'
import { alwaysUp } from '../../../renderer/src/host-link.ts'
import { noDesktop } from '../../../renderer/src/host-shell.ts'
import { providePorts } from '../../../renderer/src/ports.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract/call.ts'
import type { CoreEvent } from '../../../shared/contract/events.ts'
import { ticketsCalls } from '../../../shared/contract/tickets.ts'
import { fakeCore, later } from '../support/fake-core.ts'
import { sampleSummary } from './sample-ticket.ts'

type Input = InputOf<typeof ticketsCalls.queue>
type Reply = ReplyOf<typeof ticketsCalls.queue>

function open(answer: (input: Input) => Reply | Promise<Reply>) {
  const { core, asked } = fakeCore({ tickets: { queue: answer } })
  const listeners: ((event: CoreEvent) => void)[] = []
  const app = createApp({})
  const pinia = createPinia()
  app.use(pinia)
  providePorts(app, {
    core,
    shell: noDesktop,
    link: alwaysUp,
    onEvent: (listener) => {
      listeners.push(listener)
      return () => undefined
    },
  })
  setActivePinia(pinia)
  const tell = (event: CoreEvent): void => listeners.forEach((listener) => listener(event))
  return { queue: useTicketQueue(pinia), asked, tell }
}

/** A queue of `total` tickets, as the core gives it. */
function office(total: number): (input: Input) => Reply {
  return (input) => {
    const { offset, limit } = ticketsCalls.queue.input.parse(input)
    const count = Math.max(0, Math.min(limit, total - offset))
    return { ok: true, value: { rows: Array.from({ length: count }, (_, index) => sampleSummary({ ticketId: `t${offset + index}` })), total } }
  }
}
const settle = async (): Promise<void> => {
  await nextTick()
  await new Promise((resolve) => setTimeout(resolve))
}

describe('the ticket queue', () => {
  it('starts with what is still open and says how many there are in all', async () => {
    const { queue, asked } = open(office(431))
    await queue.load()
    expect(queue.rows).toHaveLength(200)
    expect(queue.total).toBe(431)
    expect(asked[0]?.input).toEqual({ states: ['new', 'in_charge', 'waiting'], mine: false, offset: 0, limit: 200 })
  })

  it('reaches the last ticket by scrolling, with no ticket twice', async () => {
    const { queue } = open(office(431))
    await queue.load()
    await queue.more()
    await queue.more()
    await queue.more()
    expect(queue.complete).toBe(true)
    expect(new Set(queue.rows.map((row) => row.ticketId)).size).toBe(431)
  })

  it('asks again when a filter changes, and forgets the answer to the old one', async () => {
    const slow = later<Reply>()
    const { queue } = open((input) => (input.mine === true ? office(3)(input) : slow.answer))
    void queue.load()
    queue.filter({ mine: true })
    await settle()
    slow.give(office(431)({}))
    await settle()
    expect(queue.total).toBe(3)
  })

  it('keeps one state at least', async () => {
    const { queue } = open(office(1))
    for (const state of ['new', 'in_charge', 'waiting'] as const) queue.toggleState(state)
    await settle()
    expect(queue.filters.states).toEqual(['waiting'])
  })

  it('keeps the rows and says what went wrong when the list cannot be read', async () => {
    const answers: Reply[] = [office(2)({}), { ok: false, error: { code: 'internal' } }]
    const { queue } = open(() => answers.shift() ?? { ok: false, error: { code: 'internal' } })
    await queue.load()
    await queue.refresh()
    expect(queue.rows).toHaveLength(2)
    expect(queue.problem?.code).toBe('internal')
  })

  it('reads what it shows again when a ticket has changed', async () => {
    vi.useFakeTimers()
    const { queue, asked, tell } = open(office(600))
    await queue.load()
    await queue.more()
    await queue.more()
    asked.length = 0
    tell({ kind: 'changed', entity: 'ticket', ids: ['t1'] })
    tell({ kind: 'changed', entity: 'ticket', ids: ['t2'] })
    await vi.runAllTimersAsync()
    vi.useRealTimers()
    expect(asked.map(({ input }) => input)).toMatchObject([{ offset: 0, limit: 500 }, { offset: 500, limit: 100 }])
    expect(queue.rows).toHaveLength(600)
  })
})
