import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { createAtWork } from '../../../renderer/src/features/tickets/at-work.ts'
import { atWorkWords } from '../../../renderer/src/features/tickets/at-work-words.ts'
import { useTicketHolders } from '../../../renderer/src/features/tickets/holders-store.ts'
import type { CoreEvent } from '../../../shared/contract/events.ts'
import type { TicketHolder } from '../../../shared/contract/tickets.ts'
import { openDesk, speech } from '../desk/desk-harness.ts'
import { fakeCore } from '../support/fake-core.ts'

const sara: TicketHolder = { ticketId: 'ticket-1', person: 'Sara Bianchi', desk: 'Sportello 2', since: '2026-11-20T09:00:00.000Z' }
const minute = 60_000

describe('somebody at work on a ticket', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  function open(answer: () => boolean = () => true) {
    const { core, asked } = fakeCore({ tickets: { hold: () => ({ ok: true, value: { held: answer() } }) } })
    let listener: (event: CoreEvent) => void = () => undefined
    const scope = effectScope()
    const work = scope.run(() => createAtWork(core, (heard) => {
      listener = heard
      return () => undefined
    }, 'ticket-1'))!
    return { ...work, scope, tell: (event: CoreEvent) => listener(event), said: () => asked.map(({ input }) => (input as { hold: boolean }).hold) }
  }

  it('is told with the first keys, once, and renewed while it goes on', async () => {
    const work = open()
    for (let key = 0; key < 3; key++) work.touch()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(work.said()).toEqual([true])
    await vi.advanceTimersByTimeAsync(90_000)
    expect(work.said()).toEqual([true, true, true])
  })

  it('is over when sent, cleared or left, and only then is that told', async () => {
    const work = open()
    work.end()
    work.touch()
    work.end()
    await vi.advanceTimersByTimeAsync(minute)
    expect(work.said(), 'a key that was taken back at once').toEqual([])
    work.touch()
    await vi.advanceTimersByTimeAsync(1_000)
    work.end()
    work.end()
    await vi.advanceTimersByTimeAsync(5 * minute)
    expect(work.said()).toEqual([true, false])
    work.touch()
    await vi.advanceTimersByTimeAsync(1_000)
    work.scope.stop()
    await vi.advanceTimersByTimeAsync(5 * minute)
    expect(work.said()).toEqual([true, false, true, false])
  })

  it('is not said of a text that nobody touches any more', async () => {
    const work = open()
    work.touch()
    await vi.advanceTimersByTimeAsync(10 * minute)
    expect(work.said().at(-1)).toBe(false)
    const before = work.said().length
    await vi.advanceTimersByTimeAsync(10 * minute)
    expect(work.said()).toHaveLength(before)
    work.touch()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(work.said().at(-1)).toBe(true)
  })

  it('is over when the desk locks; after a sign-out nothing is asked any more', async () => {
    const work = open()
    work.touch()
    await vi.advanceTimersByTimeAsync(1_000)
    work.tell({ kind: 'locking', reason: 'idle' })
    await vi.advanceTimersByTimeAsync(0)
    expect(work.said()).toEqual([true, false])
    work.touch()
    await vi.advanceTimersByTimeAsync(1_000)
    work.tell({ kind: 'signed_out', clientId: 'x' })
    work.scope.stop()
    await vi.advanceTimersByTimeAsync(5 * minute)
    expect(work.said()).toEqual([true, false, true])
  })

  it('comes into its turn when whoever was there first has gone', async () => {
    let free = false
    const work = open(() => free)
    work.touch()
    await vi.advanceTimersByTimeAsync(1_000)
    free = true
    work.tell({ kind: 'leases' })
    await vi.advanceTimersByTimeAsync(0)
    expect(work.said()).toEqual([true, true])
    work.tell({ kind: 'leases' })
    await vi.advanceTimersByTimeAsync(0)
    expect(work.said(), 'who is told need not ask').toEqual([true, true])
  })
})

describe('who else is at work', () => {
  it('is read afresh when it changes, and after a gap', async () => {
    let answer: readonly TicketHolder[] = [sara]
    const desk = openDesk({ tickets: { holders: () => ({ ok: true, value: answer }) } })
    const holders = useTicketHolders(desk.pinia)
    await vi.waitFor(() => expect(holders.of('ticket-1')).toEqual(sara))
    expect(holders.of('ticket-2')).toBeNull()
    answer = []
    desk.tell({ kind: 'leases' })
    await vi.waitFor(() => expect(holders.of('ticket-1')).toBeNull())
    answer = [sara]
    desk.tell({ kind: 'changed', entity: 'master', ids: [] })
    await vi.waitFor(() => expect(holders.of('ticket-1')).toEqual(sara))
  })

  it('is nobody who is named where no answer comes', async () => {
    let works = true
    const desk = openDesk({ tickets: { holders: () => (works ? { ok: true, value: [sara] } : { ok: false, error: { code: 'internal' } }) } })
    const holders = useTicketHolders(desk.pinia)
    await vi.waitFor(() => expect(holders.of('ticket-1')).toEqual(sara))
    works = false
    desk.tell({ kind: 'leases' })
    await vi.waitFor(() => expect(holders.of('ticket-1')).toBeNull())
  })

  it.each([
    ['it', 'Sara Bianchi sta scrivendo qui, Sportello 2', 'da 1 min', 'da poco'],
    ['en', 'Sara Bianchi is writing here, Sportello 2', 'for 1 min', 'just begun'],
  ] as const)('is said in %s by name, desk and since when', (language, who, since, justNow) => {
    const { t } = speech(language)
    const at = Date.parse(sara.since)
    expect(atWorkWords(t, sara, at + 1.9 * minute)).toEqual({ who, since })
    expect(atWorkWords(t, sara, at + 30_000).since).toBe(justNow)
    expect(atWorkWords(t, sara, at - 30_000).since, 'a clock that is off').toBe(justNow)
  })
})
