import { z } from '../domain/schema.ts'
import { call, everyone } from './call.ts'
import type { Page, ReceiptState } from './customers.ts'

export type OutboxStatus = {
  /** A hub this desk sends to; a standalone desk has none and says so. */
  readonly hub: 'none' | 'unreachable' | 'connected'
  readonly lastSavedAt: string | null
  readonly queued: number
  readonly lastDeliveredAt: string | null
  /** When the newest master data was loaded. */
  readonly dataAsOf: string | null
  readonly customers: number
}
export type OutboxItem = { readonly seq: number; readonly opId: string; readonly kind: string; readonly at: string; readonly actor: string; readonly state: ReceiptState; readonly reason: string | null }

export const outboxCalls = {
  status: call({ input: z.strictObject({}), errors: [], access: everyone, audit: 'none' }).returns<OutboxStatus>(),
  list: call({ input: z.strictObject({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(500).default(100) }), errors: [], access: everyone, audit: 'none' }).returns<Page<OutboxItem>>(),
}
