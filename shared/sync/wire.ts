/** What a desk and the hub say to each other about records: one description, checked on both sides. */
import type { Json } from '../domain/json.ts'
import { z } from '../domain/schema.ts'
import { canonicalJson } from './canonical.ts'

/** The version both sides speak; a hub also understands `oldestProtocol`, and tells anything older that it is too old. */
export const protocol = 1
export const oldestProtocol = 1

export const pushLimits = { operations: 200, bytes: 1024 * 1024 } as const
export const changesLimit = 2_000

const id = z.string().min(1).max(80)
const instant = z.iso.datetime()
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const position = z.int().min(0)

/** An operation as it travels. `basis` is what the desk saw when it decided, for the rules that compare. */
export const wireOperation = z.strictObject({
  opId: z.string().regex(/^[0-9a-zA-Z-]{8,64}$/),
  seq: z.int().min(1),
  kind: z.string().min(3).max(64),
  version: z.int().min(1).max(1_000),
  input: z.json(),
  basis: z.json(),
  /** Person of the staff as the desk knows them. */
  actor: id,
  /** Instant at which the desk decided; never a reason to refuse. */
  at: instant,
  /** Name of the desk at that time. */
  desk: z.string().min(1).max(80),
  entity: z.string().min(1).max(40),
  subjectId: id,
  hash,
})
export type WireOperation = z.infer<typeof wireOperation>

/** What is hashed of an operation: everything but its place in the queue. */
export function opHashText(operation: Omit<WireOperation, 'seq' | 'hash' | 'input' | 'basis'> & { readonly input: Json; readonly basis: Json }): string {
  const { opId, kind, version, input, basis, actor, at, desk, entity, subjectId } = operation
  return canonicalJson({ opId, kind, version, input, basis, actor, at, desk, entity, subjectId })
}

export const pushRequest = z.strictObject({
  protocol: z.int().min(1),
  epoch: z.int().min(1),
  /** The history the desk believes in; another one at the hub means a restore. */
  feedId: z.string().max(64),
  firstSeq: z.int().min(1),
  operations: z.array(wireOperation).min(1).max(pushLimits.operations),
})
export type PushRequest = z.infer<typeof pushRequest>

/** `merged`: joined with what was there. `superseded`: kept in the history, without the effect it was meant to have. */
export const outcomes = ['applied', 'merged', 'superseded', 'rejected'] as const
export type Outcome = (typeof outcomes)[number]

export const receipt = z.object({
  seq: z.int(),
  opId: z.string(),
  outcome: z.enum(outcomes),
  /** Why it was refused, or what it was merged with; a code, never a sentence. */
  code: z.string().nullable(),
  details: z.json(),
  /** Where its effect stands in the feed; 0 when it has none. */
  pos: z.int(),
})
export type Receipt = z.infer<typeof receipt>

export const pushAnswer = z.object({ feedId: z.string(), epoch: z.int(), ackedThrough: z.int(), receipts: z.array(receipt), head: z.int(), auditHead: z.string() })
export type PushAnswer = z.infer<typeof pushAnswer>

/** One changed row: `put` as it is now, `delete` one that is gone here. A desk lets a kind it does not know wait. */
export const feedChange = z.object({
  pos: z.int(),
  table: z.string(),
  key: z.array(z.union([z.string(), z.number()])),
  kind: z.string().min(1).max(40),
  /** By property name, as in `shared/domain/records`; fields a desk does not know are kept as they are. */
  row: z.record(z.string(), z.json()).nullable(),
})
export type FeedChange = z.infer<typeof feedChange>

/** GET /v1/changes?feedId=&after=&limit=&protocol= */
export const changesQuery = z.strictObject({ feedId: z.string().max(64), after: z.coerce.number().int().min(0), limit: z.coerce.number().int().min(1).max(changesLimit).default(500), protocol: z.coerce.number().int().min(1) })
/** `to` covers what the scopes filtered away: gaps cannot hide. `scopeRevision` differs from the desk's when its territories changed. */
export const changesAnswer = z.object({
  feedId: z.string(),
  from: position,
  to: position,
  head: position,
  more: z.boolean(),
  changes: z.array(feedChange),
  scopes: z.array(z.string()),
  /** What people call them, by id; hubs of before do not say. */
  scopeNames: z.record(z.string(), z.string()).optional(),
  scopeRevision: z.int(),
  /** Operations up to here are in a verified backup of the hub; older receipts need not be kept. */
  durableThrough: z.int(),
  auditHead: z.string(),
  /** Another number than the last time: a password was changed (`passwordRevisions`). */
  passwords: z.int().default(0),
})
export type ChangesAnswer = z.infer<typeof changesAnswer>

/** POST /v1/snapshot: the desk asks for the scopes it lacks; pages are fetched one by one with the token of the page before. */
export const mostParts = 40
/** A part is the last two characters of a customer's id: sums are compared by parts, and those that differ are fetched again. */
const part = z.string().max(8)
export const snapshotRequest = z.strictObject({ protocol: z.int().min(1), scopes: z.array(id).max(1_000).nullable(), parts: z.array(part).max(mostParts).nullable().default(null) })
export const snapshotPlan = z.object({
  feedId: z.string(),
  /** Head of the feed before the first page: the feed is followed from here. */
  position,
  scopes: z.array(z.string()),
  scopeRevision: z.int(),
  /** Estimates, for an honest percentage; recounted by the desk as pages come. */
  customers: z.int(),
  records: z.int(),
  token: z.string(),
})
export type SnapshotPlan = z.infer<typeof snapshotPlan>

/**
 * GET /v1/snapshot/page?token= answers text/plain: a first line of JSON, then for each table a line `#table<TAB>column…` followed by
 * rows in PostgreSQL's COPY text format (tab between values, \N for null), everything that belongs to a slice of customers together.
 */
export const snapshotPageHead = z.object({
  /** For the next page; `null` after the last. */
  next: z.string().nullable(),
  /** Customers up to here, of the plan's. */
  customersSoFar: z.int(),
  /** Head of the feed when the page was read. */
  head: position,
})
export type SnapshotPageHead = z.infer<typeof snapshotPageHead>

/** GET /v1/checksums: count and order-independent sum over the rows of each table in the desk's territories, by parts of the customers; `scope` is the part, or `*` for what is everybody's and for a table without rows. */
export const tableChecksum = z.object({ table: z.string(), scope: z.string(), rows: z.int(), sum: z.string() })
export const checksumsAnswer = z.object({ feedId: z.string(), head: position, checksums: z.array(tableChecksum) })
export type ChecksumsAnswer = z.infer<typeof checksumsAnswer>

/** Errors of the sync routes; `details` as said. */
export const syncErrors = {
  /** {epoch}: the hub knows this desk under another epoch. */
  epoch: 409,
  /** {expected}: operations are missing before the first one sent. */
  gap: 409,
  /** {seq}: the same number was used for another operation; the desk begins a new epoch. */
  rollback: 409,
  /** {feedId}: the hub's history is another one; the desk offers again what it has and takes a new snapshot. */
  feed_changed: 409,
  snapshot_required: 410,
  too_old: 426,
} as const
export type SyncError = keyof typeof syncErrors

/** The text a desk signs for every request. `bodyHash` is the lower-case hexadecimal SHA-256 of the body's bytes, also of an empty one. */
export function proofText(request: { method: string; path: string; time: string; nonce: string; bodyHash: string }): string {
  return ['sportello-proof-1', request.method.toUpperCase(), request.path, request.time, request.nonce, request.bodyHash].join('\n')
}
