import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { writeOnce } from '../database/write-once.ts'
import type { HubParts } from '../server/parts.ts'

/** The key is not the one that the stored attachments were written with: they could not be read, and new ones would be of two kinds. */
export class WrongBlobKeyError extends Error {
  override readonly name = 'WrongBlobKeyError'
}

const keyBytes = 32

/** Reads the key of the attachments, or makes it durably before the first one is stored. Throws when the file is damaged. */
export function readOrMakeBlobKey(path: string): Buffer {
  if (!existsSync(path)) writeOnce(path, randomBytes(keyBytes).toString('base64url'))
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url')
  if (key.length !== keyBytes) throw new WrongBlobKeyError(`${path} does not hold a key of ${keyBytes} bytes`)
  return key
}

/** Several hubs on one database share the key: the first one leaves its fingerprint, a hub with another key is told so. */
export async function assertBlobKey({ pool }: Pick<HubParts, 'pool'>, key: Buffer): Promise<void> {
  const print = createHash('sha256').update('sportello-blob-key-1').update(key).digest('hex')
  await pool.query(`INSERT INTO hub_setting (key, value) VALUES ('blobKey', to_jsonb($1::text)) ON CONFLICT DO NOTHING`, [print])
  const { rows } = await pool.query<{ value: string }>(`SELECT value FROM hub_setting WHERE key = 'blobKey'`)
  if (rows[0]?.value !== print) throw new WrongBlobKeyError('the key of the attachments is not the one of the hubs before: copy attachments.key from their data directory')
}
