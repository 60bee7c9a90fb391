import { z } from '../domain/schema.ts'
import { call, everyone } from './call.ts'

/** How the file of the desk was found: not there, of no length, not readable from its first page on, or damaged further in. */
export const damageKinds = ['missing', 'empty', 'unreadable', 'pages'] as const
export type Damage = (typeof damageKinds)[number]

/** A copy of the desk made here earlier. `checking` until it has been opened and read to its end. */
export type RecoveryCopy = {
  readonly id: string
  /** When it was made, ISO instant. */
  readonly at: string
  readonly reason: 'daily' | 'before_version' | 'before_joining'
  readonly state: 'checking' | 'good' | 'damaged' | 'too_new'
  /** Customers in it; known of a good one. */
  readonly customers: number | null
}

/**
 * Why the desk does not open, each with its own screen. Nothing of the desk's data is ever deleted in any of them.
 * `unlocked`: who asks has given a right password, and may choose what is done.
 */
export type RecoveryState =
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged'; readonly found: Damage; readonly unlocked: boolean; readonly joined: boolean; readonly copies: readonly RecoveryCopy[]; readonly journaled: number }
  | { readonly kind: 'key_slots'; readonly found: 'missing' | 'damaged' | 'mismatch'; readonly joined: boolean }
  | { readonly kind: 'from_future'; readonly version: number; readonly known: number }
  | { readonly kind: 'read_only' }
  | { readonly kind: 'disk_full' }
  | { readonly kind: 'second_instance' }
export type RecoveryKind = RecoveryState['kind']

/** What was put right without or with the person, told until it has been read. */
export type RecoveryNote = {
  readonly id: string
  readonly at: string
  /** `old_copy`: the file was older than what was known to be in it. `log_lost`: saved work was missing and was put back. */
  readonly kind: 'restored' | 'rebuilt' | 'old_copy' | 'log_lost'
  /** When the copy was made that is in use now. */
  readonly copyAt: string | null
  /** Operations put back from the second copy of unsent work, and texts being typed. */
  readonly recovered: number
  readonly drafts: number
  /** Put back, but without effect until somebody looks: the record they speak of is not here. */
  readonly withoutEffect: number
  /** Known to have been saved here, and nowhere to be found on this desk. */
  readonly missing: number
  /** Folder with the damaged files, inside the data directory. */
  readonly aside: string | null
  readonly joined: boolean
}

/** Whether the desk can write now. `damaged`: a page could not be read while working. */
export type StorageState = 'ok' | 'full' | 'read_only' | 'damaged'

export type RecoveryStatus = {
  readonly state: RecoveryState
  readonly notes: readonly RecoveryNote[]
  readonly storage: StorageState
  /** The database knows of a hub, and the file that says which is gone or damaged: nothing is sent, and this is no desk that stands alone. */
  readonly hubLinkLost: boolean
}

const nothing = z.strictObject({})

export const recoveryCalls = {
  /** Before sign-in too: why the desk does not open. Notes are for who is signed in. */
  status: call({ input: nothing, errors: [], access: 'anyone', audit: 'none' }).returns<RecoveryStatus>(),
  /** Looks again whether the desk can be opened; whoever had given a password gives it again. */
  tryAgain: call({ input: nothing, errors: [], access: 'anyone', audit: 'none' }).returns<RecoveryStatus>(),
  /** Sets the damaged files aside, takes a good copy and puts unsent work back. Only for who has given a right password. */
  restore: call({ input: z.strictObject({ copyId: z.string().min(1).max(80) }), errors: ['not_unlocked', 'copy_unusable'], access: 'anyone', audit: 'none' }).returns<RecoveryStatus>(),
  /** At a desk of a hub: sets the damaged files aside and takes everything from the hub anew, with unsent work. */
  rebuild: call({ input: nothing, errors: ['not_unlocked', 'not_joined'], access: 'anyone', audit: 'none' }).returns<RecoveryStatus>(),
  /** What somebody who helps needs to know: versions, sizes, states. No personal data. */
  report: call({ input: nothing, errors: [], access: 'anyone', audit: 'none' }).returns<{ readonly name: string; readonly text: string }>(),
  /** The note was read. */
  acknowledge: call({ input: z.strictObject({ id: z.string().min(1).max(80) }), errors: [], access: everyone, audit: 'none' }).returns<RecoveryStatus>(),
}
