import type { CivilDay } from '../civil-day.ts'
import type { BrandId, MeterId, PersonId } from '../ids.ts'
import type { Commodity } from './master.ts'

export const readingSources = ['company', 'self', 'estimated', 'desk'] as const
export type ReadingSource = (typeof readingSources)[number]
export const readingStates = ['pending', 'acquired', 'deleted', 'contested', 'overruled'] as const
/** `pending` is the guide's "Da acquisire", `acquired` its "Acquisita" (S2). `contested`: another desk's value for the day stands first. `overruled`: a supervisor chose another. */
export type ReadingState = (typeof readingStates)[number]

/** One entry in the slot of a meter and a civil day. Entries are never removed: a deleted one stays, marked. */
export type ReadingRow = {
  meterId: MeterId
  day: CivilDay
  /** 'b' for the billing system's row, otherwise the id of the operation that entered it. */
  entry: string
  source: ReadingSource
  state: ReadingState
  /** Thousandths of the meter's unit. Bands: A1 = F1. */
  value: number
  /** Bands A2 = F2 and A3 = F3, thousandths. */
  value2: number | null
  value3: number | null
  /** Thousandths of a standard cubic metre. */
  correctorValue: number | null
  takenAt: string | null
  enteredBy: PersonId | null
  enteredAt: string | null
  reason: string | null
}

/** When a brand accepts readings of a commodity (S2 "L'inserimento delle autoletture è consentito nei seguenti periodi"). */
export type ReadingWindowRow = {
  id: string
  brandId: BrandId
  commodity: Commodity
  fromDay: CivilDay
  fromTime: string
  toDay: CivilDay
  toTime: string
  /** One continuous interval, or the same hours on every day of it (decision 5). */
  mode: 'continuous' | 'daily'
}
