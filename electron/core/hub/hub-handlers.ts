import { ok, refuse } from '../../../shared/domain/result.ts'
import type { HubStatus } from '../../../shared/contract/hub.ts'
import type { HandlersOf, SignedCall } from '../context.ts'
import { outboxTotal } from '../outbox/outbox-list.ts'

/** What a desk without a hub truthfully says. */
function alone(call: SignedCall): HubStatus {
  const db = call.store.rawReader
  const oldest: unknown = db.prepare(`SELECT at FROM outbox WHERE state = 'queued' ORDER BY seq LIMIT 1`).pluck().get()
  return {
    state: 'none', trouble: null, address: null, hubName: null, officeName: null, deskName: call.desk.status(call.clientId).deskName, session: 'none',
    queued: outboxTotal(db, 'queued'), delivered: outboxTotal(db, 'delivered'), refused: outboxTotal(db, 'refused'),
    oldestQueuedAt: typeof oldest === 'string' ? oldest : null,
    lastContactAt: null, lastDeliveredAt: null, currentAsOf: null, position: 0, head: 0, snapshot: null, health: null, deferred: 0, files: { queued: 0, bytes: 0, failed: 0 }, territories: [],
  }
}

export const hubHandlers: HandlersOf<'hub'> = {
  status: (call) => Promise.resolve(ok(alone(call))),
  join: () => Promise.resolve(refuse('hub_unreachable')),
  syncNow: () => Promise.resolve(refuse('no_hub')),
  checkHealth: () => Promise.resolve(refuse('no_hub')),
  openSession: () => Promise.resolve(refuse('no_hub')),
  lookupElsewhere: () => Promise.resolve(refuse('no_hub')),
}
