import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { ok } from '../../../shared/domain/result.ts'
import type { HandlersOf } from '../context.ts'
import { customerCount } from '../customers/customer-count.ts'
import { peopleNames } from '../people/people-names.ts'

export const outboxHandlers: HandlersOf<'outbox'> = {
  status: (call) => {
    const db = call.store.rawReader
    const one = (sql: string): unknown => db.prepare(sql).pluck().get() ?? null
    const text = (value: unknown) => (typeof value === 'string' ? value : null)
    return Promise.resolve(
      ok({
        hub: 'none',
        lastSavedAt: text(one('SELECT at FROM outbox ORDER BY seq DESC LIMIT 1')),
        queued: Number(one(`SELECT count(*) FROM outbox WHERE state <> 'confirmed'`)),
        lastDeliveredAt: null,
        dataAsOf: text(one(`SELECT max(finished_at) FROM import_run WHERE state = 'done'`)),
        customers: customerCount(db),
      }),
    )
  },

  list: async (call, { offset, limit }) => {
    const db = call.store.rawReader
    const rows = db
      .prepare(`SELECT seq, op_id AS opId, kind, at, actor, state, reason FROM outbox WHERE state <> 'confirmed' ORDER BY seq LIMIT ? OFFSET ?`)
      .all(limit, offset) as OutboxItem[]
    const total = Number(db.prepare(`SELECT count(*) FROM outbox WHERE state <> 'confirmed'`).pluck().get())
    const name = await peopleNames(call.store, rows.map((row) => row.actor))
    return ok({ rows: rows.map((row) => ({ ...row, actor: name(row.actor) })), total })
  },
}
