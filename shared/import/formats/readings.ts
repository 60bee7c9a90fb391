import { meterId } from '../../domain/ids.ts'
import { optionalScaled, requiredCode, requiredDay, requiredScaled } from '../cells.ts'
import { defineFormat } from '../extract-format.ts'
import type { ReadingRow } from '../../domain/records/readings.ts'
import type { RowIssues } from '../import-reasons.ts'
import { requiredBrand } from '../keys.ts'
import { commodityWords, readingSourceWords, readingStateWords, requiredWord, wordOr } from '../words.ts'
import { metered } from './meters.ts'

const columns = [
  { name: 'brand', required: true, type: 'code', max: 32, meaning: { it: 'Marchio', en: 'Brand' }, example: 'unogas' },
  { name: 'commodity', required: true, type: 'word', max: 20, meaning: { it: 'electricity, gas o water', en: 'electricity, gas or water' }, example: 'gas' },
  { name: 'serial', required: true, type: 'code', max: 40, meaning: { it: 'Matricola del contatore (meters.csv)', en: 'Serial number of the meter (meters.csv)' }, example: 'EL40218837' },
  { name: 'day', required: true, type: 'day', max: 10, meaning: { it: 'Giorno della lettura', en: 'Day of the reading' }, example: '2026-10-31' },
  { name: 'source', required: true, type: 'word', max: 12, meaning: { it: 'company (azienda), self (autolettura), estimated (stimata) o desk (sportello)', en: 'company, self, estimated or desk' }, example: 'company' },
  { name: 'state', required: false, type: 'word', max: 12, meaning: { it: 'acquired (acquisita) o pending (da acquisire); vuoto vale acquisita', en: 'acquired or pending; empty means acquired' }, example: 'acquired' },
  { name: 'value', required: true, type: 'quantity', max: 20, meaning: { it: 'Lettura, o fascia A1; fino a tre decimali, senza migliaia', en: 'Reading, or band A1; up to three decimals, no thousands' }, example: '44860' },
  { name: 'value_2', required: false, type: 'quantity', max: 20, meaning: { it: 'Fascia A2', en: 'Band A2' }, example: '' },
  { name: 'value_3', required: false, type: 'quantity', max: 20, meaning: { it: 'Fascia A3', en: 'Band A3' }, example: '' },
  { name: 'corrector_value', required: false, type: 'quantity', max: 20, meaning: { it: 'Lettura del correttore, in Smc', en: 'Reading of the corrector, in Smc' }, example: '45902' },
] as const

const decimals = 3

function checkValues(row: ReadingRow, issues: RowIssues): void {
  if (row.value < 0) issues.refuse('value', 'number_negative')
  if (row.value2 !== null && row.value2 < 0) issues.refuse('value_2', 'number_negative')
  if (row.value3 !== null && row.value3 < 0) issues.refuse('value_3', 'number_negative')
  if (row.correctorValue !== null && row.correctorValue < 0) issues.refuse('corrector_value', 'number_negative')
  if ((row.value2 === null) !== (row.value3 === null)) issues.warn(row.value2 === null ? 'value_2' : 'value_3', 'bands_missing', 'kept')
}

/** The row of the billing system in the slot of a meter and a day (`entry` = 'b'): a second one for the slot takes its place. */
export const readingFormat = defineFormat({
  kind: 'readings',
  fileName: 'readings.csv',
  columns,
  references: [{ column: 'serial', to: 'meters', property: 'meterId', clear: null }],
  key: record => `${record.meterId}|${record.day}`,
  reader: (at, context) => (fields, issues) => {
    const brand = requiredBrand(fields, at.brand, context, issues)
    const commodity = metered(requiredWord(fields, at.commodity, commodityWords, issues), issues)
    const serial = requiredCode(fields, at.serial, issues)
    const row: ReadingRow = {
      meterId: meterId(brand, commodity, serial),
      day: requiredDay(fields, at.day, issues),
      entry: 'b',
      source: requiredWord(fields, at.source, readingSourceWords, issues),
      state: wordOr(fields, at.state, readingStateWords, 'acquired', issues),
      value: requiredScaled(fields, at.value, decimals, issues),
      value2: optionalScaled(fields, at.value_2, decimals, issues),
      value3: optionalScaled(fields, at.value_3, decimals, issues),
      correctorValue: optionalScaled(fields, at.corrector_value, decimals, issues),
      takenAt: null,
      enteredBy: null,
      enteredAt: null,
      reason: null,
    }
    checkValues(row, issues)
    return issues.refusals.length > 0 ? null : row
  },
})
