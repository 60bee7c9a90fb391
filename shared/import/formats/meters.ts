import { meterId, supplyPointId } from '../../domain/ids.ts'
import type { MeteredCommodity } from '../../domain/ids.ts'
import type { Commodity } from '../../domain/records/master.ts'
import { optionalDay, optionalFlag, optionalText, optionalWhole, requiredCode } from '../cells.ts'
import { defineFormat } from '../extract-format.ts'
import type { RowIssues } from '../import-reasons.ts'
import { requiredBrand, requiredSupplyCode } from '../keys.ts'
import { commodityWords, meterKindWords, requiredWord } from '../words.ts'

const columns = [
  { name: 'brand', required: true, type: 'code', max: 32, meaning: { it: 'Marchio', en: 'Brand' }, example: 'clienti' },
  { name: 'commodity', required: true, type: 'word', max: 20, meaning: { it: 'electricity, gas o water (i rifiuti non hanno contatore)', en: 'electricity, gas or water (waste has no meter)' }, example: 'gas' },
  { name: 'serial', required: true, type: 'code', max: 40, meaning: { it: 'Matricola', en: 'Serial number' }, example: 'EL40218837' },
  { name: 'supply_point_code', required: true, type: 'code', max: 40, meaning: { it: 'POD, PDR o codice del punto', en: 'POD, PDR or code of the point' }, example: '03340009749021' },
  { name: 'kind', required: true, type: 'word', max: 10, meaning: { it: 'direct (cifre), dials (lancette) o bands (fasce)', en: 'direct (digits), dials or bands' }, example: 'direct' },
  { name: 'digits', required: false, type: 'whole', max: 2, meaning: { it: 'Cifre nere; vuoto vale 5', en: 'Black digits; empty means 5' }, example: '5' },
  { name: 'decimals', required: false, type: 'whole', max: 2, meaning: { it: 'Cifre rosse; vuoto vale 0', en: 'Red digits; empty means 0' }, example: '3' },
  { name: 'corrector', required: false, type: 'flag', max: 8, meaning: { it: 'Ha un correttore di volumi (gas); vuoto vale no', en: 'Has a volume corrector (gas); empty means no' }, example: 'S' },
  { name: 'corrector_serial', required: false, type: 'text', max: 40, meaning: { it: 'Matricola del correttore', en: 'Serial number of the corrector' }, example: 'VC8820146' },
  { name: 'corrector_digits', required: false, type: 'whole', max: 2, meaning: { it: 'Cifre del correttore', en: 'Digits of the corrector' }, example: '6' },
  { name: 'installed_day', required: false, type: 'day', max: 10, meaning: { it: 'Posa', en: 'Installed on' }, example: '2018-05-22' },
  { name: 'removed_day', required: false, type: 'day', max: 10, meaning: { it: 'Rimozione; vuoto se in opera', en: 'Removed on; empty while in place' }, example: '' },
] as const

const defaultDigits = 5

/** The commodity of a metered point; waste refuses the row. */
export function metered(commodity: Commodity, issues: RowIssues): MeteredCommodity {
  if (commodity !== 'waste') return commodity
  issues.refuse('commodity', 'meter_needed')
  return 'water'
}

export const meterFormat = defineFormat({
  kind: 'meters',
  fileName: 'meters.csv',
  columns,
  references: [
    { column: 'supply_point_code', to: 'supply_points', property: 'supplyPointId', clear: null },
  ],
  key: record => record.id,
  reader: (at, context) => (fields, issues) => {
    const brand = requiredBrand(fields, at.brand, context, issues)
    const commodity = metered(requiredWord(fields, at.commodity, commodityWords, issues), issues)
    const serial = requiredCode(fields, at.serial, issues)
    const pointCode = requiredSupplyCode(fields, at.supply_point_code, commodity, issues)
    const kind = requiredWord(fields, at.kind, meterKindWords, issues)
    if (issues.refusals.length > 0) return null
    const installedDay = optionalDay(fields, at.installed_day, issues)
    const removedDay = optionalDay(fields, at.removed_day, issues)
    if (installedDay !== null && removedDay !== null && removedDay < installedDay) issues.warn('removed_day', 'end_before_start', 'kept')
    const correctorSerial = optionalText(fields, at.corrector_serial, issues)
    const corrector = optionalFlag(fields, at.corrector, issues) ?? correctorSerial !== null
    return {
      id: meterId(brand, commodity, serial),
      supplyPointId: supplyPointId(brand, commodity, pointCode),
      serial,
      kind,
      digits: optionalWhole(fields, at.digits, 12, issues) || defaultDigits,
      decimals: optionalWhole(fields, at.decimals, 6, issues) ?? 0,
      corrector,
      correctorSerial,
      correctorDigits: optionalWhole(fields, at.corrector_digits, 12, issues),
      installedDay,
      removedDay,
    }
  },
})
