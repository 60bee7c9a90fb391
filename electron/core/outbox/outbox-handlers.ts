import type { DecisionView } from '../../../shared/contract/decisions.ts'
import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { ok } from '../../../shared/domain/result.ts'
import type { HandlersOf } from '../context.ts'
import { customerCount } from '../customers/customer-count.ts'
import type { Follower } from '../sync/follower.ts'
import { readState } from '../sync/sync-store.ts'
import { peopleNames } from '../people/people-names.ts'
import { decisionsOf } from '../inbox/decisions.ts'
import { outboxPage, outboxTotal, outboxWriters } from './outbox-list.ts'

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

  writers: async (call, { view }) => {
    const aliases = readState(call.store.rawReader, 'aliases') ?? {}
    const counts = new Map<string, number>()
    for (const { actor, count } of outboxWriters(call.store.rawReader, view)) counts.set(aliases[actor] ?? actor, (counts.get(aliases[actor] ?? actor) ?? 0) + count)
    const name = await peopleNames(call.store, counts.keys())
    return ok([...counts].map(([id, count]) => ({ id, name: name(id), count })).toSorted((a, b) => a.name.localeCompare(b.name)))
  },

  list: async (call, { view, actor, offset, limit }) => {
    const db = call.store.rawReader
    // Before this desk joined, people had other ids.
    const aliases = readState(db, 'aliases') ?? {}
    const actors = actor === null ? null : [actor, ...Object.keys(aliases).filter((local) => aliases[local] === actor)]
    const rows = outboxPage(db, { view, actors, limit, offset })
    const name = await peopleNames(call.store, rows.map((row) => aliases[row.actor] ?? row.actor))
    const decisions = await decisionsOf(call.store, rows.filter(({ state }) => state === 'refused').map(({ opId }) => opId))
    return ok({ rows: rows.map((row) => ({ ...row, actor: name(aliases[row.actor] ?? row.actor), settled: settledOf(row.settled, decisions.get(row.opId), name) })), total: outboxTotal(db, view, actors) })
  },
}

/** What was let go here of what is about no customer stands in the entry itself. */
function settledOf(here: OutboxItem['settled'], decisions: readonly DecisionView[] | undefined, name: (id: string) => string): OutboxItem['settled'] {
  const last = decisions?.at(-1)
  if (last) return last.choice === 'taken_back' ? null : last
  return here && { ...here, by: name(here.by) }
}

/** Connecting is not connected. */
function reach(hub: Follower | null): 'none' | 'unreachable' | 'connected' {
  if (!hub) return 'none'
  return hub.standing().state === 'connected' ? 'connected' : 'unreachable'
}
