/** The key that desks seal their envelopes to. It lies beside the database; several hubs on one database share it, as they share the others. */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { writeOnce } from '../database/write-once.ts'

export class WrongEnvelopeKeyError extends Error {
  override readonly name = 'WrongEnvelopeKeyError'
}
export type EnvelopeKey = { readonly privateKey: KeyObject; /** Raw, base64url. */ readonly publicKey: string }
export const envelopeKeyFile = 'envelopes.key'
const setting = 'envelopeKey'

/** Reads the key or makes it, and compares it with the one of the hubs before. Throws `WrongEnvelopeKeyError`. */
export async function openEnvelopeKey(pool: Pool, dataDir: string): Promise<EnvelopeKey> {
  const path = join(dataDir, envelopeKeyFile)
  if (!existsSync(path)) {
    if ((await namedKey(pool)) !== null) throw new WrongEnvelopeKeyError(`${envelopeKeyFile} is missing: copy it from the data directory of the hub before`)
    writeOnce(path, generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  }
  const key = readKey(path)
  await pool.query('INSERT INTO hub_setting (key, value) VALUES ($1, to_jsonb($2::text)) ON CONFLICT DO NOTHING', [setting, key.publicKey])
  if ((await namedKey(pool)) !== key.publicKey) throw new WrongEnvelopeKeyError(`${envelopeKeyFile} is not the one of the hubs before: copy it from their data directory`)
  return key
}

function readKey(path: string): EnvelopeKey {
  try {
    const privateKey = createPrivateKey(readFileSync(path))
    const publicKey = createPublicKey(privateKey).export({ format: 'jwk' }).x
    if (privateKey.asymmetricKeyType !== 'x25519' || publicKey === undefined) throw new RangeError(String(privateKey.asymmetricKeyType))
    return { privateKey, publicKey }
  } catch (cause) {
    throw new WrongEnvelopeKeyError(`${path} does not hold an X25519 key`, { cause })
  }
}

async function namedKey(pool: Pool): Promise<string | null> {
  const { rows } = await pool.query<{ value: string }>('SELECT value FROM hub_setting WHERE key = $1', [setting])
  return rows[0]?.value ?? null
}
