/** Cheap enough for tests; the product's cost is `deskHashCost`. */
export const testHashCost = { memoryKiB: 64, passes: 1 } as const
export const testPassword = 'una password di prova'
