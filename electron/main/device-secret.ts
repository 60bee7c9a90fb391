/** Gets this desk's secret out of the operating system's key store, or makes it at the first start. Knows no Electron. */
import { randomBytes } from 'node:crypto'
import type { DeviceKey } from '../core/people/device-key.ts'
import { neededDeviceSecrets } from '../core/people/key-slots.ts'
import { deviceSecretId } from '../core/people/slot-seal.ts'
import type { Log } from '../core/ports.ts'
import { readSecretFiles } from './device-secret-files.ts'
import type { KeptSecret, SecretFiles } from './device-secret-files.ts'
import { decideAfterRefusal, decideAfterSilence, decideFirst, decideRewrap, decideStranger, storeName } from './policy/safe-storage.ts'
import type { SecretFacts, StoreName, Without } from './policy/safe-storage.ts'

/** The key store of the operating system; each promise may reject. */
export type SecretStore = {
  readonly isAvailable: () => Promise<boolean>
  /** The back end's name on Linux, `null` elsewhere. */
  readonly selected: () => string | null
  readonly wrap: (text: string) => Promise<Buffer>
  readonly unwrap: (sealed: Buffer) => Promise<{ readonly text: string; readonly stale: boolean }>
}
type Parts = { readonly dataDir: string; readonly platform: string; readonly store: SecretStore; readonly log: Log }
type Unwrapped = { readonly kept: KeptSecret; readonly secret: Buffer; readonly stale: boolean }

const secretBytes = 32
/** A key store may be waiting for the person to unlock it; for ever is too long for a desk without a window. Counted anew for each question. */
const patienceMs = 60_000

/** The key store neither answers nor refuses. */
class StoreSilentError extends Error {
  override readonly name = 'StoreSilentError'
}

/**
 * The secret to mix into the key slots, and how it stands. Never rejects: where there is no secret to be had, the desk
 * opens with what the passwords alone open, says why, and leaves every file as it is.
 */
export async function openDeviceKey({ dataDir, platform, store, log }: Parts): Promise<DeviceKey> {
  const files = readSecretFiles(dataDir)
  const needed = neededDeviceSecrets(dataDir)
  const facts: SecretFacts = {
    store: storeName(platform, selectedOf(store)),
    available: await answers(store),
    kept: files.state,
    keptStore: files.kept[0]?.store ?? null,
    needed: needed === 'unknown' || needed.length > 0,
  }
  const key = await follow(facts, files, needed, store, log)
  log(key.state.startsWith('blocked_') ? 'error' : 'info', 'device_key', { state: key.state, store: facts.store })
  return key
}

async function follow(facts: SecretFacts, files: SecretFiles, needed: readonly string[] | 'unknown', store: SecretStore, log: Log): Promise<DeviceKey> {
  const first = decideFirst(facts)
  switch (first.step) {
    case 'without':
      return passwordsFor(first)
    case 'make':
      return make(facts.store, files, store, log)
    case 'unwrap': {
      const found = await unwrapAny(files.kept, needed, store)
      if (found === 'silent') return passwordsFor(decideAfterSilence(facts))
      if (found === 'refused') return passwordsFor(decideAfterRefusal(facts))
      if (found === 'stranger') return passwordsFor(decideStranger())
      const mine = { ...facts, keptStore: found.kept.store }
      await keepWell(found, decideRewrap(mine, found.stale), facts.store, files, store, log)
      return { state: 'in_use', secret: found.secret }
    }
  }
}

/** A new secret is used only after the store has given it back: one that it can wrap and not unwrap would lock the desk at the next start. */
async function make(name: StoreName, files: SecretFiles, store: SecretStore, log: Log): Promise<DeviceKey> {
  const secret = randomBytes(secretBytes)
  try {
    files.write(await wrapped(secret, name, store))
    return { state: 'in_use', secret }
  } catch (error) {
    log('error', 'device_secret_not_made', { name: nameOf(error) })
    return { state: 'unavailable', secret: null }
  }
}

/** The first copy that the store unwraps and that a slot needs, if any slot needs one. */
async function unwrapAny(copies: readonly KeptSecret[], needed: readonly string[] | 'unknown', store: SecretStore): Promise<Unwrapped | 'refused' | 'stranger' | 'silent'> {
  let answer: 'refused' | 'stranger' = 'refused'
  for (const kept of copies) {
    const found = await unwrap(kept, store)
    // Whoever says nothing about one copy is not asked about the other: the person waits meanwhile.
    if (found === 'silent') return 'silent'
    if (found === null) continue
    if (needed === 'unknown' || needed.length === 0 || needed.includes(kept.id)) return found
    answer = 'stranger'
  }
  return answer
}

async function unwrap(kept: KeptSecret, store: SecretStore): Promise<Unwrapped | 'silent' | null> {
  try {
    const { text, stale } = await inTime(store.unwrap(Buffer.from(kept.sealed, 'base64')))
    const secret = Buffer.from(text, 'base64')
    return secret.length === secretBytes && deviceSecretId(secret) === kept.id ? { kept, secret, stale } : null
  } catch (error) {
    return error instanceof StoreSilentError ? 'silent' : null
  }
}

/** Both copies whole, wrapped by the store of today. A failure changes nothing: what was read just now can be read again. */
async function keepWell({ kept, secret }: Unwrapped, rewrap: boolean, name: StoreName, files: SecretFiles, store: SecretStore, log: Log): Promise<void> {
  try {
    const good = rewrap ? await wrapped(secret, name, store) : kept
    if (files.differFrom(good)) files.write(good)
  } catch (error) {
    log('error', 'device_secret_not_rewritten', { name: nameOf(error) })
  }
}

/** Wraps, and unwraps again to be sure; throws when that does not give the same secret. */
async function wrapped(secret: Buffer, name: StoreName, store: SecretStore): Promise<KeptSecret> {
  const sealed = await inTime(store.wrap(secret.toString('base64')))
  const kept: KeptSecret = { version: 1, store: name, id: deviceSecretId(secret), sealed: sealed.toString('base64') }
  const back = await unwrap(kept, store)
  if (back === 'silent') throw new StoreSilentError()
  if (back === null) throw new Error('the key store does not give back what it was given')
  return kept
}

async function answers(store: SecretStore): Promise<boolean> {
  try {
    return await inTime(store.isAvailable())
  } catch {
    return false
  }
}

/** Rejects by name when the store does not settle; what it says later goes nowhere. */
async function inTime<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new StoreSilentError()), patienceMs)))
  try {
    return await Promise.race([asked, patience])
  } finally {
    clearTimeout(timer)
  }
}

function selectedOf(store: SecretStore): string | null {
  try {
    return store.selected()
  } catch {
    return null
  }
}

function passwordsFor({ state }: Without): DeviceKey {
  return { state, secret: null }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown'
}
