/** How the two copies of the key slots are found: `one` of them is whole, the other is not or is gone. */
export type SlotFiles = 'whole' | 'one' | 'missing' | 'damaged'
