import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { keepFilled } from '../../../renderer/src/features/lookup/fill-list.ts'
import { useLookup } from '../../../renderer/src/features/lookup/lookup-store.ts'
import { openDesk } from '../desk/desk-harness.ts'
import { later } from '../support/fake-core.ts'
import type { FakeAnswers } from '../support/fake-core.ts'
import { samplePage, searchOf } from './sample-rows.ts'
import type { SearchInput, SearchReply } from './sample-rows.ts'

const counted = (total: number) => () => ({ ok: true, value: { total } }) as const
const unanswered: SearchReply = { ok: false, error: { code: 'internal', details: { reason: 'unreachable' } } }
function open(lookup: NonNullable<FakeAnswers['lookup']>) {
  const desk = openDesk({ lookup: { recent: () => ({ ok: true, value: [] }), ...lookup } })
  return { ...desk, lookup: useLookup(desk.pinia) }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('an answer that came short, because the core reads for a bounded time', () => {
  /** Four rows at a time, whatever is asked for, of `total`; the first answers are empty. */
  const shortPages = (total: number, empty = 0) => {
    let before = empty
    return (input: SearchInput): SearchReply => {
      if (before-- > 0) return samplePage([], { cursor: '0' })
      return searchOf(total)({ ...input, limit: 4 })
    }
  }
  /** The list in a place for `fit` rows; it is drawn once there is a row. */
  const showing = (lookup: ReturnType<typeof useLookup>, fit: number) => {
    const scope = effectScope()
    scope.run(() => keepFilled({ rows: () => lookup.rows, end: () => Math.min(lookup.rows.length, fit), complete: () => lookup.complete, more: () => void lookup.more() }))
    return () => scope.stop()
  }

  it('is gone on with until the place is full, and no further', async () => {
    const { lookup } = open({ search: shortPages(100), count: counted(100) })
    await lookup.type('r')
    const stop = showing(lookup, 18)
    await vi.advanceTimersByTimeAsync(1000)
    expect(lookup.rows).toHaveLength(20)
    stop()
  })

  it('is gone on with until the last match', async () => {
    const { lookup } = open({ search: shortPages(9), count: counted(9) })
    await lookup.type('r')
    const stop = showing(lookup, 18)
    await vi.advanceTimersByTimeAsync(1000)
    expect(lookup.rows).toHaveLength(9)
    expect(lookup.complete).toBe(true)
    stop()
  })

  it('is not asked for again and again when there is no answer', async () => {
    let calls = 0
    const { lookup } = open({ search: (input) => (calls++ === 0 ? shortPages(100)(input) : unanswered), count: counted(100) })
    await lookup.type('r')
    const stop = showing(lookup, 18)
    await vi.advanceTimersByTimeAsync(1000)
    expect(calls).toBe(2)
    expect(lookup.refusal).not.toBeNull()
    stop()
  })

  it('is not "nobody" while it is not at its end', async () => {
    const { lookup } = open({ search: shortPages(3, 2), count: counted(3) })
    await lookup.type('r')
    await vi.advanceTimersByTimeAsync(0)
    expect(lookup.rows).toHaveLength(3)
  })

  it('goes on for the newest text, also when rows of an older one were on their way', async () => {
    const slow = later<SearchReply>()
    const { lookup } = open({ search: (input) => (input.text === 'r' && input.cursor !== undefined ? slow.answer : shortPages(40)(input)), count: counted(40) })
    await lookup.type('r')
    const stop = showing(lookup, 18)
    await vi.advanceTimersByTimeAsync(0)
    await lookup.type('ro')
    await vi.advanceTimersByTimeAsync(0)
    slow.give(shortPages(40)({ text: 'r', scope: 'all', limit: 50 }))
    await vi.advanceTimersByTimeAsync(1000)
    expect(lookup.rows.every(({ customerId }) => customerId.startsWith('ro-'))).toBe(true)
    expect(lookup.rows).toHaveLength(20)
    stop()
  })
})
