import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Role } from '../../shared/domain/records/people.ts'
import { HubError, unauthenticated } from './errors.ts'
import type { HubParts } from './parts.ts'
import { createDevicesTogether } from './devices-together.ts'
import type { DeviceRow } from './devices-together.ts'
import { createLastSeen } from './last-seen.ts'
import { clockToleranceMs, createNonceMemory, isProven, readProof } from './proof.ts'
import type { DeviceIdentity, PersonIdentity } from './route.ts'

export type Asked = { readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer }
export type Asker = { readonly device: DeviceIdentity; readonly person: PersonIdentity | null }
export type Authenticate = (asked: Asked) => Promise<Asker>

type PersonRow = { session_id: string; id: string; username: string; display_name: string; role: Role; active: boolean }

export const purgeReceiptPath = '/v1/purged'
const sessionShape = /^[A-Za-z0-9_-]{43}$/
/** No desk has this key: an id nobody knows costs as much as a wrong signature. */
const decoyKey = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex')

/**
 * The desk behind a request, and the person signed in on it if it names a session. Both are read from the database every time, so that
 * a revocation holds from the next request on, at each of several hubs. What is wrong with a desk is told only to who has its key.
 */
export function createAuthenticate(hub: Pick<HubParts, 'pool' | 'clock'>): Authenticate {
  const nonces = createNonceMemory()
  const deviceOf = createDevicesTogether(hub.pool)
  const seen = createLastSeen(hub)

  async function personOf(device: DeviceRow, token: string | string[] | undefined, now: Date): Promise<PersonIdentity | null> {
    if (token === undefined) return null
    if (typeof token !== 'string' || !sessionShape.test(token)) throw new HubError(401, 'session_ended')
    const { rows } = await hub.pool.query<PersonRow>(
      `SELECT s.id AS session_id, p.id, p.username, p.display_name, p.role, p.active FROM session s JOIN person p ON p.id = s.person_id
       WHERE s.token_hash = $1 AND s.device_id = $2 AND s.ended_at IS NULL AND s.expires_at > $3`,
      [tokenHash(token), device.id, now],
    )
    const row = rows[0]
    if (!row?.active) throw new HubError(401, 'session_ended')
    return { id: row.id, username: row.username, displayName: row.display_name, role: row.role, sessionId: row.session_id }
  }

  return async ({ method, path, headers, body }) => {
    const proof = readProof(headers)
    if (!proof) throw unauthenticated()
    const row = await deviceOf(proof.deviceId)
    const proven = isProven(proof, row?.public_key ?? decoyKey, { method, path, body })
    if (!row || !proven) throw new HubError(401, 'device_unknown')
    const now = hub.clock.now()
    if (Math.abs(Date.parse(proof.time) - now.getTime()) > clockToleranceMs) throw new HubError(401, 'clock', { now: now.toISOString() })
    if (!nonces.isFirst(row.id, proof.nonce, now.getTime())) throw new HubError(401, 'repeated')
    // A desk that was let go may still say that it has taken everything off.
    if (row.state !== 'active' && path !== purgeReceiptPath) throw new HubError(401, 'device_revoked')
    const person = await personOf(row, headers['x-sportello-session'], now)
    seen.note(row.id, row.last_seen_at, now)
    return { device: { id: row.id, name: row.name, officeId: row.office_id, epoch: row.epoch, scopeRevision: row.scope_revision }, person }
  }
}

export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
