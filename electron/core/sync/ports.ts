/** What following a hub needs from outside: the line to it, and time to wait. */
import type { Json } from '../../../shared/domain/json.ts'
import type { EnrolAnswer, EnrolRequest, SessionAnswer } from '../../../shared/sync/identity.ts'
import type { LeaseNews, LeasesAnswer } from '../../../shared/sync/leases.ts'
import type { ChangesAnswer, ChecksumsAnswer, PushAnswer, PushRequest, SnapshotPlan } from '../../../shared/sync/wire.ts'

/** Why there is no answer to work with. Only `refused` was said by the hub. */
export type HubFailure =
  | { readonly kind: 'unreachable' }
  /** Something answered that is no hub: a portal of the network, a proxy, another program. */
  | { readonly kind: 'not_a_hub' }
  /** The hub asks to come back later. */
  | { readonly kind: 'busy'; readonly afterSeconds: number | null; readonly code: string }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly details: Json }
export type HubAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: HubFailure }

export type HubTransport = {
  readonly push: (request: PushRequest) => Promise<HubAnswer<PushAnswer>>
  readonly changes: (query: { feedId: string; after: number; limit: number }) => Promise<HubAnswer<ChangesAnswer>>
  /** Tells the hub's head as it grows, and who is writing; `ended` once, when the line is gone. Answers how to hang up. */
  readonly listen: (onHead: (head: number) => void, ended: () => void, leases: LeaseLine) => () => void
  /** Who is writing on the tickets of this desk just now. */
  readonly leases: () => Promise<HubAnswer<LeasesAnswer>>
  readonly snapshot: (wanted: { readonly scopes: readonly string[] | null; readonly parts: readonly string[] | null }) => Promise<HubAnswer<SnapshotPlan>>
  /** The bytes of a page, as `wire.ts` describes them. */
  readonly page: (token: string) => Promise<HubAnswer<Uint8Array>>
  readonly checksums: () => Promise<HubAnswer<ChecksumsAnswer>>
  /** The receipt of a purge: what this desk no longer holds. */
  readonly purged: (receipt: { scopes: readonly string[]; customers: number }) => Promise<HubAnswer<Json>>
  /** A new epoch for this desk, whose numbers begin at 1 again. */
  readonly newEpoch: (epoch: number) => Promise<HubAnswer<{ epoch: number }>>
  readonly openSession: (username: string, password: string) => Promise<HubAnswer<SessionAnswer>>
  readonly closeSession: (token: string) => Promise<HubAnswer<Json>>
  /** Any other route with a JSON body, as the person of the session where there is one. */
  readonly ask: (path: string, body: Json, session: string | null) => Promise<HubAnswer<Json>>
  /** A file that the hub made, as the person of the session; `sha256` as the hub told it, in hexadecimal. */
  readonly file: (path: string, type: string, session: string) => Promise<HubAnswer<{ readonly bytes: Uint8Array; readonly sha256: string | null }>>
  /** Part of an attachment, or how much of it the hub has. */
  readonly blob: BlobTransport
  /** Drops every connection, so that the next request makes its own. */
  readonly reset: () => void
  readonly close: () => void
}
export type BlobTransport = {
  readonly size: (sha256: string) => Promise<HubAnswer<{ size: number; complete: boolean }>>
  readonly put: (sha256: string, part: { start: number; total: number; bytes: Uint8Array }) => Promise<HubAnswer<Json>>
  readonly get: (sha256: string, start: number) => Promise<HubAnswer<Uint8Array>>
}

/** What comes over the line about who is writing; `opened` when it is up. */
export type LeaseLine = { readonly opened: () => void; readonly told: (news: LeaseNews) => void }

/** The requests that are made before there is a device. */
export type HubDoor = { readonly enrol: (address: string, request: EnrolRequest) => Promise<HubAnswer<EnrolAnswer>> }

/** Waiting, under the control of tests. */
export type Timer = { readonly after: (milliseconds: number, work: () => void) => () => void; readonly random: () => number }
export const systemTimer: Timer = {
  after: (milliseconds, work) => {
    const handle = setTimeout(work, milliseconds)
    handle.unref()
    return () => clearTimeout(handle)
  },
  random: Math.random,
}

/** Named places between two awaited steps; tests throw there, as a kill would stop there. */
export type CrashPoint = (place: string) => void
export const noCrash: CrashPoint = () => undefined

export const gone = (failure: HubFailure): { readonly ok: false; readonly failure: HubFailure } => ({ ok: false, failure })
