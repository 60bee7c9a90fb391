/** The desk and its hub: joining, following, and what the screen may truthfully say about it. */
import { z } from '../domain/schema.ts'
import type { Json } from '../domain/json.ts'
import { administrators, call, everyone } from './call.ts'

export const linkStates = ['none', 'connecting', 'connected', 'unreachable', 'refused'] as const
/** `none`: a standalone desk. `refused`: the hub no longer lets this desk in. */
export type LinkState = (typeof linkStates)[number]
/** Why a desk that has a hub cannot follow it just now; `null` while it can. */
export type LinkTrouble = 'unreachable' | 'revoked' | 'too_old' | 'feed_changed' | 'unsafe_database' | 'clock' | 'not_a_hub' | 'internal'

export type SnapshotProgress = { readonly phase: 'loading' | 'catching_up'; readonly customers: number; readonly ofCustomers: number; readonly records: number }
export type HealthCheck = { readonly at: string; readonly result: 'same' | 'differs' | 'repaired' | 'running'; readonly tables: number; readonly rows: number; readonly differing: readonly string[] }

export type HubStatus = {
  readonly state: LinkState
  readonly trouble: LinkTrouble | null
  readonly address: string | null
  readonly hubName: string | null
  readonly officeName: string | null
  readonly deskName: string
  /** Whether the person signed in here has a session at the hub as well. */
  readonly session: 'none' | 'open' | 'needed'
  /** Writes wait, the hub answers, and nothing has moved for a while; `oldestQueuedAt` tells since when. */
  readonly stuck: boolean
  readonly queued: number
  readonly delivered: number
  readonly refused: number
  readonly oldestQueuedAt: string | null
  readonly lastContactAt: string | null
  readonly lastDeliveredAt: string | null
  /** The hub's history is here up to this instant: the age of what is shown. */
  readonly currentAsOf: string | null
  readonly position: number
  readonly head: number
  readonly snapshot: SnapshotProgress | null
  readonly health: HealthCheck | null
  /** Changes of a newer hub that wait for a newer desk. */
  readonly deferred: number
  readonly files: { readonly queued: number; readonly bytes: number; readonly failed: number }
  /** Names of the territories this desk holds; the id where the hub has told no name. */
  readonly territories: readonly string[]
}

export type RemoteCustomer = {
  readonly customerId: string
  readonly name: string
  readonly code: string
  readonly brandName: string
  readonly address: string | null
  readonly supplies: readonly { readonly commodity: string; readonly code: string; readonly state: string; readonly address: string | null }[]
  readonly openTickets: readonly { readonly code: string; readonly number: string | null; readonly subject: string; readonly state: string; readonly receivedDay: string }[]
}

const code = z.string().trim().max(80)
export const lookupReasons = ['caller', 'counter', 'complaint', 'other'] as const

export const hubCalls = {
  status: call({ input: z.strictObject({}), errors: [], access: everyone, audit: 'none' }).returns<HubStatus>(),
  /** Joins a hub with a one-time code; everything this desk has stays and is sent. */
  join: call({
    input: z.strictObject({ address: z.string().trim().min(8).max(300), code: code.min(4) }),
    errors: ['already_joined', 'address_invalid', 'hub_unreachable', 'not_a_hub', 'code_invalid', 'code_expired', 'hub_empty', 'customers_missing', 'too_old', 'hub_refused'],
    access: administrators,
    audit: 'administered',
  }).returns<HubStatus>(),
  /** Asks for an exchange now rather than at the next turn. */
  syncNow: call({ input: z.strictObject({}), errors: ['no_hub'], access: everyone, audit: 'none' }).returns<HubStatus>(),
  /** Compares counts and digests of every table with the hub's now; what differs is fetched again. */
  checkHealth: call({ input: z.strictObject({}), errors: ['no_hub', 'hub_unreachable'], access: everyone, audit: 'none' }).returns<HubStatus>(),
  /** Everything that waits, sealed for the hub: a file that any desk with a line can bring there. It goes on waiting here. */
  makeEnvelope: call({ input: z.strictObject({}), errors: ['no_hub', 'nothing_waits', 'no_envelope_key'], access: everyone, audit: 'exported' }).returns<{ readonly text: string; readonly operations: number }>(),
  /** Brings another desk's envelope to the hub. Nothing in it is taken twice, whatever else has brought it there. */
  relayEnvelope: call({
    input: z.strictObject({ text: z.string().min(1).max(32_000_000) }),
    errors: ['no_hub', 'envelope_invalid', 'envelope_origin', 'envelope_outdated', 'hub_unreachable', 'hub_refused'],
    access: everyone,
    audit: 'administered',
  }).returns<{ readonly desk: string; readonly operations: number; readonly taken: number; readonly refused: number }>(),
  /** A session at the hub for the person signed in here, where one is missing. */
  openSession: call({
    input: z.strictObject({ password: z.string().min(1).max(128) }),
    errors: ['no_hub', 'hub_unreachable', 'wrong_credentials', 'too_many_attempts', 'person_disabled', 'hub_refused'],
    access: everyone,
    audit: 'none',
  }).returns<HubStatus>(),
  /** One customer that this desk does not hold, by an exact code or two facts at least; with a reason, and on record at the hub. */
  lookupElsewhere: call({
    input: z.strictObject({
      reason: z.enum(lookupReasons),
      code: code.default(''),
      name: code.default(''),
      birthDay: code.default(''),
      town: code.default(''),
      phone: code.default(''),
    }),
    errors: ['no_hub', 'hub_unreachable', 'hub_session', 'criteria_missing', 'not_found', 'several_found', 'too_many_searches', 'hub_refused'],
    access: everyone,
    audit: 'searched',
  }).returns<RemoteCustomer>(),
}

/** What the hub answered beside what is declared; shown as it is. */
export type HubRefusal = { readonly code: string; readonly details: Json }
