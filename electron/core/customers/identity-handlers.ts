/** Who a customer is, corrected by a supervisor who has seen a document; another desk that did so too is looked at by a person, never by a machine. */
import { checkTaxCode } from '../../../shared/domain/tax-code.ts'
import { checkVatNumber } from '../../../shared/domain/vat-number.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import { correctIdentity } from '../../../shared/operations/customers.ts'
import type { IdentityField } from '../../../shared/operations/customers.ts'
import type { HandlersOf } from '../context.ts'
import { findCustomer } from './customers-repo.ts'
import { sheetNow } from './sheet.ts'

export const identityHandlers: Pick<HandlersOf<'customers'>, 'identity' | 'correctIdentity'> = {
  identity: async (call, { customerId }) => {
    const customer = await findCustomer(call.store.reader, customerId)
    if (!customer) return refuse('customer_not_found')
    if (!call.session.verified.has(customer.id)) return refuse('not_verified')
    call.trace(customer.id, { page: 'identity' })
    const { lastName, firstName, companyName, taxCode, vatNumber } = customer
    return ok({ customerId: customer.id, kind: customer.kind, values: { lastName, firstName, companyName, taxCode, vatNumber } })
  },

  correctIdentity: async (call, { customerId, changes, reason }) => {
    const customer = await findCustomer(call.store.reader, customerId)
    if (!customer) return refuse('customer_not_found')
    if (!call.session.verified.has(customer.id)) return refuse('not_verified')
    const stale = changes.find(({ field, seen }) => (customer[field] ?? '') !== seen)
    if (stale) return refuse('changed_meanwhile', { field: stale.field })
    const input = { customerId: customer.id, reason, changes: changes.map(({ field, to }) => ({ field, from: customer[field], to: normalIdentity(field, to) })) }
    const written = await call.work.write(correctIdentity, input, call.actor, 'wrote')
    if (!written.ok) return written
    call.desk.lookup().wake()
    return ok(await sheetNow(call, customer))
  },
}

/** The form in which it is kept; a code that is none stays as typed, for the operation to refuse. */
export function normalIdentity(field: IdentityField, typed: string): string | null {
  if (typed === '') return null
  const checks = field === 'taxCode' ? [checkTaxCode, checkVatNumber] : field === 'vatNumber' ? [checkVatNumber] : []
  const read = checks.map((check) => check(typed)).find(({ ok: fits }) => fits)
  return read?.ok === true ? read.value : typed
}
