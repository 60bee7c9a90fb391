import { ok } from '../../../shared/domain/result.ts'
import type { HandlersOf } from '../context.ts'
import { customerCount } from '../customers/customer-count.ts'
import type { Follower } from '../sync/follower.ts'
import { readState } from '../sync/sync-store.ts'
import { peopleNames } from '../people/people-names.ts'
import { outboxPage, outboxTotal } from './outbox-list.ts'

export const outboxHandlers: HandlersOf<'outbox'> = {
  status: (call) => {
    const db = call.store.rawReader
    const one = (sql: string): unknown => db.prepare(sql).pluck().get() ?? null
    const text = (value: unknown) => (typeof value === 'string' ? value : null)
    const confirmed = one(`SELECT pos FROM outbox WHERE state = 'confirmed' ORDER BY seq DESC LIMIT 1`)
    return Promise.resolve(
      ok({
        hub: reach(call.desk.hub()),
        lastSavedAt: text(one('SELECT at FROM outbox ORDER BY seq DESC LIMIT 1')),
        queued: outboxTotal(db, 'open'),
        lastDeliveredAt: readState(db, 'lastDeliveredAt'),
        lastConfirmed: typeof confirmed === 'number' ? confirmed : null,
        dataAsOf: readState(db, 'currentAsOf') ?? text(one(`SELECT max(finished_at) FROM import_run WHERE state = 'done'`)),
        customers: customerCount(db),
      }),
    )
  },

  list: async (call, { view, offset, limit }) => {
    const db = call.store.rawReader
    const rows = outboxPage(db, view, limit, offset)
    const name = await peopleNames(call.store, rows.map((row) => row.actor))
    return ok({ rows: rows.map((row) => ({ ...row, actor: name(row.actor) })), total: outboxTotal(db, view) })
  },
}

/** Connecting is not connected. */
function reach(hub: Follower | null): 'none' | 'unreachable' | 'connected' {
  if (!hub) return 'none'
  return hub.standing().state === 'connected' ? 'connected' : 'unreachable'
}
