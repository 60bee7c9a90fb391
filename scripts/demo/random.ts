/** Numbers that look drawn but follow from seed, row and topic alone: any customer can be made without the ones before. */
export type Dice = {
  /** 32 bits. */
  bits(): number
  /** From 0 to below 1. */
  unit(): number
  /** Whole number from 0 to below `n`. */
  below(n: number): number
  /** Whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** True once in 1/`share` times. */
  chance(share: number): boolean
  pick<T>(list: readonly T[]): T
}

function scramble(value: number): number {
  let x = value
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad)
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97)
  return (x ^ (x >>> 15)) >>> 0
}

const golden = 0x9e3779b9
const twoTo32 = 4294967296

/** Dice for one topic (a small whole number) of one row. */
export function rollFor(seed: number, row: number, topic: number): Dice {
  let state = scramble(scramble(Math.imul(seed + 1, golden) ^ row) + Math.imul(topic + 1, 0x85ebca6b))
  const bits = (): number => {
    state = (state + golden) | 0
    return scramble(state)
  }
  const unit = (): number => bits() / twoTo32
  const below = (n: number): number => Math.floor(unit() * n)
  return {
    bits,
    unit,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: share => unit() < share,
    pick: <T>(list: readonly T[]): T => {
      const found = list[below(list.length)]
      if (found === undefined) throw new RangeError('nothing to pick from')
      return found
    },
  }
}

const tableBits = 14

/** A table to draw indexes from in proportion to weights: one look-up a draw. */
export function weightedTable(weights: readonly number[]): Uint16Array {
  const size = 1 << tableBits
  const table = new Uint16Array(size)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let index = 0
  let reached = weights[0] ?? 0
  for (let i = 0; i < size; i++) {
    while (index < weights.length - 1 && ((i + 0.5) / size) * total > reached) reached += weights[++index] ?? 0
    table[i] = index
  }
  return table
}

/** Few are common, most are rare: the weight of rank r is 1 / (r + `flatness`). */
export function zipfTable(length: number, flatness: number): Uint16Array {
  return weightedTable(Array.from({ length }, (_, rank) => 1 / (rank + flatness)))
}

/** Draws from a list by its table. */
export function draw<T>(dice: Dice, list: readonly T[], table: Uint16Array): T {
  const found = list[table[dice.bits() >>> (32 - tableBits)] ?? 0]
  if (found === undefined) throw new RangeError('table and list do not belong together')
  return found
}

/** Spreads 0, 1, 2 … over the numbers below a power of ten, each once. */
export function spread(ordinal: number, digits: 8 | 10): string {
  return digits === 8
    ? String((ordinal * 61_803_399 + 20_417_733) % 1e8).padStart(8, '0')
    : String((ordinal * 161_803_399 + 1_020_417_733) % 1e10).padStart(10, '0')
}
