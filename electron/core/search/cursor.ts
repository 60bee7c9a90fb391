/** Where a page ended; travels as opaque text. */
export type LookupCursor = {
  /** The text that was searched, after correction. */
  readonly text: string
  readonly driver: number
  readonly pass: number
  readonly key: string
  readonly n: number
}

export function encodeCursor(cursor: LookupCursor): string {
  return Buffer.from(JSON.stringify([cursor.text, cursor.driver, cursor.pass, cursor.key, cursor.n]), 'utf8').toString('base64url')
}

/** The cursor, or null if the text was not made by `encodeCursor`. */
export function decodeCursor(text: string): LookupCursor | null {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return null
  }
  if (!Array.isArray(value) || value.length !== 5) return null
  const [searched, driver, pass, key, n] = value as readonly unknown[]
  if (typeof searched !== 'string' || typeof key !== 'string') return null
  if (!isCount(driver) || !isCount(pass) || !isCount(n)) return null
  return { text: searched, driver, pass, key, n }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
