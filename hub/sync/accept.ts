/** What of a push is new: the desk's place in its queue is read under a lock, and what was stored before is answered as it was. */
import type { PushRequest, Receipt } from '../../shared/sync/wire.ts'
import { HubError } from '../server/errors.ts'
import type { Tx } from '../server/parts.ts'
import { hashOf } from './judge.ts'
import type { Origin } from './judge.ts'
import { slotOf, storedReceipts } from './receipts.ts'
import type { Placed, Stored } from './receipts.ts'
import { everybody } from './scopes.ts'

export type Push = { readonly deviceId: string; readonly request: PushRequest }
/** An operation of a push: to be carried out, answered from store, or refused because its id is another one's. */
export type Sorted = { readonly placed: Placed; readonly stored: Stored | null; readonly isNewSlot: boolean; readonly idTaken: boolean }
export type Accepted = { readonly push: Push; readonly origin: Origin; readonly lastSeq: number; readonly operations: readonly Sorted[] }

type Found = { feed_id: string; pos: number; audit: string; desks: readonly DeskFound[] }
type DeskFound = { id: string; epoch: number; last_seq: number; state: string; scopes: readonly string[]; alias: { readonly [local: string]: string } | null }

/** One question: the desks are locked, and the head is at most as new as what is read after it. */
const question = `
  WITH desk AS MATERIALIZED (SELECT id, office_id, epoch, last_seq, state FROM device WHERE id = ANY($1) ORDER BY id FOR UPDATE)
  SELECT f.feed_id, f.pos, a.seq || ':' || a.hash AS audit, (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'epoch', d.epoch, 'last_seq', d.last_seq, 'state', d.state,
      'scopes', ARRAY(SELECT territory_id FROM office_territory WHERE office_id = d.office_id),
      'alias', (SELECT jsonb_object_agg(local_id, person_id) FROM device_alias WHERE device_id = d.id))), '[]') FROM desk AS d) AS desks
  FROM feed_head AS f, audit_head AS a`

export type Arrived = { readonly feedId: string; readonly pos: number; readonly auditHead: string; readonly accepted: readonly (Accepted | HubError)[] }

/** Locks the desks' rows, which puts deliveries of one desk in order, and sorts what they sent; a push that cannot be accepted is its error. */
export async function acceptPushes(tx: Tx, pushes: readonly Push[]): Promise<Arrived> {
  const { rows } = await tx.query<Found>({ name: 'accept', text: question, values: [pushes.map(({ deviceId }) => deviceId)] })
  const [found] = rows
  if (!found) throw new Error('the feed has no head')
  const desks = new Map(found.desks.map((desk) => [desk.id, desk]))
  const stored = await storedReceipts(tx, pushes.flatMap(placedOf))
  const accepted = pushes.map((push) => {
    const desk = desks.get(push.deviceId)
    if (desk?.state !== 'active') return new HubError(401, desk ? 'device_revoked' : 'device_unknown')
    const { request } = push
    if (request.feedId !== found.feed_id) return new HubError(409, 'feed_changed', { feedId: found.feed_id })
    if (request.epoch !== desk.epoch) return new HubError(409, 'epoch', { epoch: desk.epoch })
    if (request.firstSeq > desk.last_seq + 1) return new HubError(409, 'gap', { expected: desk.last_seq + 1 })
    const operations = sort(push, desk.last_seq, stored)
    if (operations instanceof HubError) return operations
    // People of a desk that stood alone, under the ids they have at the hub.
    const origin = { deviceId: desk.id, scopes: [everybody, ...desk.scopes], alias: new Map(Object.entries(desk.alias ?? {})) }
    return { push, origin, lastSeq: desk.last_seq, operations }
  })
  return { feedId: found.feed_id, pos: found.pos, auditHead: found.audit, accepted }
}

export const placedOf = ({ deviceId, request }: Push): Placed[] => request.operations.map((operation) => ({ deviceId, epoch: request.epoch, seq: operation.seq, operation }))

function sort(push: Push, lastSeq: number, { byId, bySlot }: Awaited<ReturnType<typeof storedReceipts>>): readonly Sorted[] | HubError {
  const seen = new Map<string, string>()
  const sorted: Sorted[] = []
  for (const placed of placedOf(push)) {
    const { operation, seq } = placed
    const hash = hashOf(operation)
    const here = bySlot.get(slotOf(placed))
    if (seq <= lastSeq) {
      // The same number for another operation: an old copy of the desk's database is at work, and nothing may be taken for delivered.
      if (here?.opId !== operation.opId || here.opHash !== hash) return new HubError(409, 'rollback', { seq })
      sorted.push({ placed, stored: here, isNewSlot: false, idTaken: false })
      continue
    }
    const known = byId.get(operation.opId)
    const twice = seen.has(operation.opId)
    seen.set(operation.opId, hash)
    const same = known?.opHash === hash
    sorted.push({ placed, stored: same ? known : null, isNewSlot: true, idTaken: twice || (known !== undefined && !same) })
  }
  return sorted
}

export function receiptOf({ seq, operation }: Placed, { outcome, code, details, pos }: Pick<Stored, 'outcome' | 'code' | 'details' | 'pos'>): Receipt {
  return { seq, opId: operation.opId, outcome, code, details: details as Receipt['details'], pos }
}
