/**
 * The end of a batch. The heads of audit and feed are locked together, from where on other batches wait; then everything a batch leaves
 * beside its records is written by one statement, so that they do not wait long.
 */
import { chained, insertAuditSql, moveAuditHeadSql } from '../identity/audit.ts'
import type { AuditEntry, AuditHead } from '../identity/audit.ts'
import type { Tx } from '../server/parts.ts'
import { feedValues, insertChangesSql, notifyFeedSql } from './feed.ts'
import type { FeedRow } from './feed.ts'
import { insertReceiptsSql, receiptValues } from './receipts.ts'
import type { NewReceipt } from './receipts.ts'

export type Heads = { readonly audit: AuditHead; readonly pos: number }

/** Audit before feed, in this order everywhere. A batch that changes no record leaves the feed to the others. */
export async function lockHeads(tx: Tx, feedToo: boolean): Promise<Heads> {
  const { rows } = await tx.query<AuditHead & { pos: number }>({ name: `heads${feedToo ? ' feed' : ''}`, text: `SELECT a.seq, a.hash, f.pos FROM audit_head AS a, feed_head AS f FOR UPDATE OF a${feedToo ? ', f' : ''}` })
  const [head] = rows
  if (!head) throw new Error('the feed has no head')
  return { audit: { seq: head.seq, hash: head.hash }, pos: head.pos }
}

export type Leaving = {
  readonly audit: readonly AuditEntry[]
  readonly changes: readonly FeedRow[]
  readonly receipts: readonly NewReceipt[]
  /** Desks whose queue has moved, and how far. */
  readonly moved: readonly { readonly id: string; readonly last: number }[]
}

/** Writes it after the heads given; answers where audit and feed end then. */
export async function leave(tx: Tx, heads: Heads, { audit, changes, receipts, moved }: Leaving): Promise<Heads> {
  const chain = chained(heads.audit, audit)
  const [rows, scopes] = feedValues(changes)
  const pos = heads.pos + changes.length
  const written = `audited AS (${insertAuditSql('$1')}), audit_moved AS (${moveAuditHeadSql('$2', '$3')}), received AS (${insertReceiptsSql('$4')}),
    desks AS (UPDATE device AS d SET last_seq = r.last FROM unnest($5::text[], $6::bigint[]) AS r(id, last) WHERE d.id = r.id)`
  const values = [JSON.stringify(chain.rows), chain.head.seq, chain.head.hash, receiptValues(receipts), moved.map(({ id }) => id), moved.map(({ last }) => last)]
  await tx.query(
    changes.length === 0
      ? { name: 'leave', text: `WITH ${written} SELECT 1`, values }
      : {
          name: 'leave with changes',
          text: `WITH ${written}, feed AS (UPDATE feed_head SET pos = $7), added AS (${insertChangesSql('$8', '$9::bigint')}) SELECT ${notifyFeedSql('$7', '$10')}`,
          values: [...values, pos, rows, heads.pos, scopes],
        },
  )
  return { audit: chain.head, pos }
}
