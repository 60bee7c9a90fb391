import type { OutboxItem, OutboxView } from '../../../shared/contract/outbox.ts'
import type { Json } from '../../../shared/domain/json.ts'
import type { RawDatabase } from '../store/cipher.ts'

type Row = Omit<OutboxItem, 'details' | 'customer' | 'reason'> & {
  readonly reason: string | null
  readonly details: string
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
  confirmed: `('confirmed')`,
} as const satisfies Record<OutboxView, string>

/**
 * One page of the outbox, `actor` still an id. The customer is the one the operation names itself, or that of its ticket.
 */
export function outboxPage(db: RawDatabase, view: OutboxView, limit: number, offset: number): OutboxItem[] {
  const rows = db
    .prepare(
      `SELECT o.seq, o.op_id AS opId, o.kind, o.at, o.actor, o.desk, o.state, o.reason, o.details, o.outcome, o.pos, o.delivered_at AS deliveredAt, o.confirmed_at AS confirmedAt,
        t.id AS ticketId, c.id AS customerId, c.kind AS kindOfCustomer, c.company_name AS companyName, c.last_name AS lastName, c.first_name AS firstName
      FROM (SELECT *, CASE entity WHEN 'ticket' THEN subject_id END AS ticket FROM outbox WHERE state IN ${STATES[view]} ORDER BY seq ${view === 'confirmed' ? 'DESC' : 'ASC'} LIMIT ? OFFSET ?) o
      LEFT JOIN ticket t ON t.id = o.ticket
      LEFT JOIN customer c ON c.id = coalesce(json_extract(o.input, '$.customerId'), t.customer_id)
      ORDER BY o.seq ${view === 'confirmed' ? 'DESC' : 'ASC'}`,
    )
    .all(limit, offset) as Row[]
  return rows.map(({ customerId, kindOfCustomer, companyName, lastName, firstName, details, ...row }) => ({
    ...row,
    details: JSON.parse(details) as Json,
    customer: customerId === null || kindOfCustomer === null ? null : { id: customerId, kind: kindOfCustomer, name: companyName ?? [lastName, firstName].filter(Boolean).join(' ') },
  }))
}

export function outboxTotal(db: RawDatabase, view: OutboxView): number {
  return Number(db.prepare(`SELECT count(*) FROM outbox WHERE state IN ${STATES[view]}`).pluck().get())
}
