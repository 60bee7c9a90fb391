import { accept, refusal } from './check.ts'
import type { Check } from './check.ts'
import { compactCode } from './compact.ts'
import { adjacentKeys, digitLookAlike } from './look-alike.ts'

const empty = refusal('vat_number_empty')
const wrongLength = refusal('vat_number_length')
const wrongFormat = refusal('vat_number_format')
const sevenZeros = refusal('vat_number_zeros')
const wrongCheckDigit = refusal('vat_number_check_digit')
const digitsOnly = /^[0-9]+$/

/** Capitals and digits without separators and without the country prefix IT. */
export function normaliseVatNumber(text: string): string {
  const code = compactCode(text)
  return code.length > 2 && code.startsWith('IT') && /[0-9O]/.test(code.charAt(2)) ? code.slice(2) : code
}

/** Whether the last of 11 digits is the Luhn digit of the others. */
export function hasVatCheckDigit(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < 11; i++) {
    const d = digits.charCodeAt(i) - 48
    const doubled = d * 2
    sum += i % 2 === 0 ? d : doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Whether the three digits of the issuing office are in the known list: 001–100, 120, 121, 888, 999. */
export function isKnownVatOffice(digits: string): boolean {
  const office = Number(digits.slice(7, 10))
  return (office >= 1 && office <= 100) || office === 120 || office === 121 || office === 888 || office === 999
}

/** Judges exactly 11 digits, also those of a legal person's codice fiscale. Reasons: vat_number_zeros, vat_number_check_digit. */
export function checkElevenDigits(digits: string): Check<string> {
  if (digits.startsWith('0000000')) return sevenZeros
  if (!hasVatCheckDigit(digits)) return wrongCheckDigit
  return isKnownVatOffice(digits) ? accept(digits) : accept(digits, 'vat_number_office_unknown')
}

/**
 * Judges a partita IVA as typed. Value: the 11 digits as text, leading zeros kept; missing ones are not added here but offered by
 * `suggestVatNumber`. An unknown office is a warning, never a refusal.
 */
export function checkVatNumber(text: string): Check<string> {
  const code = normaliseVatNumber(text)
  if (code === '') return empty
  if (!digitsOnly.test(code)) return wrongFormat
  if (code.length !== 11) return wrongLength
  return checkElevenDigits(code)
}

/** Whether 11 digits are right, the office aside; allocates nothing. */
export function isVatNumber(digits: string): boolean {
  return digits.length === 11 && digitsOnly.test(digits) && !digits.startsWith('0000000') && hasVatCheckDigit(digits)
}

/**
 * Right partite IVA near a wrong one, likeliest first, at most `limit`: letters typed for digits, leading zeros restored on 8–10
 * digits, two neighbours exchanged, one digit changed. [] when the text is right already or too far off.
 */
export function suggestVatNumber(text: string, limit = 8): string[] {
  const typed = normaliseVatNumber(text)
  if (typed.length < 8 || typed.length > 11 || isVatNumber(typed)) return []
  let code = ''
  for (let i = 0; i < typed.length; i++) {
    const digit = digitLookAlike(typed.charAt(i))
    if (digit === '') return []
    code += digit
  }
  if (code.length < 11) {
    const padded = code.padStart(11, '0')
    return isVatNumber(padded) ? [padded] : []
  }
  if (isVatNumber(code)) return [code]
  const found: { code: string; cost: number }[] = []
  const offer = (candidate: string, cost: number): void => {
    if (isVatNumber(candidate)) found.push({ code: candidate, cost: isKnownVatOffice(candidate) ? cost : cost + 3 })
  }
  for (let i = 0; i < 11; i++) {
    const here = code.charAt(i)
    const next = code.charAt(i + 1)
    if (next !== '' && next !== here) offer(code.slice(0, i) + next + here + code.slice(i + 2), 1)
    for (let d = 0; d < 10; d++) {
      const digit = String(d)
      if (digit !== here) offer(code.slice(0, i) + digit + code.slice(i + 1), adjacentKeys(here, digit) ? 2 : 4)
    }
  }
  found.sort((a, b) => a.cost - b.cost)
  return [...new Set(found.map(f => f.code))].slice(0, limit)
}
