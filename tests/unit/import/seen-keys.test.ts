import { expect, it } from 'vitest'
import { createSeenKeys } from '../../../shared/import/seen-keys.ts'

it('a key is new once, among very many', () => {
  const seen = createSeenKeys()
  const keys = Array.from({ length: 200_000 }, (_, i) => `clienti:${String(i).padStart(6, '0')}`)
  expect(keys.filter(key => !seen.add(key))).toEqual([])
  expect(keys.filter(key => seen.add(key))).toEqual([])
  expect(seen.size()).toBe(keys.length)
})
