import { createHash } from 'node:crypto'
import { normalUsername } from '../../shared/domain/username.ts'
import { HubError } from '../server/errors.ts'
import type { HubParts } from '../server/parts.ts'

/** Three free tries, then 1, 2, 4 … seconds, at most 15 minutes (OWASP: exponential lockout by account). */
const freeTries = 3
const longestWaitSeconds = 15 * 60

/** Names are kept as digests: what was mistyped as a name may be a password. */
export function accountKey(username: string): string {
  return createHash('sha256').update(`sportello account ${normalUsername(username)}`).digest('hex')
}

/** Counts a try before the password is checked, for all hubs together. Throws 429 while the account has to wait. Answers the tries that failed before. */
export async function beginTry(hub: Pick<HubParts, 'pool' | 'clock'>, account: string): Promise<number> {
  const now = hub.clock.now()
  const { rows } = await hub.pool.query<{ failures: number }>(
    `INSERT INTO login_throttle AS t (account, failures, next_at) VALUES ($1, 1, $2)
     ON CONFLICT (account) DO UPDATE SET failures = t.failures + 1,
       next_at = $2::timestamptz + CASE WHEN t.failures < $3 THEN interval '0' ELSE least(power(2, least(t.failures - $3, 20))::bigint, $4) * interval '1 second' END
     WHERE t.next_at <= $2 RETURNING failures`,
    [account, now, freeTries, longestWaitSeconds],
  )
  if (rows[0]) return rows[0].failures - 1
  const waiting = await hub.pool.query<{ next_at: Date }>('SELECT next_at FROM login_throttle WHERE account = $1', [account])
  const seconds = Math.max(1, Math.ceil(((waiting.rows[0]?.next_at.getTime() ?? 0) - now.getTime()) / 1000))
  throw new HubError(429, 'too_many_attempts', { seconds }, seconds)
}

export async function trySucceeded({ pool }: Pick<HubParts, 'pool'>, account: string): Promise<void> {
  await pool.query('DELETE FROM login_throttle WHERE account = $1', [account])
}
