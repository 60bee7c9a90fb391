import { addressId, supplyPointId } from '../../domain/ids.ts'
import { optionalFlag, optionalText, optionalWhole, raw } from '../cells.ts'
import { defineFormat } from '../extract-format.ts'
import { requiredBrand, requiredSupplyCode } from '../keys.ts'
import { commodityWords, requiredWord } from '../words.ts'

const columns = [
  { name: 'brand', required: true, type: 'code', max: 32, meaning: { it: 'Marchio', en: 'Brand' }, example: 'unogas' },
  { name: 'commodity', required: true, type: 'word', max: 20, meaning: { it: 'electricity, gas, water o waste', en: 'electricity, gas, water or waste' }, example: 'gas' },
  { name: 'code', required: true, type: 'code', max: 40, meaning: { it: 'POD (luce), PDR (gas) o codice proprio del punto', en: 'POD (electricity), PDR (gas) or own code of the point' }, example: '03340009749021' },
  { name: 'address_code', required: false, type: 'code', max: 40, meaning: { it: 'Indirizzo della fornitura (addresses.csv)', en: 'Address of the supply (addresses.csv)' }, example: 'A0001234' },
  { name: 'power_w', required: false, type: 'whole', max: 9, meaning: { it: 'Potenza impegnata in watt, solo luce', en: 'Committed power in watts, electricity only' }, example: '3000' },
  { name: 'use_class', required: false, type: 'text', max: 40, meaning: { it: 'Categoria d’uso (gas: C1…; acqua: domestico residente…)', en: 'Class of use (gas: C1…; water: resident domestic…)' }, example: 'C1' },
  { name: 'resident', required: false, type: 'flag', max: 8, meaning: { it: 'Uso domestico residente', en: 'Resident domestic use' }, example: 'S' },
  { name: 'surface_m2', required: false, type: 'whole', max: 9, meaning: { it: 'Superficie in metri quadri, solo rifiuti', en: 'Surface in square metres, waste only' }, example: '78' },
  { name: 'occupants', required: false, type: 'whole', max: 4, meaning: { it: 'Occupanti, acqua e rifiuti', en: 'Occupants, water and waste' }, example: '3' },
] as const

export const supplyPointFormat = defineFormat({
  kind: 'supply_points',
  fileName: 'supply_points.csv',
  columns,
  references: [
    { column: 'address_code', to: 'addresses', property: 'addressId', clear: record => { record.addressId = null } },
  ],
  key: record => record.id,
  reader: (at, context) => (fields, issues) => {
    const brand = requiredBrand(fields, at.brand, context, issues)
    const commodity = requiredWord(fields, at.commodity, commodityWords, issues)
    const code = requiredSupplyCode(fields, at.code, commodity, issues)
    if (issues.refusals.length > 0) return null
    const addressCode = raw(fields, at.address_code)
    return {
      id: supplyPointId(brand, commodity, code),
      brandId: brand,
      commodity,
      code,
      addressId: addressCode === '' ? null : addressId(brand, addressCode),
      powerW: optionalWhole(fields, at.power_w, 100_000_000, issues),
      useClass: optionalText(fields, at.use_class, issues),
      resident: optionalFlag(fields, at.resident, issues),
      surfaceM2: optionalWhole(fields, at.surface_m2, 10_000_000, issues),
      occupants: optionalWhole(fields, at.occupants, 9999, issues),
    }
  },
})
