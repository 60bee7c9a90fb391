import { accept, refusal } from './check.ts'
import type { Check } from './check.ts'
import { compactCode } from './compact.ts'
import { digitLookAlike } from './look-alike.ts'

const podEmpty = refusal('pod_empty')
const podLength = refusal('pod_length')
const podFormat = refusal('pod_format')
const pdrEmpty = refusal('pdr_empty')
const pdrLength = refusal('pdr_length')
const pdrFormat = refusal('pdr_format')
const podShape = /^IT[0-9]{3}E[0-9]{8}[0-9A-Z]?$/
const digitsOnly = /^[0-9]+$/
/** Country, e-distribuzione and the letter of electricity: what the display of its meters leaves out. */
const METER_PREFIX = 'IT001E'

/** Capitals without spaces and separators. */
export function normalisePod(text: string): string {
  return compactCode(text)
}

/** What two PODs are compared on: the first 14 characters; the optional control character says nothing. */
export function podKey(text: string): string {
  return normalisePod(text).slice(0, 14)
}

/** Judges a POD as typed: IT, three digits, E, eight digits, perhaps a control character. Value: the normalised code, 14 or 15 long. */
export function checkPod(text: string): Check<string> {
  const code = normalisePod(text)
  if (code === '') return podEmpty
  if (code.length !== 14 && code.length !== 15) return podLength
  return podShape.test(code) ? accept(code) : podFormat
}

/** The character of a POD that must stand at a place, 'd' for a digit, '*' for any. */
const podPlaces = 'ITdddEdddddddd*'
const letterLooks: Readonly<Record<string, string>> = { I: 'I1LJ', T: 'T7', E: 'E3' }

/**
 * The beginning of a POD with look-alikes put right (O for 0, 1 for I …); '' if it is none. `partial` codes of any length from 1 on
 * are taken, so that it works while typing.
 */
export function repairPodPrefix(text: string): string {
  const code = normalisePod(text)
  if (code === '' || code.length > 15) return ''
  let out = ''
  for (let i = 0; i < code.length; i++) {
    const due = podPlaces.charAt(i)
    const typed = code.charAt(i)
    if (due === '*') out += typed
    else if (due === 'd') {
      const digit = digitLookAlike(typed)
      if (digit === '') return ''
      out += digit
    } else {
      if (!letterLooks[due]?.includes(typed)) return ''
      out += due
    }
  }
  return out
}

/** A right POD for a wrong one: look-alikes put right, or the part that meters leave out put in front of 8–9 characters; else null. */
export function suggestPod(text: string): string | null {
  const code = normalisePod(text)
  const candidate = code.length === 8 || code.length === 9 ? repairPodPrefix(METER_PREFIX + code) : repairPodPrefix(code)
  return candidate !== code && podShape.test(candidate) ? candidate : null
}

/** Digits of a PDR without spaces and separators. */
export function normalisePdr(text: string): string {
  return compactCode(text)
}

/** Judges a PDR as typed: exactly 14 digits, kept as text. Missing leading zeros are offered by `suggestPdr`. */
export function checkPdr(text: string): Check<string> {
  const code = normalisePdr(text)
  if (code === '') return pdrEmpty
  if (!digitsOnly.test(code)) return pdrFormat
  return code.length === 14 ? accept(code) : pdrLength
}

/** A right PDR for a wrong one: letters that look like digits put right, up to four leading zeros restored; else null. */
export function suggestPdr(text: string): string | null {
  const code = normalisePdr(text)
  if (code.length < 10 || code.length > 14) return null
  let digits = ''
  for (const character of code) {
    const digit = digitLookAlike(character)
    if (digit === '') return null
    digits += digit
  }
  const candidate = digits.padStart(14, '0')
  return candidate === code ? null : candidate
}
