/** Rows that wait for a decision, each kind through an index of its own. */
import type { InboxCounts, InboxKind } from '../../../shared/contract/inbox.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { isSettledSql } from '../outbox/outbox-list.ts'

export type InboxRow = {
  readonly kind: InboxKind
  readonly id: string
  readonly what: string
  readonly at: string
  /** Ids of those who wrote, separated by a line end. */
  readonly writers: string
  readonly customerId: string | null
  readonly ticketId: string | null
  readonly reason: string | null
  readonly field: string | null
  readonly meterId: string | null
  readonly day: string | null
}

const columns = 'kind, id, what, at, writers, customerId, ticketId, reason, field, meterId, day'
const refusedRows = (kind: 'refused' | 'review', condition: string) => `SELECT '${kind}' AS kind, o.op_id AS id, o.kind AS what, o.at AS at, o.actor AS writers,
    coalesce(json_extract(o.input, '$.customerId'), t.customer_id) AS customerId, t.id AS ticketId, o.reason AS reason, NULL AS field, NULL AS meterId, NULL AS day
  FROM outbox o LEFT JOIN ticket t ON t.id = json_extract(o.input, '$.ticketId') WHERE o.state = 'refused' AND ${condition} AND NOT ${isSettledSql}`

const queries: { readonly [K in InboxKind]: string } = {
  refused: refusedRows('refused', `coalesce(o.reason, '') <> 'review'`),
  review: refusedRows('review', `o.reason = 'review'`),
  // A condition that begins the index: what is not contested is not looked at.
  contested: `SELECT 'contested' AS kind, r.meter_id || ' ' || r.day AS id, 'reading.enter' AS what, min(coalesce(r.entered_at, r.day)) AS at,
      (SELECT group_concat(x.entered_by, char(10)) FROM reading x WHERE x.meter_id = r.meter_id AND x.day = r.day AND x.state IN ('contested', 'pending', 'acquired') AND x.entered_by IS NOT NULL) AS writers,
      (SELECT k.customer_id FROM meter m JOIN contract k ON k.supply_point_id = m.supply_point_id WHERE m.id = r.meter_id AND k.start_day <= r.day AND (k.end_day IS NULL OR k.end_day >= r.day) ORDER BY k.start_day DESC LIMIT 1) AS customerId,
      NULL AS ticketId, NULL AS reason, NULL AS field, r.meter_id AS meterId, r.day AS day
    FROM reading r INDEXED BY reading_contested_day WHERE r.state = 'contested' AND r.day > '' GROUP BY r.meter_id, r.day`,
  conflict: `SELECT 'conflict' AS kind, f.id AS id, 'customer.change-contact' AS what, f.at AS at, f.kept_by || coalesce(char(10) || f.lost_by, '') AS writers, f.customer_id AS customerId,
      NULL AS ticketId, NULL AS reason, f.field AS field, NULL AS meterId, NULL AS day
    FROM field_conflict f INDEXED BY field_conflict_open WHERE f.state = 'open' AND f.at > ''`,
  superseded: `SELECT 'superseded' AS kind, e.id AS id, e.kind AS what, e.at AS at, e.actor AS writers, t.customer_id AS customerId, e.ticket_id AS ticketId, NULL AS reason, NULL AS field, NULL AS meterId, NULL AS day
    FROM ticket_event e INDEXED BY ticket_event_superseded JOIN ticket t ON t.id = e.ticket_id WHERE e.superseded = 1 AND e.at > ''
      AND NOT coalesce((SELECT d.choice <> 'taken_back' FROM decision d WHERE d.subject_id = e.id ORDER BY d.seq DESC LIMIT 1), 0)`,
}
/** Whoever is asked about is among the writers; of all, where nobody is named. */
const ofWriters = (writers: readonly string[] | null): string => (writers === null ? '' : `WHERE EXISTS (SELECT 1 FROM json_each(@writers) w WHERE instr(char(10) || q.writers || char(10), char(10) || w.value || char(10)) > 0)`)
const bound = (writers: readonly string[] | null): object => (writers === null ? {} : { writers: JSON.stringify(writers) })

export function inboxCounts(db: RawDatabase, writers: readonly string[] | null): InboxCounts {
  const count = (kind: InboxKind) => Number(db.prepare(`SELECT count(*) FROM (${queries[kind]}) q ${ofWriters(writers)}`).pluck().get(bound(writers)))
  return { refused: count('refused'), review: count('review'), contested: count('contested'), conflict: count('conflict'), superseded: count('superseded') }
}

/** Oldest first. */
export function inboxPage(db: RawDatabase, kinds: readonly InboxKind[], writers: readonly string[] | null, limit: number, offset: number): readonly InboxRow[] {
  const parts = kinds.map((kind) => `SELECT ${columns} FROM (${queries[kind]}) q ${ofWriters(writers)}`)
  return db.prepare(`${parts.join(' UNION ALL ')} ORDER BY at, id LIMIT @limit OFFSET @offset`).all({ ...bound(writers), limit, offset }) as InboxRow[]
}
