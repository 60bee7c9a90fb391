/** Where this desk is in the hub's history, in the table `sync_state`: typed, and written only inside a transaction. */
import type { HealthCheck } from '../../../shared/contract/hub.ts'
import type { SnapshotPlan } from '../../../shared/sync/wire.ts'
import type { RawDatabase } from '../store/cipher.ts'

export type SnapshotState = {
  readonly plan: SnapshotPlan
  /** Of the next page; `null` when the last one is in and what is gone has still to be swept. */
  readonly token: string | null
  readonly customers: number
  readonly records: number
  /** Nothing was here before, or nothing is to go: there is nothing to sweep. */
  readonly fresh: boolean
  /** Of everything the desk may hold, and not of some scopes or parts only. */
  readonly whole: boolean
  /** Parts of the customers that were found to differ. */
  readonly parts?: readonly string[] | null
}
export type SyncState = {
  readonly deviceId: string
  readonly feedId: string
  readonly epoch: number
  /** The next number in the queue of this epoch. */
  readonly nextSeq: number
  readonly cursor: number
  readonly head: number
  readonly scopes: readonly string[]
  /** What people call them, as the hub last said. */
  readonly scopeNames: { readonly [scope: string]: string }
  readonly scopeRevision: number
  readonly durableThrough: number
  readonly auditHead: string
  /** What envelopes are sealed to. */
  readonly envelopeKey: string
  /** The last signed heads of the hub's audit chain, oldest first. */
  readonly auditHeads: readonly { readonly feedId: string; readonly head: string }[]
  /** People by the id they had here, whom the hub knows under another. */
  readonly aliases: { readonly [localId: string]: string }
  /** The hub's number of password changes that was last looked at. */
  readonly passwords: number
  readonly lastContactAt: string
  readonly lastDeliveredAt: string
  readonly currentAsOf: string
  readonly snapshotWanted: { readonly scopes: readonly string[] | null; readonly parts?: readonly string[]; readonly why: 'joined' | 'required' | 'feed_changed' | 'repair' | 'granted' }
  readonly snapshot: SnapshotState
  readonly health: HealthCheck
  /** Territories this desk has lost and has still to purge and report. */
  readonly purge: { readonly scopes: readonly string[]; readonly customers: number }
  /** Contents of attachments that were purged and may still lie in their files. */
  readonly purgedFiles: readonly string[]
  /** Texts being typed were purged, and may still be in the file of them. */
  readonly draftsPurged: boolean
  /** Texts that went with their customers and whoever typed them has not been told of. */
  readonly draftsRemoved: readonly { readonly personId: string; readonly form: string; readonly savedAt: string }[]
  /** Up to which number operations were confirmed, on each of the last days on which the hub was asked; oldest first. */
  readonly acknowledged: readonly { readonly day: string; readonly upTo: number }[]
  /** The shape of the desk that met rows of the hub which have no place in it (`known-shape.ts`). */
  readonly lacks: string
  /** The hub let this desk go: what was the hub's is gone, and says so. */
  readonly revoked: boolean
  readonly applying: boolean
}

export function readState<K extends keyof SyncState>(db: RawDatabase, key: K): SyncState[K] | null {
  const text = db.prepare('SELECT value FROM sync_state WHERE key = ?').pluck().get(key)
  return typeof text === 'string' ? (JSON.parse(text) as SyncState[K]) : null
}

export function writeState<K extends keyof SyncState>(db: RawDatabase, key: K, value: SyncState[K]): void {
  if (!db.inTransaction) throw new Error('where a desk is in the feed is written with the rows it speaks of')
  db.prepare('INSERT INTO sync_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, JSON.stringify(value))
}

export function clearState(db: RawDatabase, ...keys: (keyof SyncState)[]): void {
  if (!db.inTransaction) throw new Error('where a desk is in the feed is written with the rows it speaks of')
  for (const key of keys) db.prepare('DELETE FROM sync_state WHERE key = ?').run(key)
}

/** Joined and not let go. */
export function isFollowing(db: RawDatabase): boolean {
  return readState(db, 'deviceId') !== null && readState(db, 'revoked') !== true
}
