import type { ErrorOf } from '../../../../shared/contract/call.ts'
import type { portalCalls } from '../../../../shared/contract/portal.ts'
import type { CheckCode } from '../../../../shared/domain/check.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import { commonReasons } from '../desk/call-errors.ts'
import type { Reasons } from '../desk/call-errors.ts'

type Portal = typeof portalCalls
export type PageError = ErrorOf<Portal['page']>
export type LinkError = ErrorOf<Portal['link']>
export type UnlinkError = ErrorOf<Portal['unlink']>

export const pageReasons: Reasons<PageError> = { ...commonReasons, customer_not_found: 'portal.error.customer_not_found' }

export const linkReasons: Reasons<LinkError> = {
  ...commonReasons,
  customer_not_found: 'portal.error.customer_not_found',
  declaration_missing: 'portal.error.declaration_missing',
  declaration_outdated: 'portal.error.declaration_outdated',
  service_not_found: 'portal.error.service_not_found',
  customer_code_mismatch: 'portal.error.customer_code_mismatch',
  tax_code_required: 'portal.error.tax_code_required',
  vat_number_required: 'portal.error.vat_number_required',
  tax_code_must_be_empty: 'portal.error.tax_code_must_be_empty',
  vat_number_not_for_domestic: 'portal.error.vat_number_not_for_domestic',
  tax_code_mismatch: 'portal.error.tax_code_mismatch',
  vat_number_mismatch: 'portal.error.vat_number_mismatch',
  already_linked: 'portal.error.already_linked',
  not_holder: 'portal.error.not_holder',
}

export const unlinkReasons: Reasons<UnlinkError> = { ...commonReasons, link_not_found: 'portal.error.link_not_found', already_unlinked: 'portal.error.already_unlinked' }

type CodeReason = Extract<CheckCode, `tax_code_${string}` | `vat_number_${string}`>
const codeReasons: Readonly<Record<CodeReason, MessageKey>> = {
  tax_code_empty: 'portal.check.tax_code_empty',
  tax_code_length: 'portal.check.tax_code_length',
  tax_code_format: 'portal.check.tax_code_format',
  tax_code_birth_day: 'portal.check.tax_code_birth_day',
  tax_code_check_character: 'portal.check.tax_code_check_character',
  vat_number_empty: 'portal.check.vat_number_empty',
  vat_number_length: 'portal.check.vat_number_length',
  vat_number_format: 'portal.check.vat_number_format',
  vat_number_zeros: 'portal.check.vat_number_zeros',
  vat_number_check_digit: 'portal.check.vat_number_check_digit',
  vat_number_office_unknown: 'portal.check.vat_number_office_unknown',
}

/** Why a tax code or VAT number is wrong or doubtful. */
export function codeReason(code: CheckCode): MessageKey | undefined {
  return Object.entries(codeReasons).find(([known]) => known === code)?.[1]
}
