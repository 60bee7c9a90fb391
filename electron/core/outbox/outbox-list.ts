import type { OutboxItem, OutboxView } from '../../../shared/contract/outbox.ts'
import type { Json } from '../../../shared/domain/json.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { isFollowing } from '../sync/sync-store.ts'

type Row = Omit<OutboxItem, 'details' | 'customer' | 'reason' | 'settled' | 'file'> & {
  readonly reason: string | null
  readonly details: string
  readonly letGo: string | null
  readonly fileName: string | null
  readonly fileSize: number | null
  readonly fileSent: number | null
  readonly customerId: string | null
  readonly kindOfCustomer: 'person' | 'company' | null
  readonly companyName: string | null
  readonly lastName: string | null
  readonly firstName: string | null
}

/** Each view is a range of the index on state and number, so that what is long confirmed is never walked through. */
const STATES = {
  open: `('saved', 'queued', 'delivered', 'refused')`,
  queued: `('saved', 'queued')`,
  delivered: `('delivered')`,
  refused: `('refused')`,
  settled: `('refused')`,
  confirmed: `('confirmed')`,
} as const satisfies Record<Exclude<OutboxView, 'files'>, string>

/** Whether a refused operation `o` was written again or let go, and not taken back since: the newest decision counts. */
export const isSettledSql = `coalesce((SELECT d.choice <> 'taken_back' FROM decision d WHERE d.subject_id = o.op_id ORDER BY d.seq DESC LIMIT 1), o.let_go IS NOT NULL)`
const settled: Partial<Record<OutboxView, string>> = {
  open: `AND (o.state <> 'refused' OR NOT ${isSettledSql})`,
  refused: `AND NOT ${isSettledSql}`,
  settled: `AND ${isSettledSql}`,
}
const newestFirst = (view: OutboxView): boolean => view === 'confirmed' || view === 'settled'

/** Files of this desk that the hub has not got, behind the entry that attached them; without a hub they wait for nobody. */
const files = `blob_queue q JOIN attachment a ON a.sha256 = q.sha256 LEFT JOIN outbox w ON w.op_id = a.id WHERE q.state <> 'sent'`
const withFiles = (db: RawDatabase, view: OutboxView): boolean => (view === 'open' || view === 'files') && isFollowing(db)

const by = (actors: readonly string[] | null, column: string): string => (actors === null ? '' : `AND ${column} IN (SELECT value FROM json_each(@actors))`)
const bound = (actors: readonly string[] | null): object => (actors === null ? {} : { actors: JSON.stringify(actors) })

type Wanted = { readonly view: OutboxView; readonly actors: readonly string[] | null; readonly limit: number; readonly offset: number }
type Listed = Omit<OutboxItem, 'settled'> & { readonly settled: OutboxItem['settled'] }

/** One page of the outbox, people still as ids. The customer is the one the operation names itself, or that of its ticket. */
export function outboxPage(db: RawDatabase, { view, actors, limit, offset }: Wanted): Listed[] {
  const order = newestFirst(view) ? 'DESC' : 'ASC'
  const operations = view === 'files' ? null : `SELECT o.seq, 0 AS part, o.op_id, o.op_id AS id FROM outbox o WHERE o.state IN ${STATES[view]} ${settled[view] ?? ''} ${by(actors, 'o.actor')}`
  const content = withFiles(db, view) ? `SELECT coalesce(w.seq, 0), 1, a.id, 'file:' || a.id FROM ${files} ${by(actors, 'a.added_by')}` : null
  const parts = [operations, content].filter((part) => part !== null)
  if (parts.length === 0) return []
  const rows = db
    .prepare(
      `SELECT p.seq, p.id AS opId, CASE p.part WHEN 1 THEN 'file' ELSE o.kind END AS kind, coalesce(CASE p.part WHEN 1 THEN q.added_at END, o.at) AS at, coalesce(o.actor, a.added_by) AS actor,
        coalesce(o.desk, '') AS desk, CASE p.part WHEN 1 THEN CASE q.state WHEN 'failed' THEN 'refused' ELSE 'queued' END ELSE o.state END AS state,
        CASE p.part WHEN 1 THEN CASE q.state WHEN 'failed' THEN 'file_failed' END ELSE o.reason END AS reason, CASE p.part WHEN 1 THEN 'null' ELSE o.details END AS details,
        CASE p.part WHEN 0 THEN o.outcome END AS outcome, CASE p.part WHEN 0 THEN o.pos END AS pos, CASE p.part WHEN 0 THEN o.delivered_at END AS deliveredAt,
        CASE p.part WHEN 0 THEN o.confirmed_at END AS confirmedAt, CASE p.part WHEN 0 THEN o.enveloped_at END AS envelopedAt, o.let_go AS letGo,
        a.name AS fileName, q.size AS fileSize, q.sent AS fileSent,
        t.id AS ticketId, c.id AS customerId, c.kind AS kindOfCustomer, c.company_name AS companyName, c.last_name AS lastName, c.first_name AS firstName
      FROM (${parts.join(' UNION ALL ')} ORDER BY 1 ${order}, 2, 3 LIMIT @limit OFFSET @offset) p
      LEFT JOIN outbox o ON o.op_id = p.op_id
      LEFT JOIN attachment a ON p.part = 1 AND a.id = p.op_id
      LEFT JOIN blob_queue q ON q.sha256 = a.sha256
      LEFT JOIN ticket t ON t.id = coalesce(a.ticket_id, CASE o.entity WHEN 'ticket' THEN o.subject_id END)
      LEFT JOIN customer c ON c.id = coalesce(a.customer_id, json_extract(o.input, '$.customerId'), t.customer_id)
      ORDER BY p.seq ${order}, p.part, p.op_id`,
    )
    .all({ ...bound(actors), limit, offset }) as Row[]
  return rows.map(({ customerId, kindOfCustomer, companyName, lastName, firstName, details, letGo, fileName, fileSize, fileSent, ...row }) => ({
    ...row,
    details: JSON.parse(details) as Json,
    settled: letGo === null ? null : (JSON.parse(letGo) as OutboxItem['settled']),
    file: fileName === null ? null : { name: fileName, size: fileSize ?? 0, sent: fileSent ?? 0 },
    customer: customerId === null || kindOfCustomer === null ? null : { id: customerId, kind: kindOfCustomer, name: companyName ?? [lastName, firstName].filter(Boolean).join(' ') },
  }))
}

export function outboxTotal(db: RawDatabase, view: OutboxView, actors: readonly string[] | null = null): number {
  const count = (sql: string): number => Number(db.prepare(sql).pluck().get(bound(actors)))
  const operations = view === 'files' ? 0 : count(`SELECT count(*) FROM outbox o WHERE o.state IN ${STATES[view]} ${settled[view] ?? ''} ${by(actors, 'o.actor')}`)
  return operations + (withFiles(db, view) ? count(`SELECT count(*) FROM ${files} ${by(actors, 'a.added_by')}`) : 0)
}

/** Who wrote what is in a view, by the ids it was written under. */
export function outboxWriters(db: RawDatabase, view: OutboxView): readonly { readonly actor: string; readonly count: number }[] {
  const operations = view === 'files' ? [] : (db.prepare(`SELECT o.actor, count(*) AS count FROM outbox o WHERE o.state IN ${STATES[view]} ${settled[view] ?? ''} GROUP BY o.actor`).all() as { actor: string; count: number }[])
  const content = withFiles(db, view) ? (db.prepare(`SELECT a.added_by AS actor, count(*) AS count FROM ${files} GROUP BY a.added_by`).all() as { actor: string; count: number }[]) : []
  return [...operations, ...content]
}
