import type { FastifyBaseLogger } from 'fastify'
import type { Pool, PoolClient } from 'pg'
import type { Registry } from 'prom-client'
import type { AuditEntry } from '../identity/audit.ts'
import type { AuditKey } from '../identity/audit-key.ts'
import type { HubConfig } from './config.ts'
import type { Route } from './route.ts'

export type Clock = { readonly now: () => Date }
/** A connection inside a transaction. */
export type Tx = PoolClient

/** What the parts of the hub are made from. Nothing true is kept in memory: another process may stand beside this one. */
export type HubParts = {
  /** Role without DDL; for reads. */
  readonly pool: Pool
  /** Commits when `work` resolves, rolls back when it rejects. */
  readonly transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  readonly clock: Clock
  readonly ids: { readonly next: () => string }
  readonly log: FastifyBaseLogger
  readonly config: HubConfig
  readonly metrics: Registry
  /** Appends to the hub's chain. Call it after everything that may fail and before `appendFeed`: both take a lock until the commit. */
  readonly audit: (tx: Tx, ...entries: readonly AuditEntry[]) => Promise<void>
  /** `null` when this hub has another key than the ones before: nothing is signed then. */
  readonly auditKey: AuditKey | null
  /** The head of the audit chain as answers carry it: signed, so that desks can hold it against the chain. */
  readonly signHead: (feedId: string, head: string) => string
  /** `false` while the database may lose what it has acknowledged; jobs stand still then, write routes answer 503. */
  readonly databaseIsSafe: () => boolean
  /** Fires when the hub begins to stop. */
  readonly stopping: AbortSignal
}

/** One part of the hub: its routes, and what runs beside them. Listed in `hub/modules.ts`. */
export type HubModule = (hub: HubParts) => {
  readonly name: string
  readonly routes: readonly Route[]
  readonly start?: () => Promise<void>
  /** After the last request has been answered, before the pool closes. */
  readonly stop?: () => Promise<void>
}
