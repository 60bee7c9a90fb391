/** Every reason or warning a check in this folder can give: stable, and the key of its text in both languages. */
export const checkCodes = [
  'tax_code_empty',
  'tax_code_length',
  'tax_code_format',
  'tax_code_birth_day',
  'tax_code_check_character',
  'vat_number_empty',
  'vat_number_length',
  'vat_number_format',
  'vat_number_zeros',
  'vat_number_check_digit',
  'vat_number_office_unknown',
  'pod_empty',
  'pod_length',
  'pod_format',
  'pdr_empty',
  'pdr_length',
  'pdr_format',
  'phone_empty',
  'phone_length',
  'phone_format',
  'email_empty',
  'email_length',
  'email_format',
  'day_format',
  'day_not_in_calendar',
  'quantity_empty',
  'quantity_format',
  'quantity_negative',
  'quantity_decimals',
  'quantity_too_large',
] as const

export type CheckCode = (typeof checkCodes)[number]

/** A refused value with its reason. */
export type Refused<C extends string = CheckCode> = { readonly ok: false; readonly reason: C }

/** An accepted value in its normal form, perhaps with a warning that does not block. */
export type Accepted<T, C extends string = CheckCode> = { readonly ok: true; readonly value: T; readonly warning?: C }

/** Outcome of checking what somebody typed or an extract contains. `C` defaults to the codes of this folder. */
export type Check<T, C extends string = CheckCode> = Accepted<T, C> | Refused<C>

/** Accepts `value`, with a warning if one is given. */
export function accept<T, C extends string = CheckCode>(value: T, warning?: C): Accepted<T, C> {
  return warning === undefined ? { ok: true, value } : { ok: true, value, warning }
}

/** A refusal to keep and hand out again: checks run on millions of rows and must not allocate for it. */
export function refusal<C extends string>(reason: C): Refused<C> {
  return Object.freeze({ ok: false, reason } as const)
}
