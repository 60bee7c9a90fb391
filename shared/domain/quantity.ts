import { accept, refusal } from './check.ts'
import type { Check } from './check.ts'

/** A measured quantity as typed. */
export type Quantity = {
  /** Thousandths of the unit, an integer. */
  readonly milli: number
  /** A single dot before three digits was taken as the thousands sign ('45.000' is 45000): echo it before saving. */
  readonly readAsThousands: boolean
  /** A dot was taken as the decimal sign ('45.5'), because it cannot separate thousands: echo it too. */
  readonly readAsDecimal: boolean
}

const empty = refusal('quantity_empty')
const wrongFormat = refusal('quantity_format')
const negative = refusal('quantity_negative')
const tooManyDecimals = refusal('quantity_decimals')
const tooLarge = refusal('quantity_too_large')

const unit = /\s*(?:smc|kwh|kvarh|kw|mc|m3|m³)\.?$/i
const grouped = /^[1-9][0-9]{0,2}(?:\.[0-9]{3})+$/
const plainDigits = /^[0-9]+$/
const MAX_WHOLE_DIGITS = 12

/**
 * Reads a quantity as Italians type it: '45.000' is forty-five thousand, '45,5' and '1.234,56' have decimals, spaces may separate
 * thousands, a trailing unit is ignored. Reasons: quantity_empty, quantity_format, quantity_negative, quantity_decimals (more than
 * three), quantity_too_large.
 */
export function parseQuantity(text: string): Check<Quantity> {
  if (text.length > 40) return wrongFormat
  const bare = text.trim().replace(unit, '')
  if (bare === '') return text.trim() === '' ? empty : wrongFormat
  if (/^[-−–]\s*[0-9]/.test(bare)) return negative
  const spaced = /^[0-9]{1,3}(?:[\s'’][0-9]{3})+(?=,|$)/.test(bare) ? bare.replace(/[\s'’]/g, '') : bare
  const comma = spaced.indexOf(',')
  let whole = comma < 0 ? spaced : spaced.slice(0, comma)
  let decimals = comma < 0 ? '' : spaced.slice(comma + 1)
  if (comma >= 0 && !plainDigits.test(decimals)) return wrongFormat
  let readAsThousands = false
  let readAsDecimal = false
  if (grouped.test(whole)) {
    readAsThousands = comma < 0 && whole.indexOf('.') === whole.lastIndexOf('.')
    whole = whole.replaceAll('.', '')
  } else if (comma < 0 && /^[0-9]+\.[0-9]+$/.test(whole)) {
    readAsDecimal = true
    const dot = whole.indexOf('.')
    decimals = whole.slice(dot + 1)
    whole = whole.slice(0, dot)
  }
  if (!plainDigits.test(whole)) return wrongFormat
  if (decimals.replace(/0+$/, '').length > 3) return tooManyDecimals
  if (whole.replace(/^0+/, '').length > MAX_WHOLE_DIGITS) return tooLarge
  const milli = Number(whole) * 1000 + Number(decimals.slice(0, 3).padEnd(3, '0'))
  return accept({ milli, readAsThousands, readAsDecimal })
}

export type NumberLocale = 'it' | 'en'

const MINUS = '\u2212'
const HARD_SPACE = '\u00a0'

function groupThousands(digits: string, separator: string): string {
  let out = ''
  for (let i = 0; i < digits.length; i++) {
    if (i > 0 && (digits.length - i) % 3 === 0) out += separator
    out += digits.charAt(i)
  }
  return out
}

/** Sign, whole part with thousands and the given decimals of an integer number of `10 ** -places` units. */
function formatScaled(value: number, places: number, decimals: string, locale: NumberLocale): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0')
  const whole = groupThousands(digits.slice(0, digits.length - places), locale === 'it' ? '.' : ',')
  return decimals === '' ? whole : `${whole}${locale === 'it' ? ',' : '.'}${decimals}`
}

/** How many decimals to show: all that are not zero, and at least this many. */
export type MilliFormat = { readonly minDecimals?: 0 | 1 | 2 | 3 }

/** Thousandths as people read them: 45000000 is '45.000' in Italian, '45,000' in English. Throws on a non-integer. */
export function formatMilli(milli: number, locale: NumberLocale, format: MilliFormat = {}): string {
  if (!Number.isSafeInteger(milli)) throw new RangeError('thousandths must be an integer')
  const all = String(Math.abs(milli)).padStart(4, '0').slice(-3)
  let shown = 3
  while (shown > (format.minDecimals ?? 0) && all.charAt(shown - 1) === '0') shown--
  return (milli < 0 ? MINUS : '') + formatScaled(milli, 3, all.slice(0, shown), locale)
}

/** Euro cents as people read them: '486,20 €' with a hard space in Italian, '€486.20' in English; the minus is a true one. Throws on a non-integer. */
export function formatCents(cents: number, locale: NumberLocale): string {
  if (!Number.isSafeInteger(cents)) throw new RangeError('cents must be an integer')
  const amount = formatScaled(cents, 2, String(Math.abs(cents)).padStart(3, '0').slice(-2), locale)
  const sign = cents < 0 ? MINUS : ''
  return locale === 'it' ? `${sign}${amount}${HARD_SPACE}€` : `${sign}€${amount}`
}
