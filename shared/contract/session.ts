import { z } from '../domain/schema.ts'
import type { CivilDay } from '../domain/civil-day.ts'
import { longestLockMinutes, shortestLockMinutes } from '../domain/lock.ts'
import { roles } from '../domain/records/people.ts'
import type { Role } from '../domain/records/people.ts'
import type { RecoveryKind } from './recovery.ts'
import { call, everyone } from './call.ts'

export const languages = ['it', 'en'] as const
export const themes = ['light', 'dark'] as const
const preferences = z.strictObject({
  language: z.enum(languages).nullable(),
  theme: z.enum(themes).nullable(),
  singleKeys: z.boolean(),
  lockMinutes: z.int().min(shortestLockMinutes).max(longestLockMinutes),
})
/** `null` follows the system. */
export type Preferences = z.infer<typeof preferences>

export type SignedInPerson = { readonly id: string; readonly displayName: string; readonly username: string; readonly role: Role }

/**
 * What the operating system's key store adds to the passwords of this desk. `no_store`: this host has none. `weak_store`,
 * `unavailable`, `set_aside`: nothing, and nothing depends on it. `blocked_…`: slots depend on a secret that cannot be had
 * (the store does not answer, is another one, does not know it, its file is damaged or gone); they stay as they are.
 */
export const deviceKeyStates = ['in_use', 'no_store', 'weak_store', 'unavailable', 'set_aside', 'blocked_unavailable', 'blocked_changed', 'blocked_unreadable', 'blocked_damaged', 'blocked_missing'] as const
export type DeviceKeyState = (typeof deviceKeyStates)[number]

export type SessionStatus = {
  /** `setup` on a first run (no administrator yet); then signed out or in. */
  readonly state: 'setup' | 'signed_out' | 'signed_in'
  readonly person: SignedInPerson | null
  readonly preferences: Preferences
  readonly deskName: string
  readonly today: CivilDay
  /** Demo credentials, in demo mode only: shown on the sign-in page. */
  readonly demo: readonly { readonly username: string; readonly password: string; readonly role: Role }[] | null
  readonly deviceKey: DeviceKeyState
  /** While a store of an older version is brought to the newest, for whoever is signing in: steps done, and all. */
  readonly migration: { readonly done: number; readonly total: number } | null
  /** While the store is read to its end after an end that was not clean, for whoever is signing in. */
  readonly checking?: boolean
  /** The desk does not open, and has a screen that says why: `recovery.status` tells all of it. */
  readonly recovery?: Exclude<RecoveryKind, 'none'>
  /** The hub has let this desk go: its customers do not stay here. */
  readonly letGo?: boolean
}

const username = z.string().trim().min(2).max(64)
/** At least 8 characters, at most 128; no composition rules (OWASP ASVS 6.2). */
const newPassword = z.string().min(8).max(128)

export const sessionCalls = {
  status: call({ input: z.strictObject({}), errors: [], access: 'anyone', audit: 'none' }).returns<SessionStatus>(),
  signIn: call({
    input: z.strictObject({ username, password: z.string().min(1).max(128) }),
    errors: ['wrong_credentials', 'too_many_attempts', 'person_disabled', 'store_unreadable', 'store_from_future', 'device_key_missing'],
    access: 'anyone',
    audit: 'signed_in',
  }).returns<SessionStatus>(),
  setUp: call({
    input: z.strictObject({ username, displayName: z.string().trim().min(2).max(80), password: newPassword, deskName: z.string().trim().min(1).max(40) }),
    errors: ['already_set_up'],
    access: 'anyone',
    audit: 'set_up',
  }).returns<SessionStatus>(),
  /** Leaves its trace before the store closes. */
  signOut: call({ input: z.strictObject({}), errors: [], access: everyone, audit: 'none' }).returns<SessionStatus>(),
  setPreferences: call({ input: preferences, errors: [], access: everyone, audit: 'none' }).returns<Preferences>(),
}

export const personInput = z.strictObject({ username, displayName: z.string().trim().min(2).max(80), role: z.enum(roles), password: newPassword })
