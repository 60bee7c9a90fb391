import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { HubError } from '../server/errors.ts'
import type { Tx } from '../server/parts.ts'

export type BlobPart = { readonly sha256: string; readonly start: number; readonly size: number; readonly bytes: Buffer }
export type BlobState = { readonly received: number; readonly complete: boolean }
type Chunk = { start: number; size: number; data: Buffer }

const nonceBytes = 12
const tagBytes = 16

/**
 * Stores the next part of a content, encrypted, and says how far it is. The whole is complete only when its hash is the one it goes by;
 * otherwise all of it is thrown away (409 `hash_mismatch`). A part that does not continue what is there: 409 `offset` with where to go on.
 */
export async function storePart(tx: Tx, key: Buffer, { sha256, start, size, bytes }: BlobPart): Promise<BlobState | 'hash_mismatch'> {
  await tx.query(`INSERT INTO blob (sha256, size, state) VALUES ($1, $2, 'arriving') ON CONFLICT DO NOTHING`, [sha256, size])
  const { rows } = await tx.query<{ size: number; state: string }>('SELECT size, state FROM blob WHERE sha256 = $1 FOR UPDATE', [sha256])
  const blob = rows[0]
  if (!blob || blob.state === 'complete') return { received: blob?.size ?? size, complete: true }
  if (blob.size !== size) throw new HubError(409, 'size', { expected: blob.size })
  const received = await receivedOf(tx, sha256)
  if (start !== received) throw new HubError(409, 'offset', { expected: received })
  if (start + bytes.length > size || bytes.length === 0) throw new HubError(400, 'invalid', { fields: ['body'] })
  await tx.query('INSERT INTO blob_chunk (sha256, start, size, data) VALUES ($1, $2, $3, $4)', [sha256, start, bytes.length, seal(key, sha256, start, bytes)])
  const now = start + bytes.length
  if (now < size) return { received: now, complete: false }
  if ((await hashOf(tx, key, sha256)) !== sha256) {
    await tx.query('DELETE FROM blob_chunk WHERE sha256 = $1', [sha256])
    await tx.query('DELETE FROM blob WHERE sha256 = $1', [sha256])
    return 'hash_mismatch'
  }
  await tx.query(`UPDATE blob SET state = 'complete', completed_at = now() WHERE sha256 = $1`, [sha256])
  return { received: size, complete: true }
}

/** `null` while nothing of it is here. */
export async function blobState(db: Pool | Tx, sha256: string): Promise<BlobState | null> {
  const { rows } = await db.query<{ size: number; state: string }>('SELECT size, state FROM blob WHERE sha256 = $1', [sha256])
  const blob = rows[0]
  if (!blob) return null
  return blob.state === 'complete' ? { received: blob.size, complete: true } : { received: await receivedOf(db, sha256), complete: false }
}

/** The stored part that holds the byte at `start`, from there on; `null` beyond the end. Throws when it was tampered with. */
export async function readPart(db: Pool, key: Buffer, sha256: string, start: number): Promise<Buffer | null> {
  const { rows } = await db.query<Chunk>('SELECT start, size, data FROM blob_chunk WHERE sha256 = $1 AND start <= $2 AND start + size > $2', [sha256, start])
  const chunk = rows[0]
  return chunk ? open(key, sha256, chunk).subarray(start - chunk.start) : null
}

async function receivedOf(db: Pool | Tx, sha256: string): Promise<number> {
  const { rows } = await db.query<{ received: number }>('SELECT coalesce(max(start + size), 0) AS received FROM blob_chunk WHERE sha256 = $1', [sha256])
  return rows[0]?.received ?? 0
}

/** One part after another, so that a large content never lies in memory whole. */
async function hashOf(tx: Tx, key: Buffer, sha256: string): Promise<string> {
  const hash = createHash('sha256')
  for (let start = 0; ; ) {
    const { rows } = await tx.query<Chunk>('SELECT start, size, data FROM blob_chunk WHERE sha256 = $1 AND start = $2', [sha256, start])
    const chunk = rows[0]
    if (!chunk) return hash.digest('hex')
    hash.update(open(key, sha256, chunk))
    start += chunk.size
  }
}

/** Bound to its content and place: parts cannot be exchanged. */
const place = (sha256: string, start: number, size: number) => Buffer.from(`${sha256} ${start} ${size}`)

function seal(key: Buffer, sha256: string, start: number, bytes: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(place(sha256, start, bytes.length))
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()])
}

function open(key: Buffer, sha256: string, { start, size, data }: Chunk): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, nonceBytes))
  decipher.setAAD(place(sha256, start, size))
  decipher.setAuthTag(data.subarray(data.length - tagBytes))
  return Buffer.concat([decipher.update(data.subarray(nonceBytes, data.length - tagBytes)), decipher.final()])
}
