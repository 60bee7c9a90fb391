export type Random = {
  /** From 0 to below `below`. */
  readonly integer: (below: number) => number
  readonly chance: (share: number) => boolean
  readonly pick: <T>(from: readonly T[]) => T
  readonly bytes: (most: number) => Buffer
}

/** Chance that repeats itself from its seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const integer = (below: number) => Math.floor(next() * Math.max(1, below))
  return {
    integer,
    chance: (share) => next() < share,
    pick: (from) => from[integer(from.length)] as (typeof from)[number],
    bytes: (most) => Buffer.from(Array.from({ length: integer(most) }, () => integer(256))),
  }
}
