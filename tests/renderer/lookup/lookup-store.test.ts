import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useLookup } from '../../../renderer/src/features/lookup/lookup-store.ts'
import { openDesk, settle } from '../desk/desk-harness.ts'
import { later } from '../support/fake-core.ts'
import type { FakeAnswers } from '../support/fake-core.ts'
import { sampleRow, samplePage, searchOf } from './sample-rows.ts'
import type { SearchInput, SearchReply } from './sample-rows.ts'

const counted = (total: number) => () => ({ ok: true, value: { total } }) as const
function open(lookup: NonNullable<FakeAnswers['lookup']>) {
  const desk = openDesk({ lookup: { count: counted(0), recent: () => ({ ok: true, value: [] }), ...lookup } })
  return { ...desk, lookup: useLookup(desk.pinia) }
}
/** A core that answers each text only when the test says so. */
function slowSearch() {
  const waiting = new Map<string, ReturnType<typeof later<SearchReply>>>()
  const search = ({ text }: SearchInput): Promise<SearchReply> => {
    const one = later<SearchReply>()
    waiting.set(text, one)
    return one.answer
  }
  const give = async (text: string, reply: SearchReply = samplePage([sampleRow(text)])): Promise<void> => {
    waiting.get(text)?.give(reply)
    await Promise.resolve()
    await vi.advanceTimersByTimeAsync(0)
  }
  return { search, give }
}
const shown = (lookup: ReturnType<typeof useLookup>): string[] => lookup.rows.map((row) => row.customerId)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('rows while typing', () => {
  it('are asked for at every key, without waiting', () => {
    const { lookup, asked } = open({ search: searchOf(1) })
    for (const text of ['r', 'ro', 'ros']) void lookup.type(text)
    expect(asked.map(({ input }) => (input as SearchInput).text)).toEqual(['r', 'ro', 'ros'])
  })

  it('never go back to an older answer that comes late', async () => {
    const { search, give } = slowSearch()
    const { lookup } = open({ search })
    void lookup.type('r')
    void lookup.type('ro')
    await give('ro')
    await give('r')
    expect(shown(lookup)).toEqual(['ro'])
  })

  it('show an answer on the way to the newest one, so that the list lives while one types', async () => {
    const { search, give } = slowSearch()
    const { lookup } = open({ search })
    void lookup.type('r')
    void lookup.type('ro')
    await give('r')
    expect(shown(lookup)).toEqual(['r'])
    expect(lookup.current).toBe(false)
    await give('ro')
    expect(shown(lookup)).toEqual(['ro'])
    expect(lookup.current).toBe(true)
  })

  it('are those of what is typed before Enter acts on one', async () => {
    const { search, give } = slowSearch()
    const { lookup } = open({ search })
    void lookup.type('r')
    await give('r')
    void lookup.type('ro')
    const opened: string[][] = []
    void lookup.caughtUp().then(() => opened.push(shown(lookup)))
    await vi.advanceTimersByTimeAsync(0)
    expect(opened).toEqual([])
    await give('ro')
    expect(opened).toEqual([['ro']])
  })

  it('are gone with the text, and a late answer does not bring them back', async () => {
    const { search, give } = slowSearch()
    const { lookup } = open({ search })
    void lookup.type('r')
    void lookup.type('')
    await give('r')
    expect(shown(lookup)).toEqual([])
    expect(lookup.empty).toBe(true)
  })

  it('stay when a search fails, which is said until the next one works', async () => {
    let working = true
    const { lookup } = open({ search: (input) => (working ? searchOf(2)(input) : { ok: false, error: { code: 'internal' } }) })
    await lookup.type('r')
    working = false
    await lookup.type('ro')
    expect(shown(lookup)).toEqual(['r-0', 'r-1'])
    expect(lookup.refusal?.code).toBe('internal')
    working = true
    await lookup.type('ros')
    expect(lookup.refusal).toBeNull()
  })
})

describe('the list', () => {
  it('goes on to the very last match, each once', async () => {
    const { lookup } = open({ search: searchOf(137) })
    await lookup.type('r')
    while (!lookup.complete) await lookup.more()
    expect(new Set(shown(lookup)).size).toBe(137)
    expect(lookup.total).toBe(137)
  })

  it('fetches the next rows when the choice comes near its end', async () => {
    const { lookup } = open({ search: searchOf(80) })
    await lookup.type('r')
    lookup.select(45)
    await vi.advanceTimersByTimeAsync(0)
    expect(lookup.rows).toHaveLength(80)
    expect(lookup.selected).toBe(45)
  })

  it('does not mix the rows of two searches', async () => {
    const slow = later<SearchReply>()
    const { lookup } = open({ search: (input) => (input.cursor === '50' ? slow.answer : searchOf(80)(input)) })
    await lookup.type('r')
    void lookup.more()
    await lookup.type('ro')
    slow.give(samplePage([sampleRow('of the old text')]))
    await vi.advanceTimersByTimeAsync(0)
    expect(shown(lookup)).not.toContain('of the old text')
    expect(lookup.rows).toHaveLength(50)
  })

  it('is read again when the data have changed under it, and the chosen customer stays chosen', async () => {
    let fresh = false
    const search = (input: SearchInput): SearchReply => {
      if (!fresh && typeof input.cursor === 'string') {
        fresh = true
        return { ok: false, error: { code: 'stale_cursor' } }
      }
      const reply = searchOf(120)(input)
      if (!fresh || !reply.ok || typeof input.cursor === 'string') return reply
      return { ok: true, value: { ...reply.value, rows: [sampleRow('new'), ...reply.value.rows] } }
    }
    const { lookup } = open({ search })
    await lookup.type('r')
    lookup.select(20)
    await lookup.more()
    expect(lookup.rows[lookup.selected]?.customerId).toBe('r-20')
    expect(lookup.rows.length).toBeGreaterThanOrEqual(50)
  })

  it('is read again when the index has become whole', async () => {
    let size = 2
    const { lookup, tell } = open({ search: (input) => searchOf(size)(input) })
    await lookup.type('r')
    size = 3
    tell({ kind: 'index', progress: { done: 3, total: 3, finished: true } })
    await vi.advanceTimersByTimeAsync(0)
    expect(lookup.rows).toHaveLength(3)
  })

  it('is read again when the index becomes whole while an answer is still under way', async () => {
    let size = 0
    const slow = later<SearchReply>()
    let first = true
    const { lookup, tell } = open({ search: (input) => {
      if (!first) return searchOf(size)(input)
      first = false
      return slow.answer
    } })
    void lookup.type('r')
    size = 3
    tell({ kind: 'index', progress: { done: 3, total: 3, finished: true } })
    slow.give(searchOf(0)({ text: 'r', scope: 'all', limit: 50 }))
    await vi.advanceTimersByTimeAsync(0)
    expect(lookup.rows).toHaveLength(3)
  })

  it('keeps the choice inside', async () => {
    const { lookup } = open({ search: searchOf(3) })
    await lookup.type('r')
    lookup.select(-4)
    expect(lookup.selected).toBe(0)
    lookup.select(99)
    expect(lookup.selected).toBe(2)
  })
})

describe('the exact total', () => {
  const counts = (asked: readonly { readonly call: string; readonly input: unknown }[]): unknown[] => asked.filter(({ call }) => call === 'lookup.count').map(({ input }) => input)

  it('is counted once, when the typing has settled', async () => {
    const { lookup, asked } = open({ search: searchOf(80), count: counted(431) })
    for (const text of ['r', 'ro', 'ros']) {
      await lookup.type(text)
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(lookup.total).toBeNull()
    await vi.advanceTimersByTimeAsync(400)
    expect(counts(asked)).toEqual([{ text: 'ros', scope: 'all' }])
    expect(lookup.total).toBe(431)
  })

  it('is counted for a list that is whole already too: the search leaves its trace', async () => {
    const { lookup, asked } = open({ search: searchOf(2), count: counted(2) })
    await lookup.type('r')
    expect(lookup.total).toBe(2)
    await vi.advanceTimersByTimeAsync(400)
    expect(counts(asked)).toHaveLength(1)
  })

  it('is not taken from a count of an older text', async () => {
    const slow = later<{ readonly ok: true; readonly value: { readonly total: number } }>()
    const { lookup } = open({ search: searchOf(80), count: () => slow.answer })
    await lookup.type('r')
    await vi.advanceTimersByTimeAsync(400)
    await lookup.type('ro')
    slow.give({ ok: true, value: { total: 7 } })
    await vi.advanceTimersByTimeAsync(0)
    expect(lookup.total).toBeNull()
  })

  it('stays open when a newer count has taken its place', async () => {
    const { lookup } = open({ search: searchOf(80), count: () => ({ ok: false, error: { code: 'superseded' } }) })
    await lookup.type('r')
    await vi.advanceTimersByTimeAsync(400)
    expect(lookup.total).toBeNull()
    expect(lookup.refusal).toBeNull()
  })

  it('is not asked for an empty box', async () => {
    const { lookup, asked } = open({ search: searchOf(2) })
    await lookup.type('r')
    await lookup.type('')
    await vi.advanceTimersByTimeAsync(400)
    expect(counts(asked)).toEqual([])
  })
})

describe('recent customers', () => {
  it('are what the keys choose from while nothing is typed', async () => {
    const recent = ['a', 'b'].map((customerId) => ({ customerId, name: customerId, code: customerId, kind: 'person', at: '2026-11-20T09:00:00Z' }) as const)
    const { lookup } = open({ search: searchOf(2), recent: () => ({ ok: true, value: recent }) })
    vi.useRealTimers()
    await lookup.readRecent()
    await settle()
    lookup.select(5)
    expect(lookup.selected).toBe(1)
    expect(lookup.listed).toBe(2)
  })
})
