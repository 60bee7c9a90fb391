import { computed, ref, shallowRef } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { CommonError } from '../../../../shared/contract/call.ts'
import type { ReadingView } from '../../../../shared/contract/customers.ts'
import type { CoreClient } from '../../../../shared/contract/index.ts'
import type { ReadingForm } from '../../../../shared/contract/readings.ts'
import type { Refused } from '../../../../shared/domain/result.ts'
import { emptyDigits, valueOf } from '../../ui/meter/digits.ts'
import type { Digits } from '../../ui/meter/digits.ts'
import { asksReason, judgeReading, lastBefore } from './plausibility.ts'
import type { Judgement, Measured, Past } from './plausibility.ts'
import { entryFromDraft } from './reading-draft.ts'
import type { Counter, Entered } from './reading-draft.ts'
import type { EnterError, FormError } from './reading-reasons.ts'

type Problem<E extends string> = Refused<E | CommonError>['error']

export type ReadingEntry = {
  readonly form: Readonly<ShallowRef<ReadingForm | null>>
  readonly problem: Readonly<ShallowRef<Problem<FormError> | null>>
  readonly saveProblem: Readonly<ShallowRef<Problem<EnterError> | null>>
  /** The counters this meter shows, in the order in which they are read. */
  readonly counters: ComputedRef<readonly Counter[]>
  readonly entered: Readonly<Ref<Entered>>
  readonly last: ComputedRef<Past | null>
  /** What was read, once every needed digit is there. */
  readonly measured: ComputedRef<Measured | null>
  readonly judgement: ComputedRef<Judgement | null>
  readonly reasonMissing: Readonly<Ref<boolean>>
  readonly saving: Readonly<Ref<boolean>>
  readonly load: () => Promise<void>
  readonly change: (change: Partial<Entered>) => void
  readonly restore: (draft: string) => void
  readonly startOver: () => void
  /** Saves today's reading; answers it, or `null` when it was refused or something is missing. */
  readonly save: () => Promise<ReadingView | null>
}

const noDigits: Entered = { a1: [], a2: [], a3: [], corrector: [], reason: '' }

/** Today's reading of one supply point while it is being entered. A late answer never takes the place of a newer one. */
export function createReadingEntry(core: Pick<CoreClient, 'readings'>, customerId: string, supplyPointId: string): ReadingEntry {
  const form = shallowRef<ReadingForm | null>(null)
  const problem = shallowRef<Problem<FormError> | null>(null)
  const saveProblem = shallowRef<Problem<EnterError> | null>(null)
  const entered = ref<Entered>(noDigits)
  const reasonMissing = ref(false)
  const saving = ref(false)
  let asked = 0

  const counters = computed<readonly Counter[]>(() => {
    const meter = form.value?.meter
    if (meter === undefined) return []
    return [...(meter.kind === 'bands' ? (['a1', 'a2', 'a3'] as const) : (['a1'] as const)), ...(meter.corrector ? (['corrector'] as const) : [])]
  })
  const history = computed(() => form.value?.history ?? [])
  const last = computed(() => (form.value === null ? null : lastBefore(history.value, form.value.today)))
  const measured = computed(() => measure(entered.value, counters.value))
  const judgement = computed(() => (measured.value === null || form.value === null ? null : judgeReading(measured.value, form.value.today, history.value)))

  async function load(): Promise<void> {
    const mine = ++asked
    const reply = await core.readings.form({ customerId, supplyPointId })
    if (mine !== asked) return
    problem.value = reply.ok ? null : reply.error
    if (!reply.ok) return
    const sameMeter = form.value?.meter.meterId === reply.value.meter.meterId
    form.value = reply.value
    if (!sameMeter) entered.value = blank(reply.value)
  }

  async function save(): Promise<ReadingView | null> {
    const shown = form.value
    if (saving.value || shown === null || measured.value === null) return null
    const reason = entered.value.reason.trim()
    reasonMissing.value = asksReason(judgement.value) && reason === ''
    if (reasonMissing.value) return null
    saving.value = true
    saveProblem.value = null
    const reply = await core.readings.enter({ customerId, meterId: shown.meter.meterId, ...measured.value, reason: asksReason(judgement.value) ? reason : null })
    saving.value = false
    if (reply.ok) {
      entered.value = blank(shown)
      await load()
      return reply.value
    }
    saveProblem.value = reply.error
    // The desk's picture of today was old: show the new one.
    if (reply.error.code === 'day_taken' || reply.error.code === 'outside_window' || reply.error.code === 'meter_removed') await load()
    return null
  }

  return {
    form,
    problem,
    saveProblem,
    counters,
    entered,
    last,
    measured,
    judgement,
    reasonMissing,
    saving,
    load,
    save,
    change(change) {
      entered.value = { ...entered.value, ...change }
      saveProblem.value = null
      if (entered.value.reason.trim() !== '') reasonMissing.value = false
    },
    startOver() {
      if (form.value !== null) entered.value = blank(form.value)
    },
    restore(draft) {
      if (form.value !== null) entered.value = entryFromDraft(draft, form.value, entered.value)
    },
  }
}

/** All drums unread. */
function blank({ meter }: ReadingForm): Entered {
  const digits = emptyDigits(meter.digits)
  return { a1: digits, a2: digits, a3: digits, corrector: emptyDigits(meter.correctorDigits ?? meter.digits), reason: '' }
}

const untouched = (digits: Digits): boolean => digits.every((digit) => digit === null)

/** Thousandths of what the drums show, `null` while a needed one is missing. Bands: all three, or A1 alone. */
function measure(entered: Entered, counters: readonly Counter[]): Measured | null {
  const milli = (digits: Digits): number | null => {
    const whole = valueOf(digits)
    return whole === null ? null : whole * 1000
  }
  const value = milli(entered.a1)
  if (value === null) return null
  const onlyFirst = !counters.includes('a2') || (untouched(entered.a2) && untouched(entered.a3))
  const value2 = onlyFirst ? null : milli(entered.a2)
  const value3 = onlyFirst ? null : milli(entered.a3)
  if (!onlyFirst && (value2 === null || value3 === null)) return null
  const correctorValue = counters.includes('corrector') ? milli(entered.corrector) : null
  if (counters.includes('corrector') && correctorValue === null) return null
  return { value, value2, value3, correctorValue }
}
