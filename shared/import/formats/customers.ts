import { checkEmail } from '../../domain/email.ts'
import { addressId, customerId } from '../../domain/ids.ts'
import { checkPhone } from '../../domain/phone.ts'
import { checkTaxCode, normaliseTaxCode } from '../../domain/tax-code.ts'
import { checkVatNumber, normaliseVatNumber } from '../../domain/vat-number.ts'
import { optionalDay, optionalFlag, optionalText, raw, requiredCode } from '../cells.ts'
import { defineFormat } from '../extract-format.ts'
import type { Cell } from '../extract-format.ts'
import type { RowIssues } from '../import-reasons.ts'
import { requiredBrand } from '../keys.ts'
import { customerKindWords, emailStateWords, requiredWord, sexWords, wordOr } from '../words.ts'
import { customerColumns } from './customer-columns.ts'

const sixDigits = /^\d{6}$/

/**
 * A codice fiscale never costs a customer: a wrong check character is kept as the extract has it, so that the desk finds the customer
 * by the code on the bill; what cannot be one at all is left out.
 */
function taxCode(fields: readonly string[], cell: Cell, issues: RowIssues): string | null {
  const text = raw(fields, cell)
  if (text === '') return null
  const checked = checkTaxCode(text)
  if (checked.ok) {
    if (checked.warning) issues.warn(cell.column.name, checked.warning, 'kept')
    return checked.value
  }
  const isTypo = checked.reason === 'tax_code_check_character' || checked.reason === 'vat_number_check_digit'
  issues.warn(cell.column.name, checked.reason, isTypo ? 'kept' : 'dropped')
  return isTypo ? normaliseTaxCode(text) : null
}

function vatNumber(fields: readonly string[], cell: Cell, issues: RowIssues): string | null {
  const text = raw(fields, cell)
  if (text === '') return null
  const checked = checkVatNumber(text)
  if (checked.ok) {
    if (checked.warning) issues.warn(cell.column.name, checked.warning, 'kept')
    return checked.value
  }
  const isTypo = checked.reason === 'vat_number_check_digit'
  issues.warn(cell.column.name, checked.reason, isTypo ? 'kept' : 'dropped')
  return isTypo ? normaliseVatNumber(text) : null
}

/** International form; a number nobody can dial stays as written, people can still make sense of it. */
function phone(fields: readonly string[], cell: Cell, issues: RowIssues): string | null {
  const text = optionalText(fields, cell, issues)
  if (text === null) return null
  const checked = checkPhone(text)
  if (checked.ok) return checked.value.e164
  issues.warn(cell.column.name, checked.reason, 'kept')
  return text
}

type Email = { email: string | null; usable: boolean }

function email(fields: readonly string[], cell: Cell, issues: RowIssues): Email {
  const text = optionalText(fields, cell, issues)
  if (text === null) return { email: null, usable: false }
  const checked = checkEmail(text)
  if (checked.ok) return { email: checked.value, usable: true }
  issues.warn(cell.column.name, checked.reason, 'kept')
  return { email: text, usable: false }
}

export const customerFormat = defineFormat({
  kind: 'customers',
  fileName: 'customers.csv',
  columns: customerColumns,
  references: [
    { column: 'address_code', to: 'addresses', property: 'addressId', clear: record => { record.addressId = null } },
  ],
  key: record => record.id,
  reader: (at, context) => (fields, issues) => {
    const brand = requiredBrand(fields, at.brand, context, issues)
    const code = requiredCode(fields, at.code, issues)
    const kind = requiredWord(fields, at.kind, customerKindWords, issues)
    if (issues.refusals.length > 0) return null
    if (context.portals.get(brand) === 'S2' && !sixDigits.test(code)) issues.warn('code', 'customer_code_six_digits', 'kept')
    const lastName = optionalText(fields, at.last_name, issues)
    const firstName = optionalText(fields, at.first_name, issues)
    const companyName = optionalText(fields, at.company_name, issues)
    const isPerson = kind === 'person'
    if (isPerson ? lastName === null && firstName === null : companyName === null) {
      issues.refuse(isPerson ? 'last_name' : 'company_name', 'name_missing')
      return null
    }
    if (isPerson && companyName !== null) issues.warn('company_name', 'name_of_other_kind', 'kept')
    const mail = email(fields, at.email, issues)
    const mailState = wordOr(fields, at.email_state, emailStateWords, 'ok', issues)
    const addressCode = raw(fields, at.address_code)
    return {
      id: customerId(brand, code),
      brandId: brand,
      code,
      kind,
      lastName,
      firstName,
      companyName,
      taxCode: taxCode(fields, at.tax_code, issues),
      vatNumber: vatNumber(fields, at.vat_number, issues),
      birthDay: optionalDay(fields, at.birth_day, issues),
      sex: wordOr(fields, at.sex, sexWords, null, issues),
      phone: phone(fields, at.phone, issues),
      mobile: phone(fields, at.mobile, issues),
      email: mail.email,
      emailState: mail.email === null ? null : mail.usable ? mailState : 'unreachable',
      vulnerable: optionalFlag(fields, at.vulnerable, issues) ?? false,
      sinceDay: optionalDay(fields, at.since_day, issues),
      addressId: addressCode === '' ? null : addressId(brand, addressCode),
    }
  },
})
