/**
 * Digests of rows that two databases can compute alike: of the line a row has in PostgreSQL's COPY text format, without its line end, the
 * columns in the order of the record plans. Summed, they do not depend on the order of the rows.
 */

/** A value as COPY text writes it. */
export function copyText(value: string | number | boolean | null): string {
  if (value === null) return String.raw`\N`
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (typeof value === 'number') return String(value)
  return special.test(value) ? value.replace(everySpecial, (found) => `\\${escapes[found] ?? found}`) : value
}
const special = /[\\\b\f\n\r\t\v]/
const everySpecial = /[\\\b\f\n\r\t\v]/g
const escapes: Readonly<Record<string, string>> = { '\\': '\\', '\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't', '\v': 'v' }

/** The line of a row; `values` in the order of the plan's columns. */
export const copyLine = (values: readonly (string | number | boolean | null)[]): string => values.map(copyText).join('\t')

/** Count and sum over the rows of a table; `text` is what travels. */
export type RowSum = {
  /** UTF-8 bytes of a line between two positions. */
  readonly add: (bytes: Uint8Array, from: number, to: number) => void
  readonly rows: () => number
  readonly text: () => string
}

/** Sums wrap here: 2^48 plus a digest of 32 bits stays a whole number. */
const wrap = 2 ** 48

/** Two sums of 32-bit hashes (the scheme of cyrb53), kept apart, so that no row needs a big integer. */
export function createRowSum(): RowSum {
  let rows = 0
  let first = 0
  let second = 0
  return {
    add: (bytes, from, to) => {
      let a = 0xdeadbeef
      let b = 0x41c6ce57
      for (let at = from; at < to; at += 1) {
        const byte = bytes[at] ?? 0
        a = Math.imul(a ^ byte, 2_654_435_761)
        b = Math.imul(b ^ byte, 1_597_334_677)
      }
      const mixedA = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
      const mixedB = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(mixedA ^ (mixedA >>> 13), 3_266_489_909)
      rows += 1
      first = (first + (mixedA >>> 0)) % wrap
      second = (second + (mixedB >>> 0)) % wrap
    },
    rows: () => rows,
    text: () => `${first.toString(16)}.${second.toString(16)}`,
  }
}
