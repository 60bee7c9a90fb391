/**
 * The identity of the hub's history. A database that was put back to an earlier moment gives positions out a second time: desks must be told
 * that it is another history now, and then offer again what they still have.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from '../../shared/domain/schema.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import { readHead } from './feed.ts'

type Parts = Pick<HubParts, 'transaction' | 'pool' | 'clock' | 'audit'>

/** What this hub last saw of its database, beside it. A refusal or a desk that was let go moves the audit only. */
const marker = z.strictObject({ databaseId: z.string(), feedId: z.string(), position: z.int(), audit: z.int().default(0) })
export type Marker = z.output<typeof marker>
const fileName = 'last-position.json'

/** Gives the feed a new identity; `reason` goes to the audit. Answers the new one. */
export function startNewFeed({ transaction, clock, audit }: Pick<Parts, 'transaction' | 'clock' | 'audit'>, reason: string): Promise<string> {
  return transaction(async (tx: Tx) => {
    const { feedId: old, pos } = await readHead(tx)
    await audit(tx, { at: clock.now().toISOString(), actor: 'hub', deviceId: null, kind: 'feed_changed', subject: old, details: { reason, position: pos } })
    const { rows } = await tx.query<{ feed_id: string }>('UPDATE feed_head SET feed_id = gen_random_uuid()::text RETURNING feed_id')
    return rows[0]?.feed_id ?? old
  })
}

/** Compares the database with what this hub saw of it last, and starts a new history when the database has gone back. */
export async function checkFeedIdentity(parts: Parts, dataDir: string): Promise<'same' | 'new_feed' | 'other_database'> {
  const before = readMarker(dataDir)
  const now = await currentMarker(parts)
  const wentBack = before !== null && before.databaseId === now.databaseId && (before.feedId === now.feedId ? now.position < before.position || now.audit < before.audit : !(await hasLeft(parts, before.feedId)))
  if (wentBack) await startNewFeed(parts, 'database_went_back')
  await rememberPosition(parts, dataDir)
  return wentBack ? 'new_feed' : before !== null && before.databaseId !== now.databaseId ? 'other_database' : 'same'
}

/** Whether the database knows that a history was ended: otherwise it is from before that history began. */
async function hasLeft({ pool }: Pick<Parts, 'pool'>, feedId: string): Promise<boolean> {
  const { rowCount } = await pool.query(`SELECT 1 FROM audit WHERE kind = 'feed_changed' AND subject = $1 LIMIT 1`, [feedId])
  return rowCount !== 0
}

export async function rememberPosition({ pool }: Pick<Parts, 'pool'>, dataDir: string): Promise<void> {
  const now = await currentMarker({ pool })
  mkdirSync(dataDir, { recursive: true })
  // Beside and over, so that a kill leaves the old one or the new one.
  writeFileSync(join(dataDir, `${fileName}.new`), JSON.stringify(now))
  renameSync(join(dataDir, `${fileName}.new`), join(dataDir, fileName))
}

async function currentMarker({ pool }: Pick<Parts, 'pool'>): Promise<Marker> {
  const { rows } = await pool.query<Marker>('SELECT database_id AS "databaseId", feed_id AS "feedId", pos AS position, (SELECT coalesce(max(seq), 0)::int FROM audit) AS audit FROM feed_head')
  if (!rows[0]) throw new Error('the feed has no head')
  return rows[0]
}

function readMarker(dataDir: string): Marker | null {
  try {
    return marker.parse(JSON.parse(readFileSync(join(dataDir, fileName), 'utf8')))
  } catch {
    return null
  }
}
