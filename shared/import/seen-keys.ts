/** Remembers which keys occurred, in about 16 bytes each. */
export type SeenKeys = {
  /** True the first time a key is given. */
  add(key: string): boolean
  size(): number
}

const initialSlots = 1 << 12

/** 53 bits of a text: two 32-bit multiplicative hashes side by side. Never 0, which marks an empty slot. */
function hash53(text: string): number {
  let a = 0x811c9dc5
  let b = 0x1b873593
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x85ebca6b)
    b ^= b >>> 13
  }
  a ^= a >>> 16
  b = Math.imul(b ^ (b >>> 16), 0xc2b2ae35)
  return (a >>> 0) * 0x200000 + ((b ^ (b >>> 15)) & 0x1fffff) || 1
}

/**
 * For finding duplicate keys in a file without keeping its keys. Works on 53-bit fingerprints: among five million keys a false
 * alarm has odds of about one in a thousand, and all it would do is warn (`duplicate_key`); the later row stands either way.
 */
export function createSeenKeys(): SeenKeys {
  let slots = new Float64Array(initialSlots)
  let used = 0

  function place(table: Float64Array, key: number): boolean {
    const mask = table.length - 1
    let at = (key ^ (key / 0x100000)) & mask
    while (table[at] !== 0) {
      if (table[at] === key) return false
      at = (at + 1) & mask
    }
    table[at] = key
    return true
  }

  function grow(): void {
    const next = new Float64Array(slots.length * 2)
    for (const key of slots) if (key !== 0) place(next, key)
    slots = next
  }

  return {
    add(key) {
      if (!place(slots, hash53(key))) return false
      used++
      if (used * 2 > slots.length) grow()
      return true
    },
    size: () => used,
  }
}
