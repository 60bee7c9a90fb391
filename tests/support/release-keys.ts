import { createHash, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { PinnedKey, UpdateManifest } from '../../electron/main/policy/update-manifest.ts'

export type ReleaseKey = { readonly id: string; readonly privateKey: KeyObject; readonly pinned: PinnedKey }

/** A real Ed25519 key, as whoever releases makes one. */
export function makeReleaseKey(id: string): ReleaseKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  return { id, privateKey, pinned: { id, publicKey: raw.toString('base64') } }
}

export function sha512(bytes: string | Buffer): string {
  return createHash('sha512').update(bytes).digest('base64')
}

export const installer = Buffer.from('the installer of 1.4.0')

export function sampleManifest(change: Partial<UpdateManifest> = {}): UpdateManifest {
  return {
    product: 'sportello',
    version: '1.4.0',
    minimumVersion: '1.0.0',
    files: [{ name: 'Sportello-Setup-1.4.0.exe', sha512: sha512(installer), size: installer.length }],
    notAfter: '2026-12-20T00:00:00.000Z',
    rollout: 100,
    ...change,
  }
}
