import type { ImportReason } from './import-reasons.ts'

const minus = 45
const dot = 46
const comma = 44

/** Longest number of digits that stays exact as a whole number. */
const maxDigits = 15

/**
 * Reads a decimal number as a whole number of its last place, without going through a float: `12,5` with 2 decimals is 1250.
 * Point and comma: where both occur the last one is the decimal mark; a mark that occurs more than once groups thousands;
 * otherwise the only mark is the decimal one (so `45.000` with 3 decimals is 45: extracts write no thousands). Three decimals where
 * two are due may be either, and an amount must not be guessed: `amount_ambiguous`.
 * @returns the number, or the reason why it is none.
 */
export function parseScaled(text: string, decimals: number): number | ImportReason {
  const negative = text.charCodeAt(0) === minus
  const from = negative ? 1 : 0
  const mark = decimalMark(text)
  let value = 0
  let digits = 0
  let fraction = -1
  let group = -1
  let tooFine = false
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (i === mark) {
      if (group >= 0 && group !== 3) return 'number_format'
      group = -1
      fraction = 0
      continue
    }
    if (code === dot || code === comma) {
      if (fraction >= 0 || i === from || (group >= 0 && group !== 3)) return 'number_format'
      group = 0
      continue
    }
    const digit = code - 48
    if (digit < 0 || digit > 9) return 'number_format'
    if (group >= 0) group++
    if (fraction >= 0) fraction++
    if (fraction > decimals) {
      tooFine ||= digit !== 0
      continue
    }
    value = value * 10 + digit
    if (value > 0) digits++
  }
  if (group >= 0 && group !== 3) return 'number_format'
  if (from === text.length || fraction === 0) return 'number_format'
  if (decimals === 2 && fraction === 3) return 'amount_ambiguous'
  if (tooFine) return 'quantity_decimals'
  const missing = decimals - Math.min(decimals, Math.max(0, fraction))
  if (digits + missing > maxDigits) return 'number_too_large'
  for (let i = 0; i < missing; i++) value *= 10
  return negative && value !== 0 ? -value : value
}

/** Index of the decimal mark, -1 where there is none. */
function decimalMark(text: string): number {
  const lastDot = text.lastIndexOf('.')
  const lastComma = text.lastIndexOf(',')
  if (lastDot < 0 && lastComma < 0) return -1
  if (lastDot >= 0 && lastComma >= 0) return Math.max(lastDot, lastComma)
  const last = Math.max(lastDot, lastComma)
  const first = lastDot >= 0 ? text.indexOf('.') : text.indexOf(',')
  return first === last ? last : -1
}
