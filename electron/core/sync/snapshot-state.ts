/** When a snapshot is due, of what, and what stands when it is in. */
import type { ChangesAnswer } from '../../../shared/sync/wire.ts'
import { recordPlans } from '../../../shared/model/record-plan.ts'
import type { RawDatabase } from '../store/cipher.ts'
import type { Store } from '../store/store.ts'
import { writeInTurn } from '../store/transaction.ts'
import { noteLack } from './known-shape.ts'
import type { HubAnswer, HubTransport } from './ports.ts'
import { clearState, readState, writeState } from './sync-store.ts'
import type { SnapshotState } from './sync-store.ts'

/** The snapshot under way, or a new one where one is wanted; `null` when none is. Where each page stands is durable from here on. */
export async function snapshotToTake(store: Store, transport: HubTransport): Promise<HubAnswer<SnapshotState> | null> {
  const running = readState(store.rawWriter, 'snapshot')
  if (running !== null) return { ok: true, value: running }
  const wanted = readState(store.rawWriter, 'snapshotWanted')
  if (wanted === null) return null
  const parts = wanted.parts ?? null
  const answer = await transport.snapshot({ scopes: wanted.scopes, parts })
  if (!answer.ok) return answer
  const plan = answer.value
  return writeInTurn(store, (db) => {
    if (plan.feedId !== readState(db, 'feedId')) return { ok: false as const, failure: { kind: 'refused' as const, status: 409, code: 'feed_changed', details: { feedId: plan.feedId } } }
    const whole = wanted.scopes === null && parts === null
    const state: SnapshotState = { plan, token: plan.token, customers: 0, records: 0, fresh: parts === null && (!whole || isEmpty(db)), whole, parts }
    db.prepare('DELETE FROM snapshot_seen').run()
    writeState(db, 'snapshot', state)
    clearState(db, 'snapshotWanted')
    if (whole) {
      writeState(db, 'scopes', plan.scopes)
      writeState(db, 'scopeRevision', plan.scopeRevision)
    }
    return { ok: true as const, value: state }
  })
}

/**
 * Of what was decided before the first page the pages hold the effect: it is not carried out once more on top of them, and what waited for a
 * newer desk is out of date.
 */
export function beforeReplay(db: RawDatabase, { plan, whole }: SnapshotState, now: string): void {
  if (!whole) return
  db.prepare(`UPDATE outbox SET state = 'confirmed', confirmed_at = ? WHERE state = 'delivered' AND pos <= ?`).run(now, plan.position)
  const { changes } = db.prepare('DELETE FROM deferred_change WHERE pos <= ?').run(plan.position)
  if (changes > 0) noteLack(db, Object.values(recordPlans))
}

/** Everything is in: from here on the feed is followed, from where it stood before the first page. */
export function finishSnapshot(db: RawDatabase, { plan, whole }: SnapshotState): void {
  if (whole) writeState(db, 'cursor', plan.position)
  db.prepare('DELETE FROM snapshot_seen').run()
  clearState(db, 'snapshot')
}

/**
 * Takes in which territories are this desk's now; call it before the changes of the same answer. False when rows must come or go first:
 * the snapshot that brings them is wanted from here on, and the answer is asked for again after it.
 */
export function noteScopes(db: RawDatabase, { scopes, scopeNames, scopeRevision, feedId }: ChangesAnswer): Promise<boolean> {
  if (scopeNames !== undefined && JSON.stringify(scopeNames) !== JSON.stringify(readState(db, 'scopeNames'))) writeState(db, 'scopeNames', scopeNames)
  if (feedId !== readState(db, 'feedId') || scopeRevision === readState(db, 'scopeRevision')) return Promise.resolve(true)
  const before = readState(db, 'scopes') ?? []
  const gained = scopes.filter((scope) => !before.includes(scope))
  const lost = before.filter((scope) => !scopes.includes(scope))
  writeState(db, 'scopes', scopes)
  writeState(db, 'scopeRevision', scopeRevision)
  if (lost.length > 0) {
    // Whose customers were the lost ones nobody here can tell: what the hub does not send again goes.
    writeState(db, 'purge', { scopes: [...new Set([...(readState(db, 'purge')?.scopes ?? []), ...lost])], customers: readState(db, 'purge')?.customers ?? 0 })
    writeState(db, 'snapshotWanted', { scopes: null, why: 'repair' })
  } else if (gained.length > 0) {
    writeState(db, 'snapshotWanted', { scopes: gained, why: 'granted' })
  }
  return Promise.resolve(gained.length === 0 && lost.length === 0)
}

/** Nothing of customers and nothing that could have to go. */
function isEmpty(db: RawDatabase): boolean {
  return ['customer', 'ticket', 'address', 'supply_point', 'contract', 'portal_profile'].every((table) => db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined)
}
