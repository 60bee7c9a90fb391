/** What this desk does about each disagreement that the hub names; anything else is left to stand. */
import type { Store } from '../store/store.ts'
import { writeInTurn } from '../store/transaction.ts'
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
      if (epoch === null || epoch <= (readState(store.rawWriter, 'epoch') ?? 0)) return false
      await writeInTurn(store, (db) => beginEpoch(db, epoch))
      return true
    }
    case 'feed_changed': {
      const feedId = textIn(failure.details, 'feedId')
      if (feedId === null || feedId === readState(store.rawWriter, 'feedId')) return false
      await writeInTurn(store, (db) => {
        offerAgain(db, feedId)
        wantWholeSnapshot(store, 'feed_changed')
      })
      return true
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

/** Inside a transaction: everything this desk may hold is taken anew, and nothing is called current until it is in. */
export function wantWholeSnapshot({ rawWriter: db }: Pick<Store, 'rawWriter'>, why: 'joined' | 'required' | 'feed_changed' | 'repair'): void {
  clearState(db, 'snapshot')
  writeState(db, 'snapshotWanted', { scopes: null, why })
}

async function beginNewEpoch(store: Store, transport: HubTransport): Promise<boolean> {
  const answer = await transport.newEpoch(readState(store.rawWriter, 'epoch') ?? 1)
  if (!answer.ok || answer.value.epoch <= (readState(store.rawWriter, 'epoch') ?? 0)) return false
  await writeInTurn(store, (db) => beginEpoch(db, answer.value.epoch))
  return true
}
