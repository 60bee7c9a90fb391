/** Joining a hub and proving who asks. */
import { z } from '../domain/schema.ts'
import { roles } from '../domain/records/people.ts'

const text = (most: number) => z.string().trim().min(1).max(most)
const role = z.enum(roles)
/** 32 bytes, base64url. */
const key32 = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

export const mostConcerned = 5_000

export const enrolRequest = z.strictObject({
  code: text(80),
  deskName: text(40),
  /** Raw Ed25519 public key. */
  publicKey: key32,
  /** The hub's half of what opens this desk for a person who has no key slot there yet; given out only to who may sign in. */
  unlockKey: key32,
  appVersion: text(40),
  protocol: z.int().min(1),
  /** How many customers this desk has, and those something waits to be sent about: a hub without them would have to refuse it. */
  customers: z.int().min(0).default(0),
  concerned: z.array(z.string().min(1).max(80)).max(mostConcerned).default([]),
  /** The staff a standalone desk already has. */
  people: z.array(z.strictObject({ id: text(64), username: text(64), displayName: text(80), role, active: z.boolean() })).max(500),
})
export type EnrolRequest = z.input<typeof enrolRequest>

export const hubPerson = z.object({ id: z.string(), username: z.string(), displayName: z.string(), role, active: z.boolean() })
export const enrolAnswer = z.object({
  deviceId: z.string(),
  epoch: z.int(),
  feedId: z.string(),
  hubName: z.string(),
  officeName: z.string(),
  scopes: z.array(z.string()),
  people: z.array(hubPerson.extend({ localId: z.string() })),
})
export type EnrolAnswer = z.infer<typeof enrolAnswer>

export const sessionRequest = z.strictObject({ username: text(64), password: z.string().min(1).max(128) })
export const sessionAnswer = z.object({ token: z.string(), expiresAt: z.string(), person: hubPerson, unlockKey: key32.nullable(), passwordRevision: z.int() })
export type SessionAnswer = z.infer<typeof sessionAnswer>

/** POST /v1/passwords: how often each person's password was changed. */
export const passwordRevisions = z.object({ people: z.array(z.object({ id: z.string(), revision: z.int() })) })
export type PasswordRevisions = z.infer<typeof passwordRevisions>

/** A person adopted from a desk has no password at the hub until the first sign-in there, under the desk's own proof. */
export const identityErrors = ['code_invalid', 'code_expired', 'hub_empty', 'customers_missing', 'clock', 'device_unknown', 'device_revoked', 'wrong_credentials', 'too_many_attempts', 'person_disabled', 'session_ended'] as const
