import type { RawDatabase } from '../store/cipher.ts'
import type { Range } from './key-space.ts'

/** A key and the customer it belongs to. */
export type KeyRow = readonly [key: string, n: number]
export type KeyPosition = { readonly key: string; readonly n: number }

export type KeyReader = ReturnType<typeof createKeyReader>

/** Reads stretches of `search_key` in key order, then customer order. */
export function createKeyReader(db: RawDatabase) {
  const between = db.prepare<[string, string, number], KeyRow>('SELECT term, doc FROM search_key_row WHERE term >= ? AND term <= ? LIMIT ?').raw()
  const within = db.prepare<[string, number, number], KeyRow>('SELECT term, doc FROM search_key_row WHERE term = ? AND doc > ? LIMIT ?').raw()
  const counted = db.prepare<[string, string, number], number>(
    'SELECT count(*) FROM (SELECT 1 FROM search_key_row WHERE term >= ? AND term <= ? LIMIT ?)',
  ).pluck()

  function begin(range: Range): string {
    return range.after ? `${range.lo}\u0001` : range.lo
  }

  return {
    /** Up to `limit` rows of the range behind `after`; fewer only at its end. */
    read(range: Range, after: KeyPosition | null, limit: number): KeyRow[] {
      if (after === null) return between.all(begin(range), range.hi, limit)
      const rows = within.all(after.key, after.n, limit)
      return rows.length === limit ? rows : rows.concat(between.all(`${after.key}\u0001`, range.hi, limit - rows.length))
    },
    /** How many rows the range has, at most `limit`. */
    count(range: Range, limit: number): number {
      return counted.get(begin(range), range.hi, limit) ?? 0
    },
    exists(range: Range): boolean {
      return counted.get(begin(range), range.hi, 1) === 1
    },
  }
}
