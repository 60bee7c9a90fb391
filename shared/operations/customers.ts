import { z } from '../domain/schema.ts'
import { checkEmail } from '../domain/email.ts'
import type { CustomerId } from '../domain/ids.ts'
import { checkPhone } from '../domain/phone.ts'
import type { DecisionRow, FieldConflictRow } from '../domain/records/kept.ts'
import type { CustomerRow } from '../domain/records/master.ts'
import { refuse } from '../domain/result.ts'
import { checkTaxCode } from '../domain/tax-code.ts'
import { checkVatNumber } from '../domain/vat-number.ts'
import { apply, operation } from './operation.ts'
import type { Change, Facts, Merge, Subject } from './operation.ts'
import { everyRole, supervisorsOnly } from './roles.ts'

/** What a customer may change by telephone (S2: "Telefono, FAX, E-mail"); everything else of a person is corrected by a supervisor. */
export const contactFields = ['phone', 'mobile', 'email'] as const
export type ContactField = (typeof contactFields)[number]
/** No two desks may settle these between themselves (reliability, table 3.6). */
export const identityFields = ['lastName', 'firstName', 'companyName', 'taxCode', 'vatNumber'] as const
export type IdentityField = (typeof identityFields)[number]

const value = z.string().trim().min(1).max(254).nullable()
/** `from` is the value that was on the screen, so that a change made elsewhere in the meantime is noticed. */
const change = <F extends readonly [string, ...string[]]>(fields: F) => z.strictObject({ field: z.enum(fields), from: value, to: value })
type FieldChange<F extends string> = { readonly field: F; readonly from: string | null; readonly to: string | null }

const once = (changes: readonly { readonly field: string }[]) => new Set(changes.map(({ field }) => field)).size === changes.length

/**
 * Changes how a customer is reached. Fields that are not named stay. Two desks that change the same field: the later arrival at the hub
 * stands, and the value it replaced is kept in `fieldConflict`, restorable.
 */
export const changeContact = operation({
  kind: 'customer.change-contact',
  version: 1,
  input: z.strictObject({ customerId: z.string().min(1).max(80), changes: z.array(change(contactFields)).min(1).max(contactFields.length).refine(once, 'each_field_once') }),
  refusals: ['customer_not_found', 'nothing_changed', 'changed_meanwhile', 'phone_invalid', 'email_invalid'],
  roles: everyRole,
  load: async (read, input) => ({ customer: await read.one('customer', { id: input.customerId as CustomerId }) }),
  decide: ({ customer }, { changes }, facts) => {
    if (!customer) return refuse('customer_not_found')
    const wrong = checkValues(changes)
    if (wrong) return wrong
    if (changes.every(({ from, to }) => from === to)) return refuse('nothing_changed')
    const stale = changes.find(({ field, from, to }) => from !== to && customer[field] !== from)
    if (stale) return refuse('changed_meanwhile', { field: stale.field })
    return apply(subjectOf(customer), contactUpdate(customer, changes.filter(({ from, to }) => from !== to), facts))
  },
  merge: ({ customer }, { changes }, facts) => (customer && !checkValues(changes) ? mergeContact(customer, changes, facts) : null),
})

/** Corrects who a customer is. Where the record has changed meanwhile, nothing is settled by machine: a supervisor looks at it again. */
export const correctIdentity = operation({
  kind: 'customer.correct-identity',
  version: 1,
  input: z.strictObject({
    customerId: z.string().min(1).max(80),
    changes: z.array(change(identityFields)).min(1).max(identityFields.length).refine(once, 'each_field_once'),
    reason: z.string().trim().min(3).max(500),
  }),
  refusals: ['customer_not_found', 'nothing_changed', 'changed_meanwhile', 'tax_code_invalid', 'vat_number_invalid', 'name_missing'],
  roles: supervisorsOnly,
  load: async (read, input) => ({ customer: await read.one('customer', { id: input.customerId as CustomerId }) }),
  decide: ({ customer }, { changes }, facts) => {
    if (!customer) return refuse('customer_not_found')
    if (changes.some(({ field, to }) => field === 'taxCode' && to !== null && !checkTaxCode(to).ok && !checkVatNumber(to).ok)) return refuse('tax_code_invalid', { field: 'taxCode' })
    if (changes.some(({ field, to }) => field === 'vatNumber' && to !== null && !checkVatNumber(to).ok)) return refuse('vat_number_invalid', { field: 'vatNumber' })
    if (changes.every(({ from, to }) => from === to)) return refuse('nothing_changed')
    const stale = changes.find(({ field, from }) => customer[field] !== from)
    if (stale) return refuse('changed_meanwhile', { field: stale.field })
    const set = Object.fromEntries(changes.map(({ field, to }) => [field, to])) as Partial<CustomerRow>
    const after = { ...customer, ...set }
    if (after.kind === 'person' ? after.lastName === null : after.companyName === null) return refuse('name_missing', { field: after.kind === 'person' ? 'lastName' : 'companyName' })
    return apply(subjectOf(customer), { table: 'customer', action: 'update', where: { id: customer.id }, set: { ...set, updatedAt: facts.now } })
  },
  merge: ({ customer }, { changes }) => (customer && changes.some(({ field, from, to }) => customer[field] !== from && customer[field] !== to) ? { outcome: 'rejected', code: 'review' } : null),
})

/**
 * Decides which of two values of a field stands: the one that won, or the one that lost. Either stays on record, and may be put back
 * later as long as the other one stands: nobody's third value is taken away.
 */
export const settleConflict = operation({
  kind: 'customer.settle-conflict',
  version: 1,
  input: z.strictObject({ conflictId: z.string().min(1).max(120), choice: z.enum(['keep', 'restore']) }),
  refusals: ['conflict_not_found', 'already_settled', 'changed_meanwhile'],
  roles: everyRole,
  load: async (read, input) => {
    const conflict = await read.one('fieldConflict', { id: input.conflictId })
    return {
      conflict,
      customer: conflict && (await read.one('customer', { id: conflict.customerId })),
      decisions: await read.many('decision', { subjectId: input.conflictId }, { by: 'seq' }),
    }
  },
  decide: ({ conflict, customer, decisions }, { choice }, facts) => {
    if (!conflict || !customer || !isContactField(conflict.field)) return refuse('conflict_not_found')
    const { field } = conflict
    const [wanted, other] = choice === 'keep' ? [conflict.kept, conflict.lost] : [conflict.lost, conflict.kept]
    const stands = customer[field]
    const open = conflict.state === 'open'
    if (stands === wanted && !open) return refuse('already_settled')
    // Leaving things as they are needs no look at them.
    if (stands !== wanted && stands !== other && !(open && choice === 'keep')) return refuse('changed_meanwhile', { field })
    const settled: Change = { table: 'fieldConflict', action: 'update', where: { id: conflict.id }, set: { state: 'settled', settledBy: facts.actor.id, settledAt: facts.now } }
    const row: DecisionRow = { id: facts.opId, customerId: customer.id, about: 'conflict', subjectId: conflict.id, seq: (decisions.at(-1)?.seq ?? 0) + 1, choice, opId: null, reason: null, by: facts.actor.id, at: facts.now }
    const decided: Change = { table: 'decision', action: 'insert', row }
    if (stands !== other || (open && choice === 'keep')) return apply(subjectOf(customer), settled, decided)
    return apply(subjectOf(customer), contactUpdate(customer, [{ field, from: stands, to: wanted }], facts), settled, decided)
  },
})

/** Whether a telephone and a mail address may be what was typed. */
function checkValues(changes: readonly FieldChange<ContactField>[]) {
  const phone = changes.find(({ field, to }) => to !== null && field !== 'email' && !checkPhone(to).ok)
  if (phone) return refuse('phone_invalid', { field: phone.field })
  if (changes.some(({ field, to }) => to !== null && field === 'email' && !checkEmail(to).ok)) return refuse('email_invalid', { field: 'email' })
  return null
}

function subjectOf(customer: CustomerRow): Subject {
  return { entity: 'customer', id: customer.id, customerId: customer.id }
}

/** A new address may be reachable again; only its next message tells. */
function contactUpdate(customer: CustomerRow, changes: readonly FieldChange<ContactField>[], facts: Facts): Change {
  const set = Object.fromEntries(changes.map(({ field, to }) => [field, to])) as Partial<CustomerRow>
  const email = 'email' in set && set.email !== customer.email ? { emailState: set.email === null ? null : ('ok' as const) } : {}
  return { table: 'customer', action: 'update', where: { id: customer.id }, set: { ...set, ...email, updatedAt: facts.now } }
}

function mergeContact(customer: CustomerRow, named: readonly FieldChange<ContactField>[], facts: Facts): Merge | null {
  // A field that was named and left as it was takes nobody's newer value away.
  const changes = named.filter(({ from, to }) => from !== to)
  if (changes.length === 0) return null
  const lost = changes.filter(({ field, from, to }) => customer[field] !== from && customer[field] !== to)
  if (lost.length === 0 && changes.every(({ field, from }) => customer[field] === from)) return null
  const rows = lost.map(({ field, from, to }): FieldConflictRow => ({
    // Who wrote what lost is known to the hub alone (`hub/conflicts/authors.ts`).
    id: `${facts.opId}:${field}`, customerId: customer.id, field, before: from, kept: to, lost: customer[field], lostBy: null, lostAt: null, keptBy: facts.actor.id, at: facts.now,
    state: 'open', settledBy: null, settledAt: null,
  }))
  return {
    outcome: 'merged',
    code: lost.length > 0 ? 'field_conflict' : 'same_value',
    changes: [contactUpdate(customer, changes, facts), ...rows.map((row): Change => ({ table: 'fieldConflict', action: 'insert', row }))],
    subject: subjectOf(customer),
  }
}

function isContactField(field: string): field is ContactField {
  return (contactFields as readonly string[]).includes(field)
}
