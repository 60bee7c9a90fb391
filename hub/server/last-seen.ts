import type { HubParts } from './parts.ts'

const seenEveryMs = 60_000
/** Written together: a thousand desks that come back in the morning are one statement a second, not a thousand. */
const togetherMs = 1_000

export type LastSeen = { readonly note: (deviceId: string, lastSeenAt: Date | null, now: Date) => void }

/**
 * When each desk was last heard of, for the list of desks only: nobody waits for it, it may be lost, and a desk whose row is at work is
 * passed over until it is heard of again.
 */
export function createLastSeen({ pool }: Pick<HubParts, 'pool'>): LastSeen {
  let seen = new Map<string, Date>()

  function write(): void {
    const noted = seen
    seen = new Map()
    pool
      .query(
        `WITH soon AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)),
          free AS (SELECT d.id, q.at FROM soon, unnest($1::text[], $2::timestamptz[]) AS q(id, at) JOIN device AS d ON d.id = q.id WHERE d.last_seen_at IS NULL OR d.last_seen_at < q.at ORDER BY d.id FOR UPDATE OF d SKIP LOCKED)
         UPDATE device AS d SET last_seen_at = free.at FROM free WHERE d.id = free.id`,
        [[...noted.keys()], [...noted.values()]],
      )
      .catch(() => undefined)
  }

  return {
    note: (deviceId, lastSeenAt, now) => {
      if (lastSeenAt !== null && now.getTime() - lastSeenAt.getTime() < seenEveryMs) return
      if (seen.size === 0) setTimeout(write, togetherMs).unref()
      seen.set(deviceId, now)
    },
  }
}
