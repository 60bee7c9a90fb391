/**
 * The key that signs the audit chain. It lies beside the database and never in it: who can rewrite the chain cannot sign what they have
 * made of it. Several hubs on one database share it, as they share the key of the attachments.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { writeOnce } from '../database/write-once.ts'

/** The file holds no key for signing, or not the one of the hubs before. */
export class WrongAuditKeyError extends Error {
  override readonly name = 'WrongAuditKeyError'
}
export type AuditKey = {
  readonly sign: (text: string) => string
  readonly isSigned: (text: string, signature: string) => boolean
  /** The public half, base64url: to be written down where nobody who works on the database can change it. */
  readonly publicKey: string
}
export const auditKeyFile = 'audit.key'
const setting = 'auditKey'

/** `null` where there is none. Throws `WrongAuditKeyError` when the file is damaged. */
export function readAuditKey(dataDir: string): AuditKey | null {
  const path = join(dataDir, auditKeyFile)
  if (!existsSync(path)) return null
  try {
    const key = createPrivateKey(readFileSync(path))
    const publicHalf = createPublicKey(key)
    const publicKey = publicHalf.export({ format: 'jwk' }).x
    if (key.asymmetricKeyType !== 'ed25519' || publicKey === undefined) throw new RangeError(String(key.asymmetricKeyType))
    return {
      sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
      isSigned: (text, signature) => verify(null, Buffer.from(text), publicHalf, Buffer.from(signature, 'base64url')),
      publicKey,
    }
  } catch (cause) {
    throw new WrongAuditKeyError(`${path} does not hold an Ed25519 key`, { cause })
  }
}

/** Reads the key or makes it, and compares it with the one of the hubs before. Throws `WrongAuditKeyError`. */
export async function openAuditKey(pool: Pool, dataDir: string): Promise<AuditKey> {
  if (!existsSync(join(dataDir, auditKeyFile))) {
    if ((await namedKey(pool)) !== null) throw new WrongAuditKeyError(`${auditKeyFile} is missing: copy it from the data directory of the hub before`)
    writeOnce(join(dataDir, auditKeyFile), generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  }
  const key = readAuditKey(dataDir)
  if (!key) throw new WrongAuditKeyError(`${auditKeyFile} went away`)
  await pool.query('INSERT INTO hub_setting (key, value) VALUES ($1, to_jsonb($2::text)) ON CONFLICT DO NOTHING', [setting, key.publicKey])
  if ((await namedKey(pool)) !== key.publicKey) throw new WrongAuditKeyError(`${auditKeyFile} is not the one of the hubs before: copy it from their data directory`)
  return key
}

async function namedKey(pool: Pool): Promise<string | null> {
  const { rows } = await pool.query<{ value: string }>('SELECT value FROM hub_setting WHERE key = $1', [setting])
  return rows[0]?.value ?? null
}
