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

type DeviceRow = { id: string; office_id: string; epoch: number; last_seq: number; state: string }

/** Locks the desks' rows, which puts deliveries of one desk in order, and sorts what they sent; a push that cannot be accepted is its error. */
export async function acceptPushes(tx: Tx, feedId: string, pushes: readonly Push[]): Promise<readonly (Accepted | HubError)[]> {
  const ids = pushes.map(({ deviceId }) => deviceId)
  const { rows: devices } = await tx.query<DeviceRow>('SELECT id, office_id, epoch, last_seq, state FROM device WHERE id = ANY($1) ORDER BY id FOR UPDATE', [ids])
  const scopes = await scopesOfOffices(tx, devices.map(({ office_id: office }) => office))
  const aliases = await aliasesOf(tx, ids)
  const stored = await storedReceipts(tx, pushes.flatMap(placedOf))
  return pushes.map((push) => {
    const device = devices.find(({ id }) => id === push.deviceId)
    if (device?.state !== 'active') return new HubError(401, device ? 'device_revoked' : 'device_unknown')
    const { request } = push
    if (request.feedId !== feedId) return new HubError(409, 'feed_changed', { feedId })
    if (request.epoch !== device.epoch) return new HubError(409, 'epoch', { epoch: device.epoch })
    if (request.firstSeq > device.last_seq + 1) return new HubError(409, 'gap', { expected: device.last_seq + 1 })
    const operations = sort(push, device.last_seq, stored)
    if (operations instanceof HubError) return operations
    const origin = { deviceId: device.id, scopes: scopes.get(device.office_id) ?? [everybody], alias: aliases.get(device.id) ?? new Map<string, string>() }
    return { push, origin, lastSeq: device.last_seq, operations }
  })
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

async function scopesOfOffices(tx: Tx, offices: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await tx.query<{ office: string; scopes: string[] }>('SELECT office_id AS office, array_agg(territory_id) AS scopes FROM office_territory WHERE office_id = ANY($1) GROUP BY 1', [offices])
  return new Map(rows.map(({ office, scopes }) => [office, [everybody, ...scopes]]))
}

/** People of a desk that stood alone, under the ids they have at the hub. */
async function aliasesOf(tx: Tx, devices: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const { rows } = await tx.query<{ device: string; local: string; person: string }>('SELECT device_id AS device, local_id AS local, person_id AS person FROM device_alias WHERE device_id = ANY($1)', [devices])
  return new Map([...Map.groupBy(rows, ({ device }) => device)].map(([device, found]) => [device, new Map(found.map(({ local, person }) => [local, person]))]))
}
