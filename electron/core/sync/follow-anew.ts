import { numberForHub } from '../store/outbox.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { clearState, writeState } from './sync-store.ts'

/**
 * Inside a transaction: a database that does not know this desk's place at its hub asks for everything, and offers everything that is open. The
 * hub tells its history and the epoch; told apart by its id, nothing happens twice.
 */
export function followAnew(db: RawDatabase, deviceId: string, aliases: { readonly [localId: string]: string }): void {
  clearState(db, 'revoked', 'snapshot', 'currentAsOf', 'health', 'purge', 'lastContactAt', 'lastDeliveredAt', 'durableThrough')
  writeState(db, 'deviceId', deviceId)
  writeState(db, 'feedId', 'unknown')
  writeState(db, 'epoch', 1)
  writeState(db, 'nextSeq', 1)
  writeState(db, 'cursor', 0)
  writeState(db, 'head', 0)
  writeState(db, 'scopes', [])
  writeState(db, 'scopeRevision', 0)
  writeState(db, 'aliases', aliases)
  writeState(db, 'snapshotWanted', { scopes: null, why: 'required' })
  // In a copy from before the joining they are under the ids of that time.
  for (const [localId, id] of Object.entries(aliases)) db.prepare('UPDATE OR IGNORE draft SET person_id = ? WHERE person_id = ?').run(id, localId)
  db.prepare('UPDATE outbox SET epoch = NULL, wire_seq = NULL').run()
  db.prepare(`UPDATE outbox SET state = 'queued' WHERE state IN ('saved', 'delivered')`).run()
  // Who works here came with the joining itself.
  db.prepare(`UPDATE outbox SET state = 'confirmed', outcome = 'merged' WHERE state = 'queued' AND entity = 'person'`).run()
  for (const seq of db.prepare(`SELECT seq FROM outbox WHERE state = 'queued' ORDER BY seq`).pluck().all() as number[]) numberForHub(db, seq)
}
