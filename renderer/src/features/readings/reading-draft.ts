import type { ReadingForm } from '../../../../shared/contract/readings.ts'
import type { Digits } from '../../ui/meter/digits.ts'

/** What a meter shows: its count (band A1), bands A2 and A3, the corrector. */
export type Counter = 'a1' | 'a2' | 'a3' | 'corrector'
export type Entered = { readonly [C in Counter]: Digits } & { readonly reason: string }

const counters = ['a1', 'a2', 'a3', 'corrector'] as const satisfies readonly Counter[]

/** The entry as a draft for this meter and day, '' while nothing was read. */
export function draftOfEntry(entered: Entered, form: Pick<ReadingForm, 'today' | 'meter'>): string {
  const started = counters.some((counter) => entered[counter].some((digit) => digit !== null)) || entered.reason !== ''
  return started ? JSON.stringify({ day: form.today, meterId: form.meter.meterId, ...entered }) : ''
}

/** The entry from a draft; one of another day or another meter is not taken. */
export function entryFromDraft(draft: string, form: Pick<ReadingForm, 'today' | 'meter'>, fallback: Entered): Entered {
  const kept = parsed(draft)
  if (kept['day'] !== form.today || kept['meterId'] !== form.meter.meterId) return fallback
  const digits = (counter: Counter): Digits => {
    const value = kept[counter]
    return Array.isArray(value) && value.length === fallback[counter].length && value.every(isDrum) ? value : fallback[counter]
  }
  const { reason } = kept
  return { a1: digits('a1'), a2: digits('a2'), a3: digits('a3'), corrector: digits('corrector'), reason: typeof reason === 'string' ? reason : fallback.reason }
}

/** A reading that was typed and is not taken: of another day, or off a meter that is no longer there. */
export type LeftReading = { readonly day: string; readonly otherMeter: boolean; readonly figures: string; readonly reason: string }

/** `null` where the draft is none, or is for this meter and day. Drums nobody read are dots. */
export function leftReading(draft: string, form: Pick<ReadingForm, 'today' | 'meter'>): LeftReading | null {
  const kept = parsed(draft)
  const { day, meterId, reason } = kept
  if (typeof day !== 'string' || (day === form.today && meterId === form.meter.meterId)) return null
  const figures = counters.flatMap((counter) => {
    const digits = kept[counter]
    return Array.isArray(digits) && digits.every(isDrum) && digits.some((digit) => digit !== null) ? [digits.map((digit) => digit ?? '·').join('')] : []
  })
  const words = typeof reason === 'string' ? reason : ''
  return figures.length === 0 && words === '' ? null : { day, otherMeter: meterId !== form.meter.meterId, figures: figures.join(', '), reason: words }
}

function isDrum(value: unknown): value is number | null {
  return value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 9)
}

function parsed(draft: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(draft)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
