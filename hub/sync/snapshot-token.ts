import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { z } from '../../shared/domain/schema.ts'
import { mostParts } from '../../shared/sync/wire.ts'

/** Where a page begins. A token gives no right: what it names is checked against the desk's territories at every page. */
const place = z.strictObject({
  feed: z.string().max(64),
  revision: z.int(),
  /** Of the desk's territories, sorted: the digest tells whether they are still the same. */
  digest: z.string().max(16),
  /** Which of them are wanted, one bit each. */
  wanted: z.string().regex(/^[A-Za-z0-9_-]{0,400}$/),
  /** Index of the territory at work; -1 before the first, for what everybody holds. */
  territory: z.int().min(-1).max(5_000),
  after: z.string().max(120),
  done: z.int().min(0),
  /** Of the customers only those; all when `null`. */
  parts: z.array(z.string().max(8)).max(mostParts).nullable(),
  size: z.int().min(1).max(10_000),
})
export type Place = z.output<typeof place>

export type Tokens = {
  readonly write: (value: Place) => Promise<string>
  /** `null` for what was no token of this hub's. */
  readonly read: (text: string) => Promise<Place | null>
}

const algorithm = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16
const setting = 'snapshot_token_key'

/** Tokens are sealed with a key all hubs on one database share: they stand in addresses, and hold the code of a customer. */
export function createTokens(pool: Pool): Tokens {
  let known: Promise<Buffer> | null = null
  const key = () => (known ??= sharedKey(pool).catch((error: unknown) => {
    known = null
    throw error
  }))
  return {
    write: async (value) => {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv(algorithm, await key(), iv)
      const sealed = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    read: async (text) => {
      const bytes = Buffer.from(text, 'base64url')
      if (bytes.length <= ivBytes + tagBytes) return null
      try {
        const decipher = createDecipheriv(algorithm, await key(), bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
        decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
        const plain = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()])
        return place.parse(JSON.parse(plain.toString('utf8')))
      } catch {
        return null
      }
    },
  }
}

async function sharedKey(pool: Pool): Promise<Buffer> {
  await pool.query('INSERT INTO hub_setting (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [setting, JSON.stringify(randomBytes(32).toString('base64url'))])
  const { rows } = await pool.query<{ value: string }>('SELECT value FROM hub_setting WHERE key = $1', [setting])
  return Buffer.from(rows[0]?.value ?? '', 'base64url')
}

export const digestOf = (territories: readonly string[]): string => createHash('sha256').update(JSON.stringify(territories)).digest('base64url').slice(0, 12)

export function wantedBits(territories: readonly string[], wanted: ReadonlySet<string>): string {
  const bits = Buffer.alloc(Math.ceil(territories.length / 8))
  territories.forEach((id, index) => {
    if (wanted.has(id)) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7))
  })
  return bits.toString('base64url')
}

export function isWanted(bits: string, index: number): boolean {
  return (((Buffer.from(bits, 'base64url')[index >> 3] ?? 0) >> (index & 7)) & 1) === 1
}
