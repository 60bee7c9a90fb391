import { randomBytes } from 'node:crypto'
import type { Role } from '../../shared/domain/records/people.ts'
import { roles } from '../../shared/domain/records/people.ts'
import { normalUsername } from '../../shared/domain/username.ts'
import { sessionAnswer, sessionRequest } from '../../shared/sync/identity.ts'
import type { SessionAnswer } from '../../shared/sync/identity.ts'
import { dropLapsed } from '../leases/leases.ts'
import { tokenHash } from '../server/authenticate.ts'
import { HubError } from '../server/errors.ts'
import type { HubParts } from '../server/parts.ts'
import { empty, json, route } from '../server/route.ts'
import type { DeviceIdentity, Route } from '../server/route.ts'
import type { Passwords } from './passwords.ts'
import { accountKey, beginTry, trySucceeded } from './sign-in-throttle.ts'

const lifetimeMs = 12 * 3_600_000

type Account = { id: string; username: string; display_name: string; role: Role; active: boolean; password_hash: string | null; password_revision: number; adopted_from: string | null }

/** Signing in and out on a desk that is enrolled. */
export function sessionRoutes(hub: HubParts, passwords: Passwords): readonly Route[] {
  return [
    route({
      method: 'POST', path: '/v1/session', access: 'device', roles: null, params: null, query: null, body: sessionRequest, bodyLimit: 4 * 1024, rate: 'sign_in',
      summary: 'Signs a person in on this desk', answer: sessionAnswer,
      handle: async ({ device, body, now }) => {
        const key = accountKey(body.username)
        const failures = await beginTry(hub, key)
        const account = await accountOf(hub, body.username)
        // Somebody a desk brought along has no password here: the desk has checked it, and the first sign-in there sets it.
        const adopts = account !== null && account.active && account.password_hash === null && account.adopted_from === device.id
        const right = adopts || (await passwords.matches(account?.password_hash ?? null, body.password))
        if (!right || !account) {
          await failed(hub, account, device, now)
          throw new HubError(401, 'wrong_credentials')
        }
        if (!account.active) throw new HubError(403, 'person_disabled')
        if (adopts) await setFirstPassword(hub, account, device, await passwords.hash(body.password), now)
        await trySucceeded(hub, key)
        return json(await openSession(hub, account, device, now, failures, account.password_revision + (adopts ? 1 : 0)), 201)
      },
    }),
    route({
      method: 'DELETE', path: '/v1/session', access: 'person', roles, params: null, query: null, body: null, bodyLimit: 0, rate: 'administration', summary: 'Signs the person out', answer: null,
      handle: async ({ device, person, now }) => {
        await hub.transaction(async (tx) => {
          await tx.query('UPDATE session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL', [person.sessionId, now])
          await dropLapsed(tx, now)
          await hub.audit(tx, { at: now.toISOString(), actor: person.id, deviceId: device.id, kind: 'signed_out', subject: null, details: {} })
        })
        return empty()
      },
    }),
  ]
}

async function accountOf(hub: HubParts, username: string): Promise<Account | null> {
  const { rows } = await hub.pool.query<Account>(
    `SELECT p.id, p.username, p.display_name, p.role, p.active, s.password_hash, coalesce(s.password_revision, 0) AS password_revision, s.adopted_from
     FROM person p LEFT JOIN staff s ON s.person_id = p.id WHERE p.username = $1`,
    [normalUsername(username)],
  )
  return rows[0] ?? null
}

/** Of two first sign-ins at once only one sets the password; the other is wrong until it is tried again. */
async function setFirstPassword(hub: HubParts, account: Account, device: DeviceIdentity, hash: string, now: Date): Promise<void> {
  await hub.transaction(async (tx) => {
    const { rowCount } = await tx.query('UPDATE staff SET password_hash = $2, password_revision = password_revision + 1 WHERE person_id = $1 AND password_hash IS NULL', [account.id, hash])
    if (rowCount !== 1) throw new HubError(401, 'wrong_credentials')
    await hub.audit(tx, { at: now.toISOString(), actor: account.id, deviceId: device.id, kind: 'password_adopted', subject: account.id, details: {} })
  })
}

async function failed(hub: HubParts, account: Account | null, device: DeviceIdentity, now: Date): Promise<void> {
  await hub.transaction((tx) => hub.audit(tx, { at: now.toISOString(), actor: account?.id ?? 'unknown', deviceId: device.id, kind: 'sign_in_failed', subject: account?.id ?? null, details: {} }))
}

async function openSession(hub: HubParts, account: Account, device: DeviceIdentity, now: Date, failures: number, passwordRevision: number): Promise<SessionAnswer> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + lifetimeMs)
  const unlockKey = await hub.transaction(async (tx) => {
    // The desk may have been revoked, or the person disabled, while the password was being checked.
    const { rows } = await tx.query<{ unlock_key: Buffer }>(
      `SELECT d.unlock_key FROM device d, person p WHERE d.id = $1 AND d.state = 'active' AND p.id = $2 AND p.active FOR SHARE`, [device.id, account.id],
    )
    if (!rows[0]) throw new HubError(401, 'wrong_credentials')
    await tx.query('INSERT INTO session (token_hash, id, person_id, device_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)', [tokenHash(token), hub.ids.next(), account.id, device.id, now, expiresAt])
    await hub.audit(tx, { at: now.toISOString(), actor: account.id, deviceId: device.id, kind: 'signed_in', subject: null, details: { failedBefore: failures } })
    return rows[0].unlock_key
  })
  return {
    token,
    expiresAt: expiresAt.toISOString(),
    person: { id: account.id, username: account.username, displayName: account.display_name, role: account.role, active: account.active },
    unlockKey: unlockKey.toString('base64url'),
    passwordRevision,
  }
}
