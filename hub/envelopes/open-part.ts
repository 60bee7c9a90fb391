import { createDecipheriv, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto'
import { envelopeKeyInfo, envelopePush } from '../../shared/sync/envelope.ts'
import type { EnvelopePush } from '../../shared/sync/envelope.ts'
import { readJson } from '../server/json-body.ts'
import type { EnvelopeKey } from './envelope-key.ts'

const publicBytes = 32
const nonceBytes = 12
const tagBytes = 16
const signatureBytes = 64

/** A push with the signature of the desk it says it is from, which is still to be checked. */
export type OpenedPart = { readonly push: EnvelopePush; readonly payload: Buffer; readonly signature: Buffer }

/** `null` for what is not sealed to this key, was changed on its way, or holds something else. */
export function openPart(part: string, { privateKey, publicKey }: EnvelopeKey): OpenedPart | null {
  const bytes = Buffer.from(part, 'base64')
  if (bytes.length <= publicBytes + nonceBytes + signatureBytes + tagBytes) return null
  try {
    const theirs = bytes.subarray(0, publicBytes)
    const secret = diffieHellman({ privateKey, publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: theirs.toString('base64url') }, format: 'jwk' }) })
    const key = Buffer.from(hkdfSync('sha256', secret, Buffer.concat([theirs, Buffer.from(publicKey, 'base64url')]), envelopeKeyInfo, 32))
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(publicBytes, publicBytes + nonceBytes))
    decipher.setAuthTag(bytes.subarray(-tagBytes))
    const signed = Buffer.concat([decipher.update(bytes.subarray(publicBytes + nonceBytes, -tagBytes)), decipher.final()])
    const payload = signed.subarray(signatureBytes)
    const push = envelopePush.safeParse(readJson(payload))
    return push.success ? { push: push.data, payload, signature: signed.subarray(0, signatureBytes) } : null
  } catch {
    return null
  }
}
