import type { KeyPosition, KeyReader, KeyRow } from './key-reader.ts'
import type { Range } from './key-space.ts'
import type { Pass } from './passes.ts'

const MAX_CHUNK = 1024
/** Chunk behind a jump: small, because the next jump may be near. */
const JUMP_CHUNK = 16

export type PassWalk = {
  /** The next rows in key order, accepted or not; null at the end. */
  readonly next: () => readonly KeyRow[] | null
  /** The position in front of the rows given last, null at the beginning of the range. */
  readonly before: () => KeyPosition | null
}

/** Reads the keys of a pass in growing chunks; where a chunk holds no key that counts, jumps to where the next one may be. */
export function walkPass(keys: KeyReader, pass: Pass, after: KeyPosition | null, chunk: number): PassWalk {
  let range: Range = pass.range
  let position = after
  let before = after
  let size = chunk
  let ended = false
  return {
    before: () => before,
    next() {
      if (ended) return null
      before = position
      const rows = keys.read(range, position, size)
      const last = rows.at(-1)
      ended = rows.length < size
      if (!last) return null
      position = { key: last[0], n: last[1] }
      size = Math.min(MAX_CHUNK, size * 2)
      const { accepts, jump } = pass
      if (!ended && accepts && jump && !rows.some(row => accepts(row[0]))) {
        const to = jump(last[0])
        if (to > last[0]) {
          range = { lo: to, hi: pass.range.hi, after: false }
          position = null
          size = JUMP_CHUNK
        }
      }
      return rows
    },
  }
}
