import type { CountState } from './lookup-types.ts'
import { matchesQuery } from './match.ts'
import type { PageReader } from './page-reader.ts'
import type { Pass } from './passes.ts'
import type { Query } from './query.ts'
import { walkPass } from './walk-pass.ts'

/** Customers by number, one bit each: a million take 125 kB. */
type NumberSet = { readonly has: (n: number) => boolean; readonly add: (n: number) => void; readonly size: () => number }

function createNumberSet(): NumberSet {
  let bits = new Uint8Array(1024)
  let size = 0
  const has = (n: number): boolean => ((bits[n >> 3] ?? 0) & (1 << (n & 7))) !== 0
  return {
    has,
    size: () => size,
    add(n) {
      if (has(n)) return
      if (n >> 3 >= bits.length) {
        const wider = new Uint8Array(Math.max(bits.length * 2, (n >> 3) + 1))
        wider.set(bits)
        bits = wider
      }
      bits[n >> 3] = (bits[n >> 3] ?? 0) | (1 << (n & 7))
      size++
    },
  }
}

/** Keys read between two looks at the clock: about half a millisecond. */
const SLICE_KEYS = 1024
const SLICE_DOCUMENTS = 8

/** Counts the customers all passes find, each once, in portions; yields after each. */
export function* countMatches(reader: PageReader, q: Query, passes: readonly Pass[], first: readonly number[]): Generator<CountState, number> {
  const found = createNumberSet()
  const open = createNumberSet()
  const waiting: number[] = []
  for (const n of first) found.add(n)
  for (const pass of passes) {
    const walk = walkPass(reader.keys, pass, null, SLICE_KEYS)
    for (let rows = walk.next(); rows !== null; rows = walk.next()) {
      for (const [key, n] of rows) {
        if (pass.accepts && !pass.accepts(key)) continue
        if (!pass.verify) found.add(n)
        else if (!open.has(n)) {
          open.add(n)
          waiting.push(n)
        }
      }
      yield { total: found.size(), finished: false }
    }
  }
  let compared = 0
  for (const n of waiting) {
    if (found.has(n)) continue
    const doc = reader.document(n)
    if (doc && matchesQuery(doc, q)) found.add(n)
    if (++compared % SLICE_DOCUMENTS === 0) yield { total: found.size(), finished: false }
  }
  return found.size()
}
