/** Whether the audit chain is what it was: entry by entry, and against everything that was signed of it. */
import type { Pool } from 'pg'
import { entryHash } from './audit.ts'
import type { StoredAudit } from './audit.ts'
import { collectWitnesses } from './audit-witnesses.ts'
import type { Evidence, Witnesses } from './audit-witnesses.ts'

/**
 * `altered`: an entry does not have the hash of what is in it. `missing`: one is not there. `cut`: entries at the end are not there.
 * `rewritten`: the entries fit each other and are not those that were signed. `forged`: a checkpoint that the hub's key did not sign.
 */
export type ChainFault = 'altered' | 'missing' | 'cut' | 'rewritten' | 'forged'
export type ChainCheck = {
  readonly entries: number
  /** The first entry that is wrong; of a rewritten chain the first that nothing signed vouches for. */
  readonly firstBad: number | null
  readonly why: ChainFault | null
  /** The last entry that something signed vouches for. */
  readonly signedThrough: number
}

const pageSize = 5_000
const start = '0'.repeat(64)

/** Walks the whole chain. Without evidence only what the database itself says can be held against it. */
export async function verifyAudit(pool: Pool, evidence: Evidence | null = null): Promise<ChainCheck> {
  // Before the walk, so that each entry that was signed must be met on it.
  const witnesses = evidence ? await collectWitnesses(pool, evidence) : null
  const walk = createWalk(0, start, witnesses?.bySeq)
  for (;;) {
    const { rows } = await pool.query<StoredAudit>('SELECT * FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2', [walk.at(), pageSize])
    for (const row of rows) {
      const why = walk.step(row)
      if (why !== null) return { entries: walk.at(), firstBad: why === 'rewritten' ? walk.vouched() + 1 : walk.at() + 1, why, signedThrough: walk.vouched() }
    }
    if (rows.length < pageSize) break
  }
  const entries = walk.at()
  const found = (firstBad: number | null, why: ChainFault | null): ChainCheck => ({ entries, firstBad, why, signedThrough: walk.vouched() })
  if (await isBehind(pool, entries, walk.hash())) return found(entries + 1, 'cut')
  if (!witnesses) return found(null, null)
  if (witnesses.newest > entries) return found(entries + 1, 'cut')
  return witnesses.forged === null ? found(null, null) : found(witnesses.forged, 'forged')
}

/** The head of its own row. What was appended while the chain was walked is not a fault: the head may be ahead, never elsewhere. */
async function isBehind(pool: Pool, entries: number, hash: string): Promise<boolean> {
  const { rows } = await pool.query<{ seq: number; hash: string }>('SELECT seq, hash FROM audit_head')
  const head = rows[0] ?? { seq: 0, hash: start }
  if (head.seq <= entries) return head.seq < entries || head.hash !== hash
  return (await pool.query('SELECT 1 FROM audit WHERE seq = $1', [entries + 1])).rowCount === 0
}

export type Walk = { readonly step: (row: StoredAudit) => ChainFault | null; readonly at: () => number; readonly hash: () => string; readonly vouched: () => number }

/** Goes from an entry that is believed to the next, one at a time; `step` says what is wrong with it and then stays where it was. */
export function createWalk(from: number, hash: string, signed: Witnesses['bySeq'] = new Map()): Walk {
  let at = from
  let previous = hash
  let vouched = from
  return {
    step: (row) => {
      if (row.seq !== at + 1) return 'missing'
      if (row.previous !== previous || row.hash !== entryHash(row)) return 'altered'
      const witnesses = signed.get(row.seq) ?? []
      if (witnesses.some((witness) => witness.hash !== row.hash)) return 'rewritten'
      at = row.seq
      previous = row.hash
      if (witnesses.length > 0) vouched = at
      return null
    },
    at: () => at,
    hash: () => previous,
    vouched: () => vouched,
  }
}
