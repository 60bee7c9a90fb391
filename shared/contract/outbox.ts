import { z } from '../domain/schema.ts'
import type { Json } from '../domain/json.ts'
import { call, everyone } from './call.ts'
import type { Page, ReceiptState } from './customers.ts'
import type { DecisionView } from './decisions.ts'

export type OutboxStatus = {
  /** A hub this desk sends to; a standalone desk has none and says so. */
  readonly hub: 'none' | 'unreachable' | 'connected'
  readonly lastSavedAt: string | null
  /** Everything written here that is not confirmed: refused entries until somebody has settled them, and files on their way. */
  readonly queued: number
  readonly lastDeliveredAt: string | null
  /** Place in the hub's history of the newest operation of this desk that is confirmed. */
  readonly lastConfirmed: number | null
  /** When the newest master data was loaded. */
  readonly dataAsOf: string | null
  readonly customers: number
}

/**
 * What of the outbox is looked at. `open` is everything that is not confirmed, files on their way included; what was refused leaves it once
 * it was written again or let go, and is `settled` then.
 */
export const outboxViews = ['open', 'queued', 'delivered', 'refused', 'files', 'settled', 'confirmed'] as const
export type OutboxView = (typeof outboxViews)[number]

export type OutboxItem = {
  readonly seq: number
  readonly opId: string
  /** Kind of the operation; `file` for the content of an attachment, which travels by itself. */
  readonly kind: string
  readonly at: string
  readonly actor: string
  /** The desk it was written on. */
  readonly desk: string
  readonly state: ReceiptState
  /** Code of the refusal, or of what the hub made of it; `null` while there is nothing to say. */
  readonly reason: string | null
  readonly details: Json
  /** What the hub decided: applied, merged with what was there, superseded, rejected. */
  readonly outcome: string | null
  /** Its place in the hub's history, as soon as it is there. */
  readonly pos: number | null
  readonly deliveredAt: string | null
  readonly confirmedAt: string | null
  /** What it is about; `null` where it is about no customer, or about one this desk no longer holds. */
  readonly customer: { readonly id: string; readonly name: string; readonly kind: 'person' | 'company' } | null
  readonly ticketId: string | null
  /** When it left in an envelope, the last time; it waits here all the same until the hub has confirmed it. */
  readonly envelopedAt: string | null
  /** What became of it after it was refused. */
  readonly settled: DecisionView | null
  /** Of a file: bytes, and how many the hub has. */
  readonly file: { readonly name: string; readonly size: number; readonly sent: number } | null
}
/** Somebody who wrote what is in a view, and how many entries. */
export type OutboxWriter = { readonly id: string; readonly name: string; readonly count: number }

export const outboxCalls = {
  status: call({ input: z.strictObject({}), errors: [], access: everyone, audit: 'none' }).returns<OutboxStatus>(),
  /** Who wrote what is in a view, by name. */
  writers: call({ input: z.strictObject({ view: z.enum(outboxViews).default('open') }), errors: [], access: everyone, audit: 'none' }).returns<readonly OutboxWriter[]>(),
  /** Oldest first; the confirmed and the settled newest first. `actor`: of one person only. */
  list: call({
    input: z.strictObject({ view: z.enum(outboxViews).default('open'), actor: z.string().min(1).max(80).nullable().default(null), offset: z.int().min(0).default(0), limit: z.int().min(1).max(500).default(100) }),
    errors: [],
    access: everyone,
    audit: 'none',
  }).returns<Page<OutboxItem>>(),
}
