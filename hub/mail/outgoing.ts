import type { Outcome } from '../../shared/sync/wire.ts'
import type { Tx } from '../server/parts.ts'

/** An operation as the push has carried it out. */
export type AppliedOperation = { readonly opId: string; readonly kind: string; readonly outcome: Outcome; readonly subjectId: string }

/**
 * Writes the messages that follow from operations into the transaction that carries them out: each at most once, however often it is
 * called. A customer without an address, or whose address no longer takes mail, gets none.
 */
export async function mailFor(tx: Tx, ...operations: readonly AppliedOperation[]): Promise<void> {
  const answers = operations.filter(({ kind, outcome }) => kind === 'ticket.answer' && (outcome === 'applied' || outcome === 'merged'))
  if (answers.length === 0) return
  await tx.query(
    `INSERT INTO mail_message (id, template, customer_id, address, language, data, state, op_id)
     SELECT gen_random_uuid()::text, 'ticket_answered', c.id, c.email, 'it', jsonb_build_object('ticket', coalesce(t.number, t.code), 'brand', b.name), 'waiting', o.op_id
     FROM jsonb_to_recordset($1::jsonb) AS o(op_id text, ticket_id text)
     JOIN ticket t ON t.id = o.ticket_id JOIN customer c ON c.id = t.customer_id JOIN brand b ON b.id = c.brand_id
     WHERE c.email IS NOT NULL AND c.email_state IS DISTINCT FROM 'unreachable'
     ON CONFLICT (op_id, template) WHERE op_id IS NOT NULL DO NOTHING`,
    [JSON.stringify(answers.map(({ opId, subjectId }) => ({ op_id: opId, ticket_id: subjectId })))],
  )
}
