/** A set of business keys in about five bytes each, for files of many millions of rows. */
export type KeySet = {
  /** True the first time a key is given, as far as it is remembered. */
  add: (key: string) => boolean
  has: (key: string) => boolean
}

type Table = { readonly slots: Uint32Array; used: number }

const leastSlots = 4096
/** Slots for each expected key, and how full a table may get: beyond that, probing gets slow and a further table is begun. */
const room = 1.25
const full = 0.85

/**
 * Keeps a 32-bit fingerprint of each key at a place that a second, independent 32-bit hash decides: among twelve million keys the
 * odds of one false alarm are below one in twenty. What a false alarm does must therefore be harmless.
 * @param expected how many keys are likely; more are taken too.
 * @param remembered of the keys given last, at least this many are remembered and at most twice as many; by default all.
 */
export function createKeySet(expected: number, remembered = Infinity): KeySet {
  const firstSlots = Math.max(leastSlots, Math.ceil(Math.min(expected * room, remembered / full)))
  const tables: Table[] = [createTable(firstSlots)]
  let place = 0
  let print = 0

  function hash(key: string): void {
    let a = 0x811c9dc5
    let b = 0x1b873593
    for (let i = 0; i < key.length; i++) {
      const code = key.charCodeAt(i)
      a = Math.imul(a ^ code, 0x01000193)
      b = Math.imul(b ^ code, 0x85ebca6b)
      b ^= b >>> 15
    }
    place = mix(a)
    print = mix(b ^ key.length) || 1
  }

  /** Where the fingerprint is in a table, or the empty slot where it would be (as its complement). */
  function find(table: Table): number {
    const { slots } = table
    let at = place % slots.length
    for (;;) {
      const found = slots[at]
      if (found === 0) return ~at
      if (found === print) return at
      at = at + 1 === slots.length ? 0 : at + 1
    }
  }

  function grow(slots: number): void {
    tables.push(createTable(slots))
    if (remembered !== Infinity && tables.length > 2 && slots * full >= remembered) tables.shift()
  }

  return {
    add: (key) => {
      hash(key)
      let slot = 0
      let table = tables[0]
      for (const each of tables) {
        table = each
        slot = find(each)
        if (slot >= 0) return false
      }
      if (!table) return true
      table.slots[~slot] = print
      table.used++
      if (table.used > table.slots.length * full) grow(Math.min(table.slots.length * 2, Math.max(leastSlots, Math.ceil(remembered / full))))
      return true
    },
    has: (key) => {
      hash(key)
      return tables.some((table) => find(table) >= 0)
    },
  }
}

function createTable(slots: number): Table {
  return { slots: new Uint32Array(slots), used: 0 }
}

/** Spreads every input bit over all 32 output bits. */
function mix(value: number): number {
  let x = value
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}
