/** The way of an update, from the signed manifest to the installer: knows neither Electron nor the network, both come as ports. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { BusyKind } from '../core/busy.ts'
import type { Log } from '../core/ports.ts'
import { decideInstall, decideUpdate, isSignedFile, isSignedOffer } from './policy/update-decision.ts'
import type { OfferedFile, UpdateFacts, UpdateRefusal } from './policy/update-decision.ts'
import { readManifest } from './policy/update-manifest.ts'
import type { PinnedKey, UpdateManifest } from './policy/update-manifest.ts'

export const manifestName = 'sportello-update.signed'

/** The part of electron-updater that is used; `electron-updater-port.ts` joins the two. */
export type Updater = {
  /** What the server's channel file offers; `null` when the updater is off here. */
  readonly check: () => Promise<{ readonly version: string; readonly files: readonly OfferedFile[] } | null>
  /** Paths of what was downloaded; rejects with `WrongFileError` when that is not what the channel file says. */
  readonly download: () => Promise<readonly string[]>
  /** Ends the application and starts the installer; `failed` is called, at once or later, where it cannot be started. */
  readonly install: (failed: () => void) => void
}

/** What came is not what the server's own channel file says. */
export class WrongFileError extends Error {
  override readonly name = 'WrongFileError'
}

export type UpdateParts = {
  readonly url: URL
  readonly keys: readonly PinnedKey[]
  readonly facts: () => UpdateFacts
  /** The bytes at an address, `null` when there is nothing; rejects when there is no answer, or another one. */
  readonly fetchBytes: (address: URL) => Promise<Uint8Array | null>
  readonly updater: Updater
  readonly busy: () => readonly BusyKind[]
  /** Asks the person; true to install now. */
  readonly ask: (version: string) => Promise<boolean>
  /** Closes the store, for good. */
  readonly close: () => Promise<void>
  /** The store is closed and no installer has started: only a new start helps. */
  readonly failed: () => void
  readonly log: Log
}

export type ReadyUpdate = { readonly manifest: UpdateManifest; readonly paths: readonly string[] }
export type CheckOutcome =
  | { readonly kind: 'ready'; readonly update: ReadyUpdate }
  | { readonly kind: 'none'; readonly why: 'current' | 'later' | 'unsigned' | 'unreachable' | 'off' }
  | { readonly kind: 'refused'; readonly problem: UpdateRefusal | 'not_signed_file' }
export type InstallOutcome = 'installing' | 'busy' | 'declined' | 'changed' | 'failed'

/** Looks for an update, and downloads it if it is signed, newer, in time, and this desk's turn. Never rejects. */
export async function checkForUpdate(parts: UpdateParts): Promise<CheckOutcome> {
  const outcome = await look(parts).catch((error: unknown): CheckOutcome => (error instanceof WrongFileError ? { kind: 'refused', problem: 'not_signed_file' } : { kind: 'none', why: 'unreachable' }))
  if (outcome.kind === 'refused') parts.log('error', 'update_refused', { problem: outcome.problem })
  else parts.log('info', 'update_checked', { state: outcome.kind === 'none' ? outcome.why : outcome.kind })
  return outcome
}

async function look({ url, keys, facts, fetchBytes, updater }: UpdateParts): Promise<CheckOutcome> {
  const bytes = await fetchBytes(new URL(manifestName, url))
  if (bytes === null) return { kind: 'none', why: 'unsigned' }
  const read = readManifest(bytes, keys)
  if (!read.ok) return { kind: 'refused', problem: read.problem }
  const { manifest } = read
  const decided = decideUpdate(manifest, facts())
  if (decided.kind === 'refuse') return { kind: 'refused', problem: decided.problem }
  if (decided.kind !== 'take') return { kind: 'none', why: decided.kind }
  const offer = await updater.check()
  if (offer === null) return { kind: 'none', why: 'off' }
  if (!isSignedOffer(offer, manifest)) return { kind: 'refused', problem: 'not_offered_file' }
  const paths = await updater.download()
  return (await areSigned(paths, manifest)) ? { kind: 'ready', update: { manifest, paths } } : { kind: 'refused', problem: 'not_signed_file' }
}

/** Installs, if nothing is under way that must not be cut short and the person agrees. What was downloaded is read once more just before. */
export async function installUpdate({ manifest, paths }: ReadyUpdate, { busy, ask, close, updater, facts, failed, log }: UpdateParts): Promise<InstallOutcome> {
  if (decideInstall(busy()) === 'wait') return 'busy'
  if (!(await ask(manifest.version))) return 'declined'
  // The question may have stood for hours: everything may be otherwise by now.
  if (decideUpdate(manifest, facts()).kind !== 'take' || !(await areSigned(paths, manifest))) {
    log('error', 'update_refused', { problem: 'changed' })
    return 'changed'
  }
  if (decideInstall(busy()) === 'wait') return 'busy'
  const end = (): void => {
    log('error', 'update_not_installed')
    failed()
  }
  try {
    await close()
  } catch {
    end()
    return 'failed'
  }
  log('info', 'update_installing')
  updater.install(end)
  return 'installing'
}

async function areSigned(paths: readonly string[], manifest: UpdateManifest): Promise<boolean> {
  if (paths.length === 0) return false
  for (const path of paths) if (!isSignedFile(await digestOf(path), manifest)) return false
  return true
}

/** By stream: an installer is larger than what should be held in memory at once. */
async function digestOf(path: string): Promise<{ sha512: string; size: number }> {
  const hash = createHash('sha512')
  let size = 0
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      size += chunk.length
    }
  } catch {
    return { sha512: '', size: -1 }
  }
  return { sha512: hash.digest('base64'), size }
}
