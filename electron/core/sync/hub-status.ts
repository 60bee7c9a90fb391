import type { HubStatus } from '../../../shared/contract/hub.ts'
import type { RawDatabase } from '../store/cipher.ts'
import type { Follower } from './follower.ts'
import { outboxTotal } from '../outbox/outbox-list.ts'
import { readState } from './sync-store.ts'

/** What may truthfully be said about this desk and its hub, read from the store at this moment. */
export function hubStatus(db: RawDatabase, follower: Follower | null, desk: { deskName: string; personId: string }): HubStatus {
  const oldest: unknown = db.prepare(`SELECT at FROM outbox WHERE state = 'queued' ORDER BY seq LIMIT 1`).pluck().get()
  const count = (state: string) => Number(db.prepare('SELECT count(*) FROM outbox WHERE state = ?').pluck().get(state))
  const files = db.prepare(`SELECT coalesce(sum(state = 'queued'), 0) AS queued, coalesce(sum(CASE WHEN state = 'queued' THEN size - sent ELSE 0 END), 0) AS bytes, coalesce(sum(state = 'failed'), 0) AS failed FROM blob_queue`).get() as HubStatus['files']
  const standing = follower?.standing() ?? { state: 'none' as const, trouble: null, stuck: false }
  const read = <K extends 'lastContactAt' | 'lastDeliveredAt' | 'currentAsOf' | 'health'>(key: K) => (follower ? readState(db, key) : null)
  const names = readState(db, 'scopeNames') ?? {}
  return {
    state: standing.state,
    trouble: standing.trouble,
    address: follower?.link.address ?? null,
    hubName: follower?.link.hubName ?? null,
    officeName: follower?.link.officeName ?? null,
    deskName: desk.deskName,
    session: follower ? (follower.sessionOf(desk.personId) === null ? 'needed' : 'open') : 'none',
    // Offline is no fault: only a hub that answers can leave things lying.
    stuck: standing.stuck && typeof oldest === 'string' && (standing.state === 'connected' || standing.state === 'connecting'),
    queued: count('queued'),
    delivered: count('delivered'),
    refused: outboxTotal(db, 'refused'),
    oldestQueuedAt: typeof oldest === 'string' ? oldest : null,
    lastContactAt: read('lastContactAt'),
    lastDeliveredAt: read('lastDeliveredAt'),
    currentAsOf: read('currentAsOf'),
    position: readState(db, 'cursor') ?? 0,
    head: readState(db, 'head') ?? 0,
    snapshot: follower?.snapshot() ?? null,
    health: read('health'),
    deferred: Number(db.prepare('SELECT count(*) FROM deferred_change').pluck().get()),
    files,
    territories: follower ? (readState(db, 'scopes') ?? []).filter((scope) => scope !== '*').map((scope) => names[scope] ?? scope) : [],
  }
}
