/**
 * How far a verified backup reaches. Desks may forget what it holds; what it does not hold they offer again when the hub was put back
 * (reliability, 3.4; F23).
 */
import type { Pool } from 'pg'

export type FeedPlace = { readonly feedId: string; readonly position: number }

/** Where the feed stands: a backup that begins after this answer holds everything up to there. */
export async function feedPlace(pool: Pick<Pool, 'query'>): Promise<FeedPlace> {
  const { rows } = await pool.query<FeedPlace>('SELECT feed_id AS "feedId", pos AS position FROM feed_head')
  if (!rows[0]) throw new Error('the feed has no head')
  return rows[0]
}

/** Records that a backup, which has been read back and found whole, holds the feed up to `place`. False for another history, or a position never reached. */
export async function noteBackedUp(pool: Pick<Pool, 'query'>, { feedId, position }: FeedPlace): Promise<boolean> {
  const { rowCount } = await pool.query('UPDATE feed_head SET durable_through = greatest(durable_through, $2) WHERE feed_id = $1 AND pos >= $2', [feedId, position])
  return rowCount === 1
}
