import { checkEmail } from './email.ts'
import { digitLookAlike } from './look-alike.ts'
import { checkPhone, partialPhoneKey } from './phone.ts'
import type { IdentifierKind, Recognised } from './recognise.ts'
import { repairPodPrefix, suggestPdr, suggestPod } from './supply-code.ts'
import { hasTaxCodeNameOrder, repairTaxCodePrefix, suggestTaxCode } from './tax-code-suggest.ts'
import { hasTaxCodeShape, isPersonalTaxCode } from './tax-code.ts'
import { isKnownVatOffice, isVatNumber, suggestVatNumber } from './vat-number.ts'

/** How a stretch of text can be read, with how sure that is (0–100). */
export type Reading = { readonly score: number; readonly found: readonly Recognised[] }

const digitsOnly = /^[0-9]+$/
const hasDigit = /[0-9]/
const hasLetter = /[A-Z]/
const codeLike = /^[0-9A-Z]{3,20}$/
/** Enough for every one-character correction there can be: the lookup keeps those that exist. */
const MAX_CORRECTIONS = 20
/** A code one character short is mostly one still being typed. */
const MAX_LENGTH_CORRECTIONS = 3

/** One identifier. `from` is the text as typed, named where `value` differs from it by more than spaces and capitals. */
export function one(kind: IdentifierKind, value: string, partial = false, from?: string): Recognised {
  return from === undefined || from === value ? { kind, value, partial } : { kind, value, partial, corrected: { from, to: value } }
}

/** Reads a whole codice fiscale of a person; wrong ones come first as typed, then corrected. */
export function readTaxCode(code: string): Reading | null {
  if (code.length < 15 || code.length > 17) return null
  if (isPersonalTaxCode(code)) return { score: 100, found: [one('tax_code', code)] }
  let digits = 0
  for (let i = 0; i < code.length; i++) if (code.charCodeAt(i) < 58) digits++
  if (digits < 3 || digits > 10) return null
  const shaped = code.length === 16 && hasTaxCodeShape(code)
  const corrections = suggestTaxCode(code, code.length === 16 ? MAX_CORRECTIONS : MAX_LENGTH_CORRECTIONS).map(to => one('tax_code', to, false, code))
  if (corrections.length === 0 && !shaped) return null
  const typed = shaped ? [one('tax_code', code)] : code.length === 15 ? [one('tax_code', code, true)] : []
  return { score: code.length === 16 ? 86 : 60, found: [...typed, ...corrections] }
}

/** Reads 11 digits: partita IVA, or the tax code of a legal person. */
export function readVatNumber(code: string): Reading | null {
  const bare = code.startsWith('IT') && code.length === 13 ? code.slice(2) : code
  if (isVatNumber(bare)) {
    return { score: (isKnownVatOffice(bare) ? 88 : 78) + (bare === code ? 0 : 8), found: [one('vat_number', bare), one('tax_code', bare)] }
  }
  return null
}

/** What a wrong or short partita IVA may have been; weak unless a label says that it is one. */
export function readDoubtfulVatNumber(code: string): Reading | null {
  if (code.length < 8 || code.length > 13) return null
  const corrections = suggestVatNumber(code, MAX_CORRECTIONS).map(to => one('vat_number', to, false, code))
  const typed = digitsOnly.test(code) && code.length <= 11 ? [one('vat_number', code, code.length < 11)] : []
  const found = [...typed, ...corrections]
  return found.length > 0 ? { score: 30, found } : null
}

/** Reads a whole POD, look-alikes put right. */
export function readPod(code: string): Reading | null {
  if (code.length !== 14 && code.length !== 15) return null
  const right = repairPodPrefix(code)
  if (right === '') return null
  return { score: right === code ? 100 : 92, found: [one('pod', right, false, code)] }
}

/** Reads a PDR of 14 digits; corrections only where a label asks for a PDR. */
export function readPdr(code: string, labelled = false): Reading | null {
  if (digitsOnly.test(code) && code.length === 14) return { score: 90, found: [one('pdr', code)] }
  const right = suggestPdr(code)
  if (right === null || (!labelled && code.length < 13)) return null
  if (!labelled && !digitsOnly.test(code) && code.replace(/[0-9]/g, '').length > 3) return null
  return { score: 62, found: [one('pdr', right, false, code)] }
}

/** Reads a telephone number from a stretch as typed. Look-alike letters are put right only where a label says that it is one. */
export function readPhone(raw: string, labelled = false): Reading | null {
  let typed = raw
  if (labelled && /[a-z]/i.test(raw)) {
    typed = ''
    for (const character of raw) typed += digitLookAlike(character.toUpperCase()) || character
  }
  if (/\p{L}/u.test(typed)) return null
  const checked = checkPhone(typed)
  if (!checked.ok) return null
  const { key, kind, e164 } = checked.value
  const prefixed = /^\s*\(?(?:\+|00)/.test(typed)
  const digits = key.length
  let score: number
  switch (kind) {
    case 'mobile': score = prefixed ? 96 : digits === 10 ? 90 : 66; break
    case 'fixed': score = prefixed ? 94 : digits >= 8 ? 76 : 45; break
    case 'other': score = prefixed && !e164.startsWith('+39') ? 80 : digits >= 6 ? 50 : 20; break
  }
  return { score, found: [one('phone', key, false, typed === raw ? undefined : raw)] }
}

/** Reads the labelled value `code` (`raw` as typed) as the kind the label names. */
export function readAs(kind: IdentifierKind, code: string, raw: string): Reading | null {
  switch (kind) {
    case 'tax_code': {
      const whole = readTaxCode(code) ?? readVatNumber(code)
      if (whole) return whole
      const start = code.length >= 3 && code.length < 16 ? repairTaxCodePrefix(code) : ''
      return start === '' ? null : { score: 20, found: [one('tax_code', start, true, code)] }
    }
    case 'vat_number': return readVatNumber(code) ?? readDoubtfulVatNumber(code)
    case 'pod': {
      const whole = readPod(code)
      if (whole) return whole
      const short = suggestPod(code)
      if (short !== null) return { score: 60, found: [one('pod', short.slice(0, 14), false, code)] }
      const start = repairPodPrefix(code)
      return start === '' ? null : { score: 20, found: [one('pod', start, true, code)] }
    }
    case 'pdr': {
      const whole = readPdr(code, true)
      if (whole) return whole
      return digitsOnly.test(code) ? { score: 20, found: [one('pdr', code, code.length < 14)] } : null
    }
    case 'phone': {
      const whole = readPhone(raw, true)
      if (whole) return whole
      const start = /\p{L}/u.test(raw) ? '' : partialPhoneKey(raw)
      return start === '' ? null : { score: 20, found: [one('phone', start, true)] }
    }
    case 'email': {
      const checked = checkEmail(raw)
      return checked.ok ? { score: 100, found: [one('email', checked.value)] } : null
    }
    case 'customer_code':
      return codeLike.test(code) || digitsOnly.test(code) ? { score: 40, found: customerCode(code) } : null
    case 'invoice_number':
    case 'ticket_code':
    case 'meter_serial':
    case 'service_code':
      return codeLike.test(code) && hasDigit.test(code) || digitsOnly.test(code) ? { score: 40, found: [one(kind, printed(kind, code, raw), true)] } : null
    case 'name': return null
  }
}

/** Invoice and ticket numbers keep the signs they are printed with; the other codes have none. */
function printed(kind: IdentifierKind, code: string, raw: string): string {
  return kind === 'invoice_number' || kind === 'ticket_code' ? raw.trim().toUpperCase().replace(/\s+/g, '') : code
}

/** A customer code as typed and, when it is short, with the leading zeros of the six-digit ones (S2). */
function customerCode(code: string): Recognised[] {
  const typed = one('customer_code', code, true)
  return digitsOnly.test(code) && code.length < 6 ? [typed, one('customer_code', code.padStart(6, '0'), false, code)] : [typed]
}

/** Every kind of identifier a bare code can be the beginning of, likeliest first. `raw` keeps the signs between its parts. */
export function readLooseCode(code: string, raw: string): Recognised[] {
  if (!codeLike.test(code)) return digitsOnly.test(code) && code.length < 3 ? customerCode(code) : []
  return digitsOnly.test(code) ? looseDigits(code, raw) : hasDigit.test(code) ? looseMixed(code, raw) : looseLetters(code)
}

function looseDigits(code: string, raw: string): Recognised[] {
  const n = code.length
  const phone = n <= 13 && /^(?:[38]|0[1-9]|00\d{5})/.test(code) ? [one('phone', partialPhoneKey(raw), true)] : []
  const customer = n <= 10 ? customerCode(code) : []
  const pdr = n < 14 ? [one('pdr', code, true)] : []
  const vat = n < 11 ? [one('vat_number', code, true)] : []
  const others = [
    one('meter_serial', code, true), one('invoice_number', printed('invoice_number', code, raw), true),
    one('service_code', code, true), one('ticket_code', printed('ticket_code', code, raw), true),
  ]
  const doubtful = n >= 8 && n <= 11 ? (readDoubtfulVatNumber(code)?.found.filter(r => r.corrected) ?? []) : []
  const padded = n >= 12 && n < 14 ? (readPdr(code, true)?.found ?? []) : []
  const meterPod = n === 8 || n === 9 ? shortPod(code) : []
  if (/^3/.test(code) && n <= 10) return [...phone, ...customer, ...vat, ...pdr, ...others, ...doubtful]
  if (/^0/.test(code) && (n > 6 || (/^0[1-9]/.test(code) && /[\s/]/.test(raw)))) return [...phone, ...pdr, ...padded, ...vat, ...customer, ...others, ...doubtful]
  return [...customer, ...padded, ...phone, ...vat, ...pdr, ...others, ...doubtful, ...meterPod]
}

function shortPod(code: string): Recognised[] {
  const whole = suggestPod(code)
  return whole === null ? [] : [one('pod', whole.slice(0, 14), false, code)]
}

function looseMixed(code: string, raw: string): Recognised[] {
  const found: Recognised[] = []
  const podStart = /^[I1LJ][T7]/.test(code) && code.length < 14 ? repairPodPrefix(code) : ''
  if (podStart !== '') found.push(one('pod', podStart, true, code))
  const taxStart = taxCodeBeginning(code)
  if (taxStart !== '') found.push(one('tax_code', taxStart, true, code))
  const generic: IdentifierKind[] = /(?:19|20)\d\d/.test(code)
    ? ['invoice_number', 'ticket_code', 'service_code', 'meter_serial', 'customer_code']
    : /^T/.test(code) ? ['ticket_code', 'service_code', 'meter_serial', 'customer_code', 'invoice_number']
    : ['service_code', 'meter_serial', 'customer_code', 'ticket_code', 'invoice_number']
  if (hasLetter.test(code)) for (const kind of generic) found.push(one(kind, printed(kind, code, raw), true))
  if (code.length === 8 || code.length === 9) found.push(...shortPod(code))
  // Digits with letters among them that look like digits: 338O219O17, O0743110157.
  const digits = [...code].map(digitLookAlike).join('')
  if (digits.length === code.length && code.replace(/[0-9]/g, '').length <= 3) {
    const phone = readPhone(digits)
    if (phone && phone.score >= 60) found.unshift(one('phone', phone.found[0]?.value ?? digits, false, code))
    if (isVatNumber(digits)) found.unshift(one('vat_number', digits, false, code))
  }
  return found
}

/** The beginning of a codice fiscale: six letters (one may look like a digit once nine characters are there) and then a digit somewhere. */
function taxCodeBeginning(code: string): string {
  if (code.length < 7 || code.length > 15 || !hasDigit.test(code.slice(6))) return ''
  const wrongLetters = code.slice(0, 6).replace(/[A-Z]/g, '').length
  return wrongLetters > (code.length < 9 ? 0 : 1) ? '' : repairTaxCodePrefix(code)
}

function looseLetters(code: string): Recognised[] {
  if (/^IT?$/.test(code)) return []
  return code.length === 6 && hasTaxCodeNameOrder(code) ? [one('tax_code', code, true)] : []
}
