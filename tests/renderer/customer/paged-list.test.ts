import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPagedList } from '../../../renderer/src/features/customer/paged-list.ts'
import type { PagedList, Slice } from '../../../renderer/src/features/customer/paged-list.ts'
import type { Page } from '../../../shared/contract/customers.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { later } from '../support/fake-core.ts'

type Reply = Result<Page<number>, 'internal'>
const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index)

/** A core with this many rows. */
function of(total: number): { list: PagedList<number>; asked: Slice[] } {
  const asked: Slice[] = []
  const list = createPagedList<number>((slice) => {
    asked.push(slice)
    return Promise.resolve(ok({ rows: numbers(slice.offset, Math.min(slice.limit, Math.max(0, total - slice.offset))), total }))
  }, String, 10)
  return { list, asked }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a long list', () => {
  it('shows its first rows and the whole count, and loads on until the last one', async () => {
    const { list } = of(25)
    await list.restart()
    expect([list.rows.value.length, list.total.value]).toEqual([10, 25])
    await list.more()
    await list.more()
    await list.more()
    expect(list.rows.value).toEqual(numbers(0, 25))
    expect(list.complete.value).toBe(true)
  })

  it('comes whole where a part would mislead: sorting, filtering, printing', async () => {
    const { list, asked } = of(1203)
    await list.restart()
    await list.all()
    expect(list.rows.value).toEqual(numbers(0, 1203))
    expect(Math.max(...asked.map(({ limit }) => limit))).toBeLessThanOrEqual(500)
  })

  it('says that there is nothing', async () => {
    const { list } = of(0)
    await list.restart()
    expect([list.rows.value, list.total.value, list.complete.value]).toEqual([[], 0, true])
  })

  it('is read again as far as it was loaded', async () => {
    const { list } = of(40)
    await list.restart()
    await list.more()
    await list.reload()
    expect(list.rows.value).toEqual(numbers(0, 20))
  })

  it('shows a row once that moved down while the list was read', async () => {
    let moved = 0
    const list = createPagedList<number>(({ offset, limit }) => {
      const rows = numbers(offset - moved, limit)
      moved = 1
      return Promise.resolve(ok({ rows, total: 20 }))
    }, String, 10)
    await list.restart()
    await list.more()
    expect(list.rows.value).toEqual(numbers(0, 19))
    expect(list.complete.value).toBe(true)
  })
})

describe('answers that come late', () => {
  function slow() {
    const waiting: ReturnType<typeof later<Reply>>[] = []
    const list = createPagedList<number>(() => {
      const one = later<Reply>()
      waiting.push(one)
      return one.answer
    }, String, 10)
    return { list, waiting }
  }

  it('never take the place of newer ones', async () => {
    const { list, waiting } = slow()
    const first = list.restart()
    const second = list.restart()
    waiting[1]?.give(ok({ rows: [2], total: 1 }))
    await second
    waiting[0]?.give(ok({ rows: [1], total: 1 }))
    await first
    expect(list.rows.value).toEqual([2])
  })

  it('leave the old rows for a moment, then nothing that belongs to something else', async () => {
    const { list, waiting } = slow()
    const first = list.restart()
    waiting[0]?.give(ok({ rows: [1], total: 1 }))
    await first
    const second = list.restart()
    expect(list.rows.value).toEqual([1])
    await vi.advanceTimersByTimeAsync(200)
    expect([list.rows.value, list.total.value]).toEqual([[], undefined])
    waiting[1]?.give(ok({ rows: [2], total: 1 }))
    await second
    expect(list.rows.value).toEqual([2])
  })

  it('keep what is on the screen while it is read again, also when that fails', async () => {
    const { list, waiting } = slow()
    const first = list.restart()
    waiting[0]?.give(ok({ rows: [1], total: 1 }))
    await first
    const again = list.reload()
    await vi.advanceTimersByTimeAsync(500)
    expect(list.rows.value).toEqual([1])
    waiting[1]?.give(refuse('internal', { reference: 'r1' }))
    await again
    expect(list.rows.value).toEqual([1])
    expect(list.refusal.value).toEqual({ code: 'internal', details: { reference: 'r1' } })
  })
})
