import { createCipheriv, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { envelopeKeyInfo } from '../../../../shared/sync/envelope.ts'
import type { EnvelopePush } from '../../../../shared/sync/envelope.ts'

/** A push that only the hub can read, signed by the desk that wrote it; base64. `hubKey`: the raw X25519 key, base64url. */
export function sealPush(push: EnvelopePush, privateKey: KeyObject, hubKey: string): string {
  const payload = Buffer.from(JSON.stringify(push))
  const signed = Buffer.concat([sign(null, payload, privateKey), payload])
  const own = generateKeyPairSync('x25519')
  const ownPublic = Buffer.from(own.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const secret = diffieHellman({ privateKey: own.privateKey, publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: hubKey }, format: 'jwk' }) })
  const key = Buffer.from(hkdfSync('sha256', secret, Buffer.concat([ownPublic, Buffer.from(hubKey, 'base64url')]), envelopeKeyInfo, 32))
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([ownPublic, nonce, cipher.update(signed), cipher.final(), cipher.getAuthTag()])
  key.fill(0)
  secret.fill(0)
  return sealed.toString('base64')
}
