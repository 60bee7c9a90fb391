import { parseQuantity } from '../../../../shared/domain/quantity.ts'

/** What a number typed beside the meter means. Whole units of the meter. */
export type Typed =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'value'
      readonly whole: number
      /** A dot was read as the thousands sign: say so. */
      readonly thousands: boolean
      /** The other way to read that dot, offered where the meter has decimals or the last reading is nearer to it. */
      readonly otherwise: number | null
    }
  | { readonly kind: 'wrong'; readonly reason: 'format' | 'negative' | 'too_many' }
  | { readonly kind: 'wrong'; readonly reason: 'decimals'; readonly whole: number }

/**
 * Reads a typed reading: '45.000' is Italian thousands (decision 7). Only the black digits count, so decimals are refused
 * with the whole number as correction.
 *
 * @param meter.last the last reading, thousandths
 */
export function readTyped(text: string, meter: { readonly digits: number; readonly decimals: number; readonly last: number | null }): Typed {
  if (text.trim() === '') return { kind: 'empty' }
  const parsed = parseQuantity(text)
  if (!parsed.ok) {
    switch (parsed.reason) {
      case 'quantity_negative':
        return { kind: 'wrong', reason: 'negative' }
      case 'quantity_too_large':
        return { kind: 'wrong', reason: 'too_many' }
      default:
        return { kind: 'wrong', reason: 'format' }
    }
  }
  const { milli, readAsThousands } = parsed.value
  const whole = Math.floor(milli / 1000)
  if (whole >= 10 ** meter.digits) return { kind: 'wrong', reason: 'too_many' }
  if (milli % 1000 !== 0 || parsed.value.readAsDecimal) return { kind: 'wrong', reason: 'decimals', whole }
  return { kind: 'value', whole, thousands: readAsThousands, otherwise: readAsThousands ? otherReading(whole, meter) : null }
}

function otherReading(whole: number, meter: { readonly decimals: number; readonly last: number | null }): number | null {
  const smaller = Math.floor(whole / 1000)
  const last = meter.last === null ? null : Math.floor(meter.last / 1000)
  const nearer = last !== null && Math.abs(smaller - last) < Math.abs(whole - last)
  return meter.decimals > 0 || nearer ? smaller : null
}
