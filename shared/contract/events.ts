import type { IndexProgress } from './lookup.ts'

/** What the core says without being asked: which records changed, never their content. */
export type CoreEvent =
  | { readonly kind: 'changed'; readonly entity: ChangedEntity; readonly ids: readonly string[] }
  | { readonly kind: 'index'; readonly progress: IndexProgress }
  | { readonly kind: 'outbox'; readonly queued: number; readonly lastSavedAt: string }
  | { readonly kind: 'signed_out'; readonly clientId: string }
export type ChangedEntity = 'customer' | 'ticket' | 'reading' | 'contractLink' | 'person' | 'master'
