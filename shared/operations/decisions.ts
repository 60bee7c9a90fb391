import type { CustomerId } from '../domain/ids.ts'
import type { DecisionRow } from '../domain/records/kept.ts'
import { refuse } from '../domain/result.ts'
import { z } from '../domain/schema.ts'
import { apply, operation } from './operation.ts'
import type { Change, Facts } from './operation.ts'
import { everyRole } from './roles.ts'

/** Whether the last decision still stands: what was let go may be taken back. */
export function isSettled(decisions: readonly Pick<DecisionRow, 'choice'>[]): boolean {
  const last = decisions.at(-1)
  return last !== undefined && last.choice !== 'taken_back'
}

/**
 * Says what became of something that was refused or came too late: written again by another operation (which is named), let go with a reason,
 * or taken back, so that it waits again. Everything that was said stays, in the order in which it reached the hub.
 */
export const settleEntry = operation({
  kind: 'entry.settle',
  version: 1,
  input: z.strictObject({
    customerId: z.string().min(1).max(80),
    about: z.enum(['refused', 'superseded']),
    /** The operation that was refused, or that came too late. */
    opId: z.string().min(1).max(64),
    choice: z.enum(['corrected', 'let_go', 'taken_back']),
    /** The operation that stands in its place. */
    correctedBy: z.string().min(1).max(64).nullable().default(null),
    reason: z.string().trim().max(500).nullable().default(null),
  }),
  refusals: ['customer_not_found', 'already_settled', 'not_settled', 'reason_missing'],
  roles: everyRole,
  load: async (read, input) => ({
    customer: await read.one('customer', { id: input.customerId as CustomerId }),
    decisions: await read.many('decision', { subjectId: input.opId }, { by: 'seq' }),
  }),
  decide: ({ customer, decisions }, input, facts) => {
    if (!customer) return refuse('customer_not_found')
    if (input.choice === 'let_go' && (input.reason ?? '').length < 3) return refuse('reason_missing')
    if (input.choice === 'taken_back' ? !isSettled(decisions) : isSettled(decisions)) return refuse(input.choice === 'taken_back' ? 'not_settled' : 'already_settled')
    return apply({ entity: 'customer', id: customer.id, customerId: customer.id }, decided(decisions, input, facts))
  },
  // Somebody else settled it first. What was written in its place was written all the same, and is on record.
  merge: ({ customer, decisions }, input, facts) => {
    if (!customer || input.choice === 'taken_back' || !isSettled(decisions)) return null
    if (input.choice === 'let_go' && (input.reason ?? '').length < 3) return null
    return { outcome: 'merged', code: 'settled_twice', changes: [decided(decisions, input, facts)], subject: { entity: 'customer', id: customer.id, customerId: customer.id } }
  },
})

type Input = { readonly customerId: string; readonly about: 'refused' | 'superseded'; readonly opId: string; readonly choice: DecisionRow['choice']; readonly correctedBy: string | null; readonly reason: string | null }

function decided(before: readonly DecisionRow[], input: Input, facts: Facts): Change {
  const row: DecisionRow = {
    id: facts.opId, customerId: input.customerId as CustomerId, about: input.about, subjectId: input.opId, seq: (before.at(-1)?.seq ?? 0) + 1, choice: input.choice,
    opId: input.correctedBy, reason: input.reason === '' ? null : input.reason, by: facts.actor.id, at: facts.now,
  }
  return { table: 'decision', action: 'insert', row }
}
