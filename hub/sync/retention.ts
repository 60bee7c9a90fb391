import type { HubParts } from '../server/parts.ts'

/** A desk that has been away for longer takes a new snapshot. */
export const feedKeptDays = 90
const dayMs = 24 * 60 * 60_000
const slice = 5_000

/**
 * Forgets what of the feed is older than `keptDays` and below the position of every desk that has asked within that time. Answers how many
 * rows went. The floor rises with each slice, in the same transaction: a desk never finds a hole, only a floor.
 */
export async function pruneFeed(hub: Pick<HubParts, 'transaction' | 'pool' | 'clock'>, keptDays = feedKeptDays): Promise<number> {
  const since = new Date(hub.clock.now().getTime() - keptDays * dayMs)
  const { rows } = await hub.pool.query<{ oldest: number; live: number | null; young: number | null; head: number }>(
    `SELECT f.min_pos AS oldest, f.pos AS head,
      (SELECT min(d.cursor) FROM device AS d WHERE d.state = 'active' AND coalesce(d.last_seen_at, d.enrolled_at) >= $1) AS live,
      (SELECT c.pos FROM change AS c WHERE c.at >= $1 ORDER BY c.pos LIMIT 1) AS young
     FROM feed_head AS f`,
    [since],
  )
  const [found] = rows
  if (!found) return 0
  const floor = Math.min(found.live ?? found.head, (found.young ?? found.head + 1) - 1)
  let gone = 0
  for (let from = found.oldest; from < floor; from += slice) {
    gone += await hub.transaction(async (tx) => {
      const to = Math.min(from + slice, floor)
      await tx.query('UPDATE feed_head SET min_pos = $1 WHERE min_pos < $1', [to])
      return (await tx.query('DELETE FROM change WHERE pos > $1 AND pos <= $2', [from, to])).rowCount ?? 0
    })
  }
  return gone
}
