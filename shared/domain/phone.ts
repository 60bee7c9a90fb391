import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { accept, refusal } from './check.ts'
import type { Check } from './check.ts'

export type PhoneKind = 'mobile' | 'fixed' | 'other'

/** A telephone number in its normal forms. */
export type Phone = {
  /** '+' and digits, with the country. */
  readonly e164: string
  /** What two numbers are compared on: the national digits of an Italian one, '00' and all digits of a foreign one. */
  readonly key: string
  readonly kind: PhoneKind
}

const empty = refusal('phone_empty')
const wrongLength = refusal('phone_length')
const wrongFormat = refusal('phone_format')
const MAX_TYPED = 60
const italianMobile = /^3[0-9]{8,9}$/
const italianFixed = /^0[1-9][0-9]{4,9}$/
/** Free, shared-cost and premium numbers, nomadic numbers, and short public ones. */
const italianOther = /^(?:80[03][0-9]{3,6}|84[0-9]{4,7}|89[0-9]{4,8}|199[0-9]{3,6}|178[0-9]{5,7}|55[0-9]{6,8}|1[0-9]{2,4})$/
const anyLetter = /\p{L}/u
/** What people write before or after a number. */
const label = /^[^\d+(]*(?=[\d+(])/
const extension = /\s*(?:int(?:erno)?|ext|x)\.?\s*\d{1,5}\s*$/i

function italian(national: string): Phone | null {
  const kind: PhoneKind | null = italianMobile.test(national) ? 'mobile'
    : italianFixed.test(national) ? 'fixed'
    : italianOther.test(national) ? 'other' : null
  return kind && { e164: `+39${national}`, key: national, kind }
}

function foreign(digits: string): Phone | null {
  if (digits.length < 7 || digits.length > 15) return null
  const parsed = parsePhoneNumberFromString(`+${digits}`)
  if (!parsed?.isPossible()) return null
  const type = parsed.getType()
  const kind = type === 'MOBILE' ? 'mobile' : type === 'FIXED_LINE' ? 'fixed' : 'other'
  return { e164: parsed.number, key: `00${parsed.number.slice(1)}`, kind }
}

/** Digits typed, with '+' in front if the number is international ('00' counts as '+'). */
function internationalDigits(text: string): string {
  let digits = ''
  let plus = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c >= 48 && c <= 57) digits += text.charAt(i)
    else if (c === 43 && digits === '') plus = true
  }
  if (plus) return `+${digits.startsWith('00') ? digits.slice(2) : digits}`
  return digits.startsWith('00') ? `+${digits.slice(2)}` : digits
}

/** A zero in brackets, written for callers from inside the country: kept in Italy, dropped elsewhere. */
const bracketedZero = /\(\s*0\s*\)/

function read(text: string): Phone | null {
  const digits = internationalDigits(text)
  if (digits.startsWith('+39')) return italian(digits.slice(3))
  if (digits.startsWith('+')) return foreign(bracketedZero.test(text) ? internationalDigits(text.replace(bracketedZero, '')).slice(1) : digits.slice(1))
  // 39 without plus: mobile numbers can begin with it too, but those have 10 digits at most.
  if (digits.startsWith('39') && digits.length > 10) return italian(digits.slice(2))
  return italian(digits)
}

/**
 * Reads a telephone number written in any way: +39, 0039 or 39 in front or not, spaces, slashes, dots, hyphens, brackets, "tel." in
 * front, "int. 12" behind. Foreign numbers need + or 00. Reasons: phone_empty, phone_length, phone_format (letters inside).
 */
export function checkPhone(text: string): Check<Phone> {
  if (text.length > MAX_TYPED) return wrongLength
  let phone = anyLetter.test(text) ? null : read(text)
  if (phone) return accept(phone)
  if (text.trim() === '') return empty
  const bare = text.replace(label, '').replace(extension, '')
  if (anyLetter.test(bare) || !/\d/.test(bare)) return wrongFormat
  phone = read(bare)
  return phone ? accept(phone) : wrongLength
}

/** The key to look a number up by, '' if the text is no number. */
export function phoneKey(text: string): string {
  const checked = checkPhone(text)
  return checked.ok ? checked.value.key : ''
}

/** The beginning of a key for a number half typed: '+39 338 4' gives '3384', '+41 9' gives '00419'; '' without digits. */
export function partialPhoneKey(text: string): string {
  const digits = internationalDigits(text.slice(0, MAX_TYPED))
  if (digits.startsWith('+39')) return digits.slice(3)
  if (digits.startsWith('+')) return '+39'.startsWith(digits) ? '' : `00${digits.slice(1)}`
  return digits.startsWith('39') && digits.length > 10 ? digits.slice(2) : digits
}

const areaCode = /^0(?:[26]|[13-57-9][0159]|[1-9][0-9]{2})/

function groups(rest: string): string {
  switch (rest.length) {
    case 5: return `${rest.slice(0, 2)} ${rest.slice(2)}`
    case 6: return `${rest.slice(0, 3)} ${rest.slice(3)}`
    case 7: return `${rest.slice(0, 3)} ${rest.slice(3)}`
    case 8: return `${rest.slice(0, 4)} ${rest.slice(4)}`
    default: return rest
  }
}

/** A key or number as it is shown: '338 421 9017', '02 1234 5678', foreign ones with '+' and country. Text that is no number stays as it is. */
export function formatPhone(text: string): string {
  const checked = checkPhone(text)
  if (!checked.ok) return text
  const { e164, key, kind } = checked.value
  if (key.startsWith('00')) return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
  switch (kind) {
    case 'mobile': return `${key.slice(0, 3)} ${key.slice(3, 6)} ${key.slice(6)}`
    case 'fixed': {
      const area = areaCode.exec(key)?.[0] ?? ''
      return `${area} ${groups(key.slice(area.length))}`
    }
    case 'other': return key.length <= 5 ? key : `${key.slice(0, 3)} ${groups(key.slice(3))}`
  }
}
