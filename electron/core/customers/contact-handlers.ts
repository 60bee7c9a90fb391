/** How a customer is reached: changed on the customer's word, with what lost against another desk kept beside it. */
import type { FieldConflictView } from '../../../shared/contract/customers.ts'
import { checkEmail } from '../../../shared/domain/email.ts'
import { checkPhone, formatPhone } from '../../../shared/domain/phone.ts'
import type { CustomerRow } from '../../../shared/domain/records/master.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import { models } from '../../../shared/model/models.ts'
import { changeContact, contactFields, settleConflict } from '../../../shared/operations/customers.ts'
import type { ContactField } from '../../../shared/operations/customers.ts'
import type { HandlersOf } from '../context.ts'
import { decisionsOf } from '../inbox/decisions.ts'
import { peopleNames } from '../people/people-names.ts'
import { findCustomer } from './customers-repo.ts'
import { personal } from './mask.ts'
import { sheetNow } from './sheet.ts'

const conflictsShown = 50

export const contactHandlers: Pick<HandlersOf<'customers'>, 'changeContact' | 'conflicts' | 'settleConflict'> = {
  changeContact: async (call, { customerId, changes }) => {
    const customer = await findCustomer(call.store.reader, customerId)
    if (!customer) return refuse('customer_not_found')
    if (!call.session.verified.has(customer.id)) return refuse('not_verified')
    const stale = changes.find(({ field, seen }) => (shown(customer, field) ?? '') !== seen)
    if (stale) return refuse('changed_meanwhile', { field: stale.field })
    const input = { customerId: customer.id, changes: changes.map(({ field, to }) => ({ field, from: customer[field], to: normalContact(field, to) })) }
    const written = await call.work.write(changeContact, input, call.actor, 'wrote')
    if (!written.ok) return written
    call.desk.lookup().wake()
    return ok(await sheetNow(call, customer))
  },

  conflicts: async (call, { customerId }) => {
    const customer = await findCustomer(call.store.reader, customerId)
    if (!customer) return refuse('customer_not_found')
    const rows = await call.store.reader.getRepository(models.fieldConflict).find({ where: { customerId: customer.id }, order: { at: 'DESC' }, take: conflictsShown })
    const name = await peopleNames(call.store, rows.flatMap(({ keptBy, lostBy, settledBy }) => [keptBy, lostBy, settledBy]))
    const decisions = await decisionsOf(call.store, rows.map(({ id }) => id))
    const revealed = call.session.verified.has(customer.id)
    call.trace(customer.id, { page: 'conflicts' })
    return ok(
      rows.flatMap(({ id, field, before, kept, lost, keptBy, lostBy, lostAt, at, state, settledBy, settledAt }): FieldConflictView[] =>
        isContactField(field)
          ? [{
              conflictId: id,
              field,
              before: inClear(field, before, revealed),
              kept: inClear(field, kept, revealed),
              lost: inClear(field, lost, revealed),
              keptBy: name(keptBy),
              at,
              lostBy: lostBy === null ? null : name(lostBy),
              lostAt,
              mine: keptBy === call.actor.id ? 'kept' : lostBy === call.actor.id ? 'lost' : null,
              stands: customer[field] === kept ? 'kept' : customer[field] === lost ? 'lost' : null,
              state,
              settledBy: settledBy === null ? null : name(settledBy),
              settledAt,
              decisions: decisions.get(id) ?? [],
            }]
          : [],
      ),
    )
  },

  settleConflict: async (call, { customerId, conflictId, choice }) => {
    const customer = await findCustomer(call.store.reader, customerId)
    if (!customer) return refuse('customer_not_found')
    if (!call.session.verified.has(customer.id)) return refuse('not_verified')
    const conflict = await call.store.reader.getRepository(models.fieldConflict).findOneBy({ id: conflictId, customerId: customer.id })
    if (!conflict) return refuse('conflict_not_found')
    const written = await call.work.write(settleConflict, { conflictId, choice }, call.actor, 'wrote')
    if (!written.ok) return written
    if (choice === 'restore') call.desk.lookup().wake()
    return ok(await sheetNow(call, customer))
  },
}

/** As it stands on the sheet: what the person saw when they began. */
function shown(customer: CustomerRow, field: ContactField): string | null {
  const stored = customer[field]
  return stored === null || field === 'email' ? stored : formatPhone(stored)
}

function inClear(field: ContactField, value: string | null, revealed: boolean) {
  return personal(value === null || field === 'email' ? value : formatPhone(value), field === 'email' ? 'email' : 'phone', revealed)
}

/** The form in which it is kept; what cannot be read stays as typed, for the operation to refuse. */
export function normalContact(field: ContactField, typed: string): string | null {
  if (typed === '') return null
  const checked = field === 'email' ? checkEmail(typed) : checkPhone(typed)
  if (!checked.ok) return typed
  return typeof checked.value === 'string' ? checked.value : checked.value.e164
}

function isContactField(field: string): field is ContactField {
  return (contactFields as readonly string[]).includes(field)
}
