/**
 * The second signature over an update, by a key that is never on the server: the checksums in `latest.yml` come from the same
 * place as the installer, so whoever can change the one can change the other.
 *
 * Three lines, then the signed bytes to the end: no part can be written in two ways, so no byte can change unnoticed.
 *
 *     sportello update 1
 *     <key id>
 *     <Ed25519 signature, base64>
 *     {"product":"sportello","version":"1.4.0",…}
 */
import { createPublicKey, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { parseVersion } from './version.ts'

const firstLine = 'sportello update 1'
/** Far above any honest one: a dozen files take 3 kB. */
export const longestManifest = 64 * 1024

const version = z.string().refine((text) => parseVersion(text) !== null)
/** A file's own name, as it lies beside the manifest: no folder, no parent, no other server. */
const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._ -]{0,120}$/)
const schema = z.strictObject({
  product: z.string().max(40),
  version,
  /** Desks older than this cannot go to `version` directly. */
  minimumVersion: version,
  files: z.array(z.strictObject({ name: fileName, sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/), size: z.int().min(1).max(2 ** 32) })).min(1).max(40),
  /** After this instant nobody installs it any more. */
  notAfter: z.iso.datetime(),
  /** Percentage of the desks that get it, 0 to 100. */
  rollout: z.int().min(0).max(100),
})
export type UpdateManifest = z.infer<typeof schema>

/** A pinned public key: 32 bytes, base64. Two of them, so that one can be put out of use by an update that the other signs. */
export type PinnedKey = { readonly id: string; readonly publicKey: string }

export type ManifestProblem = 'not_a_manifest' | 'too_long' | 'unknown_key' | 'bad_signature' | 'bad_content'
export type ReadManifest = { readonly ok: true; readonly manifest: UpdateManifest } | { readonly ok: false; readonly problem: ManifestProblem }

/** The manifest in a downloaded file, if one of our keys has signed just these bytes. */
export function readManifest(bytes: Uint8Array, keys: readonly PinnedKey[]): ReadManifest {
  if (bytes.length > longestManifest) return { ok: false, problem: 'too_long' }
  const parts = split(Buffer.from(bytes))
  if (parts === null) return { ok: false, problem: 'not_a_manifest' }
  const key = keys.find(({ id }) => id === parts.keyId)
  if (key === undefined) return { ok: false, problem: 'unknown_key' }
  if (!isSigned(parts, key)) return { ok: false, problem: 'bad_signature' }
  const manifest = parse(parts.body)
  return manifest === null ? { ok: false, problem: 'bad_content' } : { ok: true, manifest }
}

/** The file for a manifest. Throws for a manifest that no desk would take, and for a key that is not Ed25519. */
export function signManifest(manifest: UpdateManifest, keyId: string, privateKey: KeyObject): Buffer {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new TypeError('the key is not an Ed25519 key')
  if (!keyIdGrammar.test(keyId)) throw new TypeError('a key id is 1 to 40 letters, digits and hyphens')
  const body = Buffer.from(JSON.stringify(schema.parse(manifest)))
  const signature = sign(null, signedBytes(keyId, body), privateKey)
  return Buffer.concat([Buffer.from(`${firstLine}\n${keyId}\n${signature.toString('base64')}\n`), body])
}

type Parts = { readonly keyId: string; readonly signature: string; readonly body: Buffer }
const keyIdGrammar = /^[A-Za-z0-9-]{1,40}$/
const head = /^sportello update 1\n([A-Za-z0-9-]{1,40})\n([A-Za-z0-9+/]{86}==)\n/

function split(bytes: Buffer): Parts | null {
  // Latin-1 keeps one character per byte, so that the head's length is that of its bytes.
  const found = head.exec(bytes.toString('latin1'))
  if (found === null) return null
  const [all, keyId = '', signature = ''] = found
  return { keyId, signature, body: bytes.subarray(all.length) }
}

function isSigned({ keyId, signature, body }: Parts, key: PinnedKey): boolean {
  const raw = Buffer.from(signature, 'base64')
  // The last two bits of the text are not part of the signature; only one way of writing them is ours.
  if (raw.length !== 64 || raw.toString('base64') !== signature) return false
  try {
    return verify(null, signedBytes(keyId, body), publicKeyOf(key), raw)
  } catch {
    return false
  }
}

/** The head is signed too: a signature made for anything else fits nothing here. */
function signedBytes(keyId: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${firstLine}\n${keyId}\n`), body])
}

function publicKeyOf({ publicKey }: PinnedKey): KeyObject {
  const x = Buffer.from(publicKey, 'base64').toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

function parse(body: Buffer): UpdateManifest | null {
  try {
    return schema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))).data ?? null
  } catch {
    return null
  }
}
