import { z } from '../domain/schema.ts'
import type { CivilDay } from '../domain/civil-day.ts'
import type { ReadingWindowRow } from '../domain/records/readings.ts'
import { deleteReading, enterReading, replaceReading, settleReading } from '../operations/readings.ts'
import { call, everyone, supervisors } from './call.ts'
import type { MeterView, ReadingView } from './customers.ts'

export type ReadingForm = {
  readonly supplyPointId: string
  readonly commodity: 'electricity' | 'gas' | 'water'
  readonly meter: MeterView
  readonly today: CivilDay
  readonly windows: readonly Pick<ReadingWindowRow, 'id' | 'fromDay' | 'fromTime' | 'toDay' | 'toTime' | 'mode'>[]
  readonly windowOpen: boolean
  /** The entry that already fills today's slot, if any. */
  readonly todayEntry: ReadingView | null
  readonly history: readonly ReadingView[]
}

export const readingsCalls = {
  form: call({
    input: z.strictObject({ customerId: z.string().max(80), supplyPointId: z.string().max(80) }),
    errors: ['supply_point_not_found', 'no_meter'],
    access: everyone,
    audit: 'opened_customer',
  }).returns<ReadingForm>(),
  enter: call({ input: enterReading.input, errors: enterReading.refusals, access: everyone, audit: 'wrote' }).returns<ReadingView>(),
  /** Which of several values for a day counts. */
  settle: call({ input: settleReading.input, errors: settleReading.refusals, access: supervisors, audit: 'wrote' }).returns<ReadingView>(),
  /** None of them: this one does. */
  replace: call({ input: replaceReading.input, errors: replaceReading.refusals, access: supervisors, audit: 'wrote' }).returns<ReadingView>(),
  remove: call({ input: deleteReading.input, errors: deleteReading.refusals, access: everyone, audit: 'wrote' }).returns<ReadingView>(),
}
