import { contractId, customerId, supplyPointId } from '../../domain/ids.ts'
import { optionalDay, optionalFlag, requiredCode, requiredDay, requiredFlag } from '../cells.ts'
import { defineFormat } from '../extract-format.ts'
import { requiredBrand, requiredSupplyCode } from '../keys.ts'
import { commodityWords, contractStateWords, deliveryWords, requiredWord, wordOr } from '../words.ts'

const columns = [
  { name: 'brand', required: true, type: 'code', max: 32, meaning: { it: 'Marchio', en: 'Brand' }, example: 'etra' },
  { name: 'service_code', required: true, type: 'code', max: 40, meaning: { it: 'Codice servizio, unico nel marchio', en: 'Service code, unique within the brand' }, example: '2200418-02' },
  { name: 'customer_code', required: true, type: 'code', max: 20, meaning: { it: 'Codice cliente dell’intestatario', en: 'Customer code of the holder' }, example: '005007' },
  { name: 'commodity', required: true, type: 'word', max: 20, meaning: { it: 'electricity, gas, water o waste', en: 'electricity, gas, water or waste' }, example: 'water' },
  { name: 'supply_point_code', required: true, type: 'code', max: 40, meaning: { it: 'POD, PDR o codice del punto', en: 'POD, PDR or code of the point' }, example: 'W0000217' },
  { name: 'domestic', required: true, type: 'flag', max: 8, meaning: { it: 'Utenza domestica (decide fra codice fiscale e partita IVA nell’aggancio)', en: 'Domestic (decides between tax code and VAT number when linking)' }, example: 'S' },
  { name: 'start_day', required: true, type: 'day', max: 10, meaning: { it: 'Decorrenza', en: 'First day' }, example: '2011-03-14' },
  { name: 'end_day', required: false, type: 'day', max: 10, meaning: { it: 'Cessazione; vuoto o 31/12/9999 se in corso', en: 'Last day; empty or 9999-12-31 while it runs' }, example: '' },
  { name: 'state', required: true, type: 'word', max: 10, meaning: { it: 'active (attivo) o closed (cessato)', en: 'active or closed' }, example: 'active' },
  { name: 'direct_debit', required: false, type: 'flag', max: 8, meaning: { it: 'Addebito diretto attivo; vuoto vale no', en: 'Direct debit active; empty means no' }, example: 'N' },
  { name: 'bill_delivery', required: false, type: 'word', max: 10, meaning: { it: 'paper (carta) o email; vuoto vale carta', en: 'paper or email; empty means paper' }, example: 'email' },
] as const

export const contractFormat = defineFormat({
  kind: 'contracts',
  fileName: 'contracts.csv',
  columns,
  references: [
    { column: 'customer_code', to: 'customers', property: 'customerId', clear: null },
    { column: 'supply_point_code', to: 'supply_points', property: 'supplyPointId', clear: null },
  ],
  key: record => record.id,
  reader: (at, context) => (fields, issues) => {
    const brand = requiredBrand(fields, at.brand, context, issues)
    const serviceCode = requiredCode(fields, at.service_code, issues)
    const customerCode = requiredCode(fields, at.customer_code, issues)
    const commodity = requiredWord(fields, at.commodity, commodityWords, issues)
    const pointCode = requiredSupplyCode(fields, at.supply_point_code, commodity, issues)
    const domestic = requiredFlag(fields, at.domestic, issues)
    const startDay = requiredDay(fields, at.start_day, issues)
    const state = requiredWord(fields, at.state, contractStateWords, issues)
    if (issues.refusals.length > 0) return null
    const endDay = optionalDay(fields, at.end_day, issues)
    if (endDay !== null && endDay < startDay) issues.warn('end_day', 'end_before_start', 'kept')
    if (state === 'closed' && endDay === null) issues.warn('end_day', 'closed_without_end', 'kept')
    return {
      id: contractId(brand, serviceCode),
      brandId: brand,
      serviceCode,
      customerId: customerId(brand, customerCode),
      supplyPointId: supplyPointId(brand, commodity, pointCode),
      domestic,
      startDay,
      endDay,
      state,
      directDebit: optionalFlag(fields, at.direct_debit, issues) ?? false,
      billDelivery: wordOr(fields, at.bill_delivery, deliveryWords, 'paper', issues),
    }
  },
})
