/** Whether a desk takes an update, and when. Pure: the manifest's signature has been checked before. */
import { createHash } from 'node:crypto'
import type { BusyKind } from '../../core/busy.ts'
import type { ManifestProblem, UpdateManifest } from './update-manifest.ts'
import { compareVersions, parseVersion } from './version.ts'

export const product = 'sportello'

export type UpdateFacts = {
  readonly currentVersion: string
  readonly now: Date
  /** Random and kept for good, so that a desk is always in the same part of a roll-out. */
  readonly deskId: string
}
export type UpdateRefusal = ManifestProblem | 'wrong_product' | 'downgrade' | 'too_old_to_update' | 'expired' | 'not_offered_file' | 'unreadable_version'
/** `current`: nothing newer. `later`: not this desk's turn in the roll-out yet. */
export type UpdateDecision = { readonly kind: 'take' } | { readonly kind: 'current' } | { readonly kind: 'later' } | { readonly kind: 'refuse'; readonly problem: UpdateRefusal }

/** In this order, so that an older or foreign manifest is told as such whatever else is wrong with it. */
export function decideUpdate(manifest: UpdateManifest, { currentVersion, now, deskId }: UpdateFacts): UpdateDecision {
  if (manifest.product !== product) return refuse('wrong_product')
  const [offered, current, oldest] = [parseVersion(manifest.version), parseVersion(currentVersion), parseVersion(manifest.minimumVersion)]
  if (offered === null || current === null || oldest === null) return refuse('unreadable_version')
  const difference = compareVersions(offered, current)
  if (difference < 0) return refuse('downgrade')
  if (difference === 0) return { kind: 'current' }
  if (!(now.getTime() <= Date.parse(manifest.notAfter))) return refuse('expired')
  if (compareVersions(current, oldest) < 0) return refuse('too_old_to_update')
  return rolloutBucket(deskId, manifest.version) < manifest.rollout ? { kind: 'take' } : { kind: 'later' }
}

/** 0 to 99, the same for a desk and a version at every asking, and not the same desks first each time. */
export function rolloutBucket(deskId: string, version: string): number {
  return createHash('sha256').update(`${deskId}\n${version}`).digest().readUInt32BE(0) % 100
}

/** What the updater's own channel file (`latest.yml`) offers. */
export type OfferedFile = { readonly url: string; readonly sha512: string; readonly size?: number }

/** Whether the updater's offer is what was signed: the same version, and no file that the manifest does not name just so. */
export function isSignedOffer(offer: { readonly version: string; readonly files: readonly OfferedFile[] }, manifest: UpdateManifest): boolean {
  return offer.version === manifest.version && offer.files.length > 0 && offer.files.every((file) => signedFile(file, manifest) !== undefined)
}

function signedFile(file: OfferedFile, manifest: UpdateManifest): UpdateManifest['files'][number] | undefined {
  return manifest.files.find(({ name, sha512, size }) => file.url === name && file.sha512 === sha512 && (file.size ?? size) === size)
}

/** Whether a file on the disk is one that was signed; its name does not count, only what is in it. */
export function isSignedFile(found: { readonly sha512: string; readonly size: number }, manifest: UpdateManifest): boolean {
  return manifest.files.some(({ sha512, size }) => sha512 === found.sha512 && size === found.size)
}

/** `wait` while the desk has such work under way; `ask` the person otherwise: nothing is installed over anybody's head. */
export function decideInstall(busy: readonly BusyKind[]): 'wait' | 'ask' {
  return busy.length > 0 ? 'wait' : 'ask'
}

/** The server with the updates: https, a host, a folder; no user, no query. `null` switches updating off. */
export function readUpdateUrl(text: string): URL | null {
  const url = URL.parse(text)
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null
  return url.pathname.endsWith('/') ? url : new URL(`${url.href}/`)
}

function refuse(problem: UpdateRefusal): UpdateDecision {
  return { kind: 'refuse', problem }
}
