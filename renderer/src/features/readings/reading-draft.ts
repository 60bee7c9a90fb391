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
