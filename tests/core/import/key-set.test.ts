import { describe, expect, it } from 'vitest'
import { createKeySet } from '../../../electron/core/import/key-set.ts'

const key = (i: number) => `etra:W:M${String(i).padStart(8, '0')}|2025-01-15`

describe('the set of keys', () => {
  it('tells a new key from a repeated one, far beyond the number it was made for', () => {
    const keys = createKeySet(1000)
    for (let i = 0; i < 200_000; i++) expect(keys.add(key(i))).toBe(true)
    for (let i = 0; i < 200_000; i += 7) expect(keys.add(key(i))).toBe(false)
    expect(keys.has(key(199_999))).toBe(true)
    expect(keys.has(key(200_000))).toBe(false)
  })

  it('remembers at least as many of the last keys as asked, and forgets the oldest', () => {
    const keys = createKeySet(1_000_000, 10_000)
    for (let i = 0; i < 100_000; i++) keys.add(key(i))
    for (let i = 90_000; i < 100_000; i++) expect(keys.has(key(i))).toBe(true)
    expect(keys.has(key(0))).toBe(false)
    let held = 0
    for (let i = 0; i < 100_000; i++) if (keys.has(key(i))) held++
    expect(held).toBeLessThan(25_000)
  })
})
