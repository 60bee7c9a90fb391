import { z } from '../domain/schema.ts'
import type { CustomerId, MeterId } from '../domain/ids.ts'
import { isWindowOpen } from '../domain/reading-window.ts'
import { isCivilDay } from '../domain/civil-day.ts'
import type { CivilDay } from '../domain/civil-day.ts'
import { readingSubject } from '../domain/records/kept.ts'
import type { DecisionRow } from '../domain/records/kept.ts'
import type { ContractRow, MeterRow, SupplyPointRow } from '../domain/records/master.ts'
import type { ReadingRow, ReadingWindowRow } from '../domain/records/readings.ts'
import { refuse } from '../domain/result.ts'
import { apply, operation } from './operation.ts'
import type { Change, Facts, Merge, Reader } from './operation.ts'
import { everyRole, supervisorsOnly } from './roles.ts'

/** Thousandths of the meter's unit. */
const value = z.int().min(0).max(999_999_999_999)
const commodityWithoutMeter = 'waste'

/**
 * Enters today's reading of a meter on the customer's behalf (S2, S4): inside an allowed period, one a civil day,
 * corrector where the meter has one and nowhere else, whole numbers where the meter shows no decimals.
 * A value that is lower than the last or implausible is never refused (decision 14).
 */
export const enterReading = operation({
  kind: 'reading.enter',
  version: 1,
  input: z.strictObject({
    customerId: z.string().min(1).max(80),
    meterId: z.string().min(1).max(120),
    value,
    value2: value.nullable().default(null),
    value3: value.nullable().default(null),
    correctorValue: value.nullable().default(null),
    reason: z.string().trim().max(500).nullable().default(null),
  }),
  refusals: ['meter_not_found', 'not_of_customer', 'meter_removed', 'outside_window', 'day_taken', 'corrector_missing', 'corrector_not_expected', 'bands_mismatch', 'too_many_digits', 'decimals_not_shown', 'service_closed'],
  roles: everyRole,
  load: async (read, input) => {
    const meter = await read.one('meter', { id: input.meterId as MeterId })
    const point = meter && (await read.one('supplyPoint', { id: meter.supplyPointId }))
    return {
      meter,
      point,
      contracts: point ? await read.many('contract', { supplyPointId: point.id, customerId: input.customerId as CustomerId }) : [],
      windows: point ? await read.many('readingWindow', { brandId: point.brandId, commodity: point.commodity }) : [],
      entries: meter ? await read.many('reading', { meterId: meter.id }, { by: 'day', descending: true, limit: 500 }) : [],
    }
  },
  decide: (records, input, facts) => {
    const { meter, entries } = records
    const closed = checkOpen(records, facts)
    if (closed) return closed
    if (!meter) return refuse('meter_not_found')
    if (entries.some((entry) => entry.day === facts.today && (entry.state === 'pending' || entry.state === 'acquired'))) return refuse('day_taken', { day: facts.today })
    const shape = checkShape(meter, input)
    if (shape) return shape
    const row: ReadingRow = {
      meterId: meter.id,
      day: facts.today,
      entry: facts.opId,
      source: 'desk',
      state: 'pending',
      value: input.value,
      value2: input.value2,
      value3: input.value3,
      correctorValue: input.correctorValue,
      takenAt: facts.now,
      enteredBy: facts.actor.id,
      enteredAt: facts.now,
      reason: input.reason,
    }
    return apply({ entity: 'reading', id: facts.opId, customerId: input.customerId }, { table: 'reading', action: 'insert', row })
  },
  merge: mergeReading,
})

/** Deletes a reading that is still "Da acquisire"; once "Acquisita" it stays (S2). The day is free again afterwards. */
export const deleteReading = operation({
  kind: 'reading.delete',
  version: 1,
  input: z.strictObject({
    customerId: z.string().min(1).max(80),
    meterId: z.string().min(1).max(120),
    day: z.string().refine(isCivilDay, 'civil_day').transform((text) => text),
    entry: z.string().min(1).max(64),
  }),
  refusals: ['reading_not_found', 'not_of_customer', 'already_acquired', 'already_deleted', 'reading_contested'],
  roles: everyRole,
  load: async (read, input) => {
    const meter = await read.one('meter', { id: input.meterId as MeterId })
    return {
      entry: await read.one('reading', { meterId: input.meterId as MeterId, day: input.day, entry: input.entry }),
      contracts: meter ? await read.many('contract', { supplyPointId: meter.supplyPointId, customerId: input.customerId as CustomerId }) : [],
    }
  },
  decide: ({ entry, contracts }, input) => {
    if (!entry) return refuse('reading_not_found')
    const own = contracts.some((contract) => contract.startDay <= entry.day && (contract.endDay === null || entry.day <= contract.endDay))
    if (!own) return refuse('not_of_customer')
    if (entry.state === 'deleted') return refuse('already_deleted')
    if (entry.state === 'acquired') return refuse('already_acquired')
    if (entry.state !== 'pending') return refuse('reading_contested')
    return apply(
      { entity: 'reading', id: entry.entry, customerId: input.customerId },
      { table: 'reading', action: 'update', where: { meterId: entry.meterId, day: entry.day, entry: entry.entry }, set: { state: 'deleted' } },
    )
  },
})

const dayOf = z.string().refine(isCivilDay, 'civil_day').transform((text) => text)
const why = z.string().trim().min(3).max(500)

/** A supervisor decides which of several values for a day counts; the others stay on record, marked, and the reason with them. */
export const settleReading = operation({
  kind: 'reading.settle',
  version: 1,
  input: z.strictObject({
    customerId: z.string().min(1).max(80),
    meterId: z.string().min(1).max(120),
    day: dayOf,
    /** The entry that counts. */
    entry: z.string().min(1).max(64),
    reason: why,
  }),
  refusals: ['reading_not_found', 'not_of_customer', 'not_contested', 'already_acquired'],
  roles: supervisorsOnly,
  load: loadContested,
  decide: ({ entries, contracts, decisions }, input, facts) => {
    const chosen = entries.find(({ entry }) => entry === input.entry)
    if (!chosen) return refuse('reading_not_found')
    if (contracts.length === 0) return refuse('not_of_customer')
    const others = entries.filter((entry) => entry !== chosen && isInQuestion(entry))
    if (!others.concat(chosen).some(({ state }) => state === 'contested')) return refuse('not_contested')
    // What the billing system has loaded is no longer ours to take back: only that one can be chosen.
    if (others.some(({ state }) => state === 'acquired')) return refuse('already_acquired')
    const changes = [
      // The others first: one entry of a day counts at a time.
      ...others.map((entry) => stateChange(entry, 'overruled')),
      ...(chosen.state === 'contested' ? [stateChange(chosen, 'pending')] : []),
      decisionChange(decisions, input, 'entry', chosen.entry, facts),
    ]
    return apply({ entity: 'reading', id: chosen.entry, customerId: input.customerId }, ...changes)
  },
})

/** A supervisor decides that none of the values contested for a day is right, and enters the one that is; all others stay on record, marked. */
export const replaceReading = operation({
  kind: 'reading.replace',
  version: 1,
  input: z.strictObject({
    customerId: z.string().min(1).max(80),
    meterId: z.string().min(1).max(120),
    day: dayOf,
    value,
    value2: value.nullable().default(null),
    value3: value.nullable().default(null),
    correctorValue: value.nullable().default(null),
    reason: why,
  }),
  refusals: ['meter_not_found', 'not_of_customer', 'not_contested', 'already_acquired', 'corrector_missing', 'corrector_not_expected', 'bands_mismatch', 'too_many_digits', 'decimals_not_shown'],
  roles: supervisorsOnly,
  load: loadContested,
  decide: ({ meter, entries, contracts, decisions }, input, facts) => {
    if (!meter) return refuse('meter_not_found')
    if (contracts.length === 0) return refuse('not_of_customer')
    const others = entries.filter(isInQuestion)
    if (!others.some(({ state }) => state === 'contested')) return refuse('not_contested')
    if (others.some(({ state }) => state === 'acquired')) return refuse('already_acquired')
    const shape = checkShape(meter, input)
    if (shape) return shape
    const row: ReadingRow = {
      meterId: meter.id, day: input.day, entry: facts.opId, source: 'desk', state: 'pending', value: input.value, value2: input.value2, value3: input.value3,
      correctorValue: input.correctorValue, takenAt: null, enteredBy: facts.actor.id, enteredAt: facts.now, reason: input.reason,
    }
    return apply(
      { entity: 'reading', id: facts.opId, customerId: input.customerId },
      ...others.map((entry) => stateChange(entry, 'overruled')),
      { table: 'reading', action: 'insert', row },
      decisionChange(decisions, input, 'new_value', facts.opId, facts),
    )
  },
})

type Contested = { readonly customerId: string; readonly meterId: string; readonly day: CivilDay; readonly reason: string }

async function loadContested(read: Reader, { meterId, customerId, day }: Contested) {
  const meter = await read.one('meter', { id: meterId as MeterId })
  return {
    meter,
    entries: meter ? await read.many('reading', { meterId: meter.id, day }) : [],
    contracts: meter ? await read.many('contract', { supplyPointId: meter.supplyPointId, customerId: customerId as CustomerId }) : [],
    decisions: meter ? await read.many('decision', { subjectId: readingSubject(meter.id, day) }, { by: 'seq' }) : [],
  }
}

const isInQuestion = ({ state }: ReadingRow): boolean => state === 'contested' || state === 'pending' || state === 'acquired'

function decisionChange(before: readonly DecisionRow[], { customerId, meterId, day, reason }: Contested, choice: 'entry' | 'new_value', entry: string, facts: Facts): Change {
  const row: DecisionRow = {
    id: facts.opId, customerId: customerId as CustomerId, about: 'reading', subjectId: readingSubject(meterId, day), seq: (before.at(-1)?.seq ?? 0) + 1, choice, opId: entry,
    reason, by: facts.actor.id, at: facts.now,
  }
  return { table: 'decision', action: 'insert', row }
}

function stateChange({ meterId, day, entry }: ReadingRow, state: ReadingRow['state']): Change {
  return { table: 'reading', action: 'update', where: { meterId, day, entry }, set: { state } }
}

type Entered = { readonly value: number; readonly value2: number | null; readonly value3: number | null; readonly correctorValue: number | null }

/**
 * Two desks read the same meter on the same day: the same value twice is one reading; of two values the first stays and the second is
 * contested, for a supervisor to decide. Any other refusal stands.
 */
function mergeReading(records: ReadingRecords & { entries: readonly ReadingRow[] }, input: Entered & { customerId: string; reason: string | null }, facts: Facts): Merge | null {
  const { meter, entries } = records
  if (checkOpen(records, facts)) return null
  const first = entries.find((entry) => entry.day === facts.today && (entry.state === 'pending' || entry.state === 'acquired'))
  if (!meter || !first || first.entry === facts.opId || checkShape(meter, input)) return null
  const { value, value2, value3, correctorValue, reason } = input
  const equal = first.value === value && first.value2 === value2 && first.value3 === value3 && first.correctorValue === correctorValue
  if (equal) return { outcome: 'merged', code: 'same_reading', changes: [], subject: { entity: 'reading', id: first.entry, customerId: input.customerId } }
  const row: ReadingRow = {
    meterId: meter.id, day: facts.today, entry: facts.opId, source: 'desk', state: 'contested', value, value2, value3, correctorValue,
    takenAt: facts.now, enteredBy: facts.actor.id, enteredAt: facts.now, reason,
  }
  return { outcome: 'superseded', code: 'reading_contested', changes: [{ table: 'reading', action: 'insert', row }], subject: { entity: 'reading', id: facts.opId, customerId: input.customerId } }
}

type ReadingRecords = {
  readonly meter: MeterRow | null
  readonly point: SupplyPointRow | null
  readonly contracts: readonly ContractRow[]
  readonly windows: readonly ReadingWindowRow[]
}

/** Whether a reading of this meter may be entered for this customer at this moment. */
function checkOpen({ meter, point, contracts, windows }: ReadingRecords, facts: Facts) {
  if (!meter || !point || point.commodity === commodityWithoutMeter) return refuse('meter_not_found')
  if (contracts.length === 0) return refuse('not_of_customer')
  if (!contracts.some((contract) => contract.state === 'active')) return refuse('service_closed')
  if (meter.removedDay !== null && meter.removedDay <= facts.today) return refuse('meter_removed', { removedDay: meter.removedDay })
  if (!windows.some((window) => isWindowOpen(window, facts.today, facts.time))) return refuse('outside_window', { windows: windows.map(windowDetails) })
  return null
}

/** Whether what was typed has the shape of this meter. */
function checkShape(meter: MeterRow, input: Entered) {
  if (meter.corrector && input.correctorValue === null) return refuse('corrector_missing')
  if (!meter.corrector && input.correctorValue !== null) return refuse('corrector_not_expected')
  const bands = meter.kind === 'bands'
  if (!bands && (input.value2 !== null || input.value3 !== null)) return refuse('bands_mismatch')
  // Only A1 shown, or all three: a single band is a legitimate reading (regulation d.4).
  if (bands && (input.value2 === null) !== (input.value3 === null)) return refuse('bands_mismatch')
  for (const entered of [input.value, input.value2, input.value3]) {
    if (entered === null) continue
    if (entered % 1000 !== 0) return refuse('decimals_not_shown')
    if (entered / 1000 >= 10 ** meter.digits) return refuse('too_many_digits', { digits: meter.digits })
  }
  const corrector = input.correctorValue
  if (corrector !== null && corrector / 1000 >= 10 ** (meter.correctorDigits ?? meter.digits)) return refuse('too_many_digits', { digits: meter.correctorDigits ?? meter.digits })
  return null
}

function windowDetails(window: ReadingWindowRow) {
  return { fromDay: window.fromDay, fromTime: window.fromTime, toDay: window.toDay, toTime: window.toTime, mode: window.mode }
}

