import type { IndexProgress } from './lookup.ts'
import type { StorageState } from './recovery.ts'
import type { ShellAsk } from './shell.ts'

/** What the core says without being asked: which records changed, never their content. */
export type CoreEvent =
  | { readonly kind: 'changed'; readonly entity: ChangedEntity; readonly ids: readonly string[] }
  | { readonly kind: 'index'; readonly progress: IndexProgress }
  | { readonly kind: 'outbox'; readonly queued: number; readonly lastSavedAt: string }
  /** Where this desk stands with its hub has changed: `hub.status` tells. */
  | { readonly kind: 'hub' }
  /** Who is writing at other desks has changed, or is not known any longer: `tickets.holders` tells. */
  | { readonly kind: 'leases' }
  /** Whether the desk can write has changed. */
  | { readonly kind: 'storage'; readonly state: StorageState }
  | { readonly kind: 'signed_out'; readonly clientId: string }
  /** Said by the desktop: the desk locks itself in a moment, what is being typed is to be saved now. */
  | { readonly kind: 'locking'; readonly reason: LockReason }
/** The computer goes to sleep, its screen is locked, or nobody has touched it for a while. */
export type LockReason = 'suspend' | 'screen' | 'idle'
export type ChangedEntity = 'customer' | 'ticket' | 'reading' | 'contractLink' | 'person' | 'master'

/** What the desktop shell asks of one page; it travels over the same line as the core's events and only under Electron. */
export type ShellEvent = { readonly kind: 'shell'; readonly ask: ShellAsk }
export type HostEvent = CoreEvent | ShellEvent
