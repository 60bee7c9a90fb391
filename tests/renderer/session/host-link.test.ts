import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchLink } from '../../../renderer/src/host-link.ts'
import type { HostLink } from '../../../renderer/src/host-link.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A host that answers what `answers` says next: a status, or nothing at all. */
function watched(...answers: (number | null)[]) {
  const told: HostLink[] = []
  const link = watchLink(() => {
    const status = answers.shift()
    return status === null || status === undefined ? Promise.reject(new Error('no answer')) : Promise.resolve(status)
  })
  link.onChange((state) => told.push(state))
  return { link, told }
}

describe('the line to the program behind the page', () => {
  it('says nothing when one request failed and the next is answered', async () => {
    const { link, told } = watched(200)
    link.suspect()
    await vi.advanceTimersByTimeAsync(0)
    expect(told).toEqual([])
  })

  it('says that nobody answers, asks on by itself, and says that the program is back', async () => {
    const { link, told } = watched(null, null, 200)
    link.suspect()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told).toEqual(['silent', 'up'])
  })

  it('says that a program started anew does not know this page', async () => {
    const { link, told } = watched(null, 401)
    link.suspect()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told).toEqual(['silent', 'stranger'])
    expect(link.state()).toBe('stranger')
  })

  it('believes an answer', async () => {
    const { link, told } = watched(null)
    link.suspect()
    await vi.advanceTimersByTimeAsync(0)
    link.heard()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(told).toEqual(['silent', 'up'])
  })
})
