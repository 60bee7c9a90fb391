/** Who asks is proved by a signature over the whole request with the key of an enrolled desk, so a copied token alone opens nothing. */
import { createHash, createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { proofText } from '../../shared/sync/wire.ts'

export type Proof = { readonly deviceId: string; readonly time: string; readonly nonce: string; readonly signature: Buffer }

export const clockToleranceMs = 10 * 60_000
const nonceKeptMs = 2 * clockToleranceMs
const device = /^Device ([0-9a-zA-Z-]{8,64})$/
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/
const nonce = /^[A-Za-z0-9_-]{22}$/
const signature = /^[A-Za-z0-9_-]{86}$/

/** What the headers claim, or `null` when one is missing or malformed. */
export function readProof(headers: IncomingHttpHeaders): Proof | null {
  const one = (name: string, shape: RegExp) => {
    const value = headers[name]
    return typeof value === 'string' ? (shape.exec(value) ?? null) : null
  }
  const found = { device: one('authorization', device), time: one('x-sportello-time', instant), nonce: one('x-sportello-nonce', nonce), proof: one('x-sportello-proof', signature) }
  if (!found.device || !found.time || !found.nonce || !found.proof) return null
  if (Number.isNaN(Date.parse(found.time[0]))) return null
  return { deviceId: found.device[1] ?? '', time: found.time[0], nonce: found.nonce[0], signature: Buffer.from(found.proof[0], 'base64url') }
}

/** `path` with its query, as it was sent. `publicKey` is the raw key of 32 bytes. */
export function isProven(proof: Proof, publicKey: Buffer, request: { readonly method: string; readonly path: string; readonly body: Buffer }): boolean {
  const key = keyOf(publicKey)
  const bodyHash = createHash('sha256').update(request.body).digest('hex')
  return key !== null && verify(null, Buffer.from(proofText({ ...request, time: proof.time, nonce: proof.nonce, bodyHash })), key, proof.signature)
}

const keysKept = 5_000
const keys = new Map<string, KeyObject | null>()

/** `null` for bytes that are no point of the curve. Keys read before are kept: reading one costs as much as half a signature. */
export function keyOf(publicKey: Buffer): KeyObject | null {
  const x = publicKey.toString('base64url')
  const known = keys.get(x)
  if (known !== undefined) return known
  if (keys.size >= keysKept) keys.clear()
  const key = readKey(x)
  keys.set(x, key)
  return key
}

function readKey(x: string): KeyObject | null {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  } catch {
    return null
  }
}

/** Nonces seen lately; a request copied off the line is answered once by each process, and only within the tolerance. */
export function createNonceMemory(): { readonly isFirst: (deviceId: string, nonce: string, now: number) => boolean } {
  // Two generations: forgetting is dropping a whole map, and memory stays bounded by the traffic of 40 minutes.
  let young = new Set<string>()
  let old = new Set<string>()
  let since = 0
  return {
    isFirst: (deviceId, nonce, now) => {
      if (Math.abs(now - since) >= nonceKeptMs) {
        old = Math.abs(now - since) >= 2 * nonceKeptMs ? new Set() : young
        young = new Set()
        since = now
      }
      const key = `${deviceId} ${nonce}`
      if (young.has(key) || old.has(key)) return false
      young.add(key)
      return true
    },
  }
}
