import type { MeterView, ReadingView } from '../../../../shared/contract/customers.ts'
import type { ReadingForm } from '../../../../shared/contract/readings.ts'
import type { ReadingSource, ReadingState } from '../../../../shared/domain/records/readings.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Counter } from './reading-draft.ts'

export type Metered = ReadingForm['commodity']

export const titleKeys: Readonly<Record<Metered, MessageKey>> = { electricity: 'readings.title.electricity', gas: 'readings.title.gas', water: 'readings.title.water' }
export const shortUnits: Readonly<Record<Metered | 'corrector', MessageKey>> = {
  electricity: 'readings.unit.short.electricity',
  gas: 'readings.unit.short.gas',
  water: 'readings.unit.short.water',
  corrector: 'readings.unit.short.corrector',
}
export const longUnits: Readonly<Record<Metered | 'corrector', MessageKey>> = {
  electricity: 'readings.unit.long.electricity',
  gas: 'readings.unit.long.gas',
  water: 'readings.unit.long.water',
  corrector: 'readings.unit.long.corrector',
}
export const sourceKeys: Readonly<Record<ReadingSource, MessageKey>> = {
  company: 'readings.source.company',
  self: 'readings.source.self',
  estimated: 'readings.source.estimated',
  desk: 'readings.source.desk',
}
/** "Da acquisire" and "Acquisita" are the guide's words (S2). */
export const stateKeys: Readonly<Record<ReadingState, MessageKey>> = {
  pending: 'readings.saved.pending',
  acquired: 'readings.saved.acquired',
  deleted: 'readings.saved.deleted',
  contested: 'readings.saved.contested',
  overruled: 'readings.saved.overruled',
}
const hintKeys: Readonly<Record<MeterView['kind'], MessageKey>> = { direct: 'readings.meter.hint.direct', dials: 'readings.meter.hint.dials', bands: 'readings.meter.hint.bands' }

/** What one counter of a meter is called, counts in, and how many digits it shows. */
export type CounterFacts = { readonly title: MessageKey; readonly hint: MessageKey; readonly unit: Metered | 'corrector'; readonly serial: string; readonly digits: number; readonly decimals: number; readonly dials: boolean }

export function counterFacts(counter: Counter, meter: MeterView, commodity: Metered): CounterFacts {
  if (counter === 'corrector') {
    return { title: 'readings.meter.corrector', hint: 'readings.meter.hint.corrector', unit: 'corrector', serial: meter.correctorSerial ?? '', digits: meter.correctorDigits ?? meter.digits, decimals: 0, dials: false }
  }
  const bands = { a1: 'readings.meter.band.a1', a2: 'readings.meter.band.a2', a3: 'readings.meter.band.a3' } as const satisfies Record<string, MessageKey>
  return {
    title: meter.kind === 'bands' ? bands[counter] : 'readings.meter.meter',
    hint: hintKeys[meter.kind],
    unit: commodity,
    serial: meter.kind === 'bands' && counter !== 'a1' ? '' : meter.serial,
    digits: meter.digits,
    decimals: meter.decimals,
    dials: meter.kind === 'dials',
  }
}

/** The value of one counter in a reading, thousandths; `null` where it was not read. */
export function counterValue(counter: Counter, reading: Pick<ReadingView, 'value' | 'value2' | 'value3' | 'correctorValue'>): number | null {
  switch (counter) {
    case 'a1':
      return reading.value
    case 'a2':
      return reading.value2
    case 'a3':
      return reading.value3
    case 'corrector':
      return reading.correctorValue
  }
}
