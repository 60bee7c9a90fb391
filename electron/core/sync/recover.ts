/** What this desk does about each disagreement that the hub names; anything else is left to stand. */
import { recordPlans } from '../../../shared/model/record-plan.ts'
import type { Store } from '../store/store.ts'
import { writeInTurn } from '../store/transaction.ts'
import { noteLack } from './known-shape.ts'
import type { HubFailure, HubTransport } from './ports.ts'
import { beginEpoch, numberIn, offerAgain, offerFrom, textIn } from './push.ts'
import { clearState, readState, writeState } from './sync-store.ts'

/** True when it is worth going on at once. Nothing that was written here is dropped by any of it. */
export async function recover(store: Store, transport: HubTransport, failure: HubFailure): Promise<boolean> {
  if (failure.kind !== 'refused') return false
  switch (failure.code) {
    case 'gap': {
      const expected = numberIn(failure.details, 'expected')
      if (expected === null) return false
      if (await writeInTurn(store, (db) => offerFrom(db, expected))) return true
      return beginNewEpoch(store, transport)
    }
    case 'rollback':
      return beginNewEpoch(store, transport)
    case 'epoch': {
      // An epoch that was asked for and whose answer was lost, or one the hub has begun by itself.
      const epoch = numberIn(failure.details, 'epoch')
      if (epoch === null) return false
      // One from before an epoch of this desk: the hub has gone back, and both begin one that neither has known.
      if (epoch <= (readState(store.rawWriter, 'epoch') ?? 0)) return beginNewEpoch(store, transport)
      await writeInTurn(store, (db) => beginEpoch(db, epoch))
      return true
    }
    case 'feed_changed': {
      // The same history as before: the hub has lost what this desk has seen of it, and does not know it.
      const feedId = textIn(failure.details, 'feedId')
      if (feedId === null) return false
      return offerToNewHistory(store, transport, feedId)
    }
    case 'snapshot_required':
    case 'token_invalid':
    case 'snapshot_expired':
      await writeInTurn(store, () => wantWholeSnapshot(store, 'required'))
      return true
    default:
      return false
  }
}

/** Numbers of an epoch before are of no use there: what still has one is offered in a new epoch, in the order in which it was written. */
async function offerToNewHistory(store: Store, transport: HubTransport, feedId: string): Promise<boolean> {
  const epoch = readState(store.rawReader, 'epoch') ?? 1
  const older = store.rawReader.prepare('SELECT 1 FROM outbox WHERE wire_seq IS NOT NULL AND epoch <> ? LIMIT 1').get(epoch) !== undefined
  const begun = older ? await transport.newEpoch(epoch) : null
  if (begun?.ok === false) return false
  await writeInTurn(store, (db) => {
    offerAgain(db, feedId)
    if (begun?.ok === true && begun.value.epoch > epoch) beginEpoch(db, begun.value.epoch)
    // What waited for a newer desk was of the other history; the snapshot brings it, to whom can hold it.
    if (db.prepare('DELETE FROM deferred_change').run().changes > 0) noteLack(db, Object.values(recordPlans))
    wantWholeSnapshot(store, 'feed_changed')
  })
  return true
}

/** Inside a transaction: everything this desk may hold is taken anew, and nothing is called current until it is in. */
export function wantWholeSnapshot({ rawWriter: db }: Pick<Store, 'rawWriter'>, why: 'joined' | 'required' | 'feed_changed' | 'repair'): void {
  clearState(db, 'snapshot')
  writeState(db, 'snapshotWanted', { scopes: null, why })
}

/** The same for what was found to differ, where it is a small part: the rest stays as it is, and the feed is followed from where it was. */
export function wantParts({ rawWriter: db }: Pick<Store, 'rawWriter'>, parts: readonly string[]): void {
  writeState(db, 'snapshotWanted', { scopes: null, parts, why: 'repair' })
}

async function beginNewEpoch(store: Store, transport: HubTransport): Promise<boolean> {
  const answer = await transport.newEpoch(readState(store.rawWriter, 'epoch') ?? 1)
  if (!answer.ok || answer.value.epoch <= (readState(store.rawWriter, 'epoch') ?? 0)) return false
  await writeInTurn(store, (db) => beginEpoch(db, answer.value.epoch))
  return true
}
