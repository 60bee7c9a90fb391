/**
 * What to do with the device secret, for every state of the operating system's key store and of the secret's own files.
 * One rule stands above all: where a secret was and cannot be had, none is made in its place and nothing is removed.
 */
import type { DeviceKeyState } from '../../../shared/contract/session.ts'

/** Which key store wraps the secret; on Linux several are possible. */
export type StoreName = 'keychain' | 'dpapi' | 'gnome_libsecret' | 'kwallet' | 'kwallet5' | 'kwallet6' | 'basic_text' | 'unknown'

export type SecretFacts = {
  readonly store: StoreName
  /** Whether the store answers at all. */
  readonly available: boolean
  /** The secret's two files: neither is there, none can be read, or one can. */
  readonly kept: 'missing' | 'damaged' | 'kept'
  /** The store that wrapped the kept secret. */
  readonly keptStore: string | null
  /** Whether key slots were sealed with a secret. Slots that cannot be read may have been. */
  readonly needed: boolean
}

/** The passwords alone, and why. */
export type Without = { readonly step: 'without'; readonly state: Exclude<DeviceKeyState, 'in_use'> }
export type FirstStep = { readonly step: 'make' } | { readonly step: 'unwrap' } | Without

const linuxStores: ReadonlySet<string> = new Set<StoreName>(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6', 'basic_text'])

/** @param selected what Electron names as the back end; on Linux only */
export function storeName(platform: string, selected: string | null): StoreName {
  if (platform === 'darwin') return 'keychain'
  if (platform === 'win32') return 'dpapi'
  return selected !== null && linuxStores.has(selected) ? (selected as StoreName) : 'unknown'
}

/** Stores that hide nothing: `basic_text` encrypts under a password that stands in Chromium's source. */
export function isWeak(store: StoreName): boolean {
  return store === 'basic_text' || store === 'unknown'
}

/** Before the store has been asked for anything. */
export function decideFirst({ store, available, kept, needed }: SecretFacts): FirstStep {
  switch (kept) {
    case 'kept':
      if (isWeak(store)) return without(needed ? 'blocked_changed' : 'weak_store')
      if (!available) return without(needed ? 'blocked_unavailable' : 'unavailable')
      return { step: 'unwrap' }
    case 'damaged':
      return without(needed ? 'blocked_damaged' : 'set_aside')
    case 'missing':
      if (needed) return without('blocked_missing')
      if (isWeak(store)) return without('weak_store')
      return available ? { step: 'make' } : without('unavailable')
  }
}

/** The store would not unwrap the kept secret, or gave something else. */
export function decideAfterRefusal({ store, keptStore, needed }: SecretFacts): Without {
  if (!needed) return without('set_aside')
  return without(keptStore === store ? 'blocked_unreadable' : 'blocked_changed')
}

/** The store said that it is there and then neither unwrapped nor refused: the same as one that is not there. */
export function decideAfterSilence({ needed }: SecretFacts): Without {
  return without(needed ? 'blocked_unavailable' : 'unavailable')
}

/** The kept secret is not one of those the key slots were sealed with: it would open nothing. */
export function decideStranger(): Without {
  return without('blocked_missing')
}

/** Whether the secret is to be wrapped afresh: the store asks for it, or another store holds it from now on. */
export function decideRewrap(facts: SecretFacts, shouldReEncrypt: boolean): boolean {
  return shouldReEncrypt || facts.keptStore !== facts.store
}

function without(state: Without['state']): Without {
  return { step: 'without', state }
}
