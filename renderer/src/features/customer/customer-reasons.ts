import type { ErrorOf } from '../../../../shared/contract/call.ts'
import type { customersCalls } from '../../../../shared/contract/customers.ts'
import { commonReasons } from '../desk/call-errors.ts'
import type { Reasons } from '../desk/call-errors.ts'

type Customers = typeof customersCalls
export type OpenError = ErrorOf<Customers['open']>
export type VerifyError = ErrorOf<Customers['verify']>
export type ExportError = ErrorOf<Customers['exportTable']>

export const contactReasons: Reasons<ErrorOf<Customers['changeContact']> | ErrorOf<Customers['settleConflict']>> = {
  ...commonReasons,
  customer_not_found: 'customer.error.customer_not_found',
  not_verified: 'contact.verifyFirst',
  nothing_changed: 'contact.error.nothingChanged',
  changed_meanwhile: 'contact.error.changedMeanwhile',
  phone_invalid: 'contact.error.phoneInvalid',
  email_invalid: 'contact.error.emailInvalid',
  conflict_not_found: 'contact.error.conflictNotFound',
  already_settled: 'contact.error.alreadySettled',
}

export const identityReasons: Reasons<ErrorOf<Customers['correctIdentity']> | ErrorOf<Customers['identity']>> = {
  ...commonReasons,
  customer_not_found: 'customer.error.customer_not_found',
  not_verified: 'contact.verifyFirst',
  nothing_changed: 'contact.error.nothingChanged',
  changed_meanwhile: 'contact.error.changedMeanwhile',
  tax_code_invalid: 'contact.identity.taxCodeInvalid',
  vat_number_invalid: 'contact.identity.vatNumberInvalid',
  name_missing: 'contact.identity.nameMissing',
}

/** Also for the list pages: they are refused for the same reasons. */
export const openReasons: Reasons<OpenError> = { ...commonReasons, customer_not_found: 'customer.error.customer_not_found' }

export const verifyReasons: Reasons<VerifyError> = { ...openReasons, too_few_checks: 'customer.error.too_few_checks', check_failed: 'customer.error.check_failed', too_many_tries: 'customer.error.too_many_tries' }

export const exportReasons: Reasons<ExportError> = { ...openReasons, not_verified: 'customer.error.not_verified' }
