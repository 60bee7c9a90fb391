import { contractId, customerId, invoiceId } from '../../domain/ids.ts'
import { optionalDay, optionalFlag, optionalScaled, requiredCode, requiredDay, requiredScaled } from '../cells.ts'
import { defineFormat } from '../extract-format.ts'
import { requiredBrand } from '../keys.ts'

const columns = [
  { name: 'brand', required: true, type: 'code', max: 32, meaning: { it: 'Marchio', en: 'Brand' }, example: 'etra' },
  { name: 'number', required: true, type: 'code', max: 40, meaning: { it: 'Numero della fattura come stampato', en: 'Invoice number as printed' }, example: '2026/118204' },
  { name: 'customer_code', required: true, type: 'code', max: 20, meaning: { it: 'Codice cliente', en: 'Customer code' }, example: '005007' },
  { name: 'service_code', required: true, type: 'code', max: 40, meaning: { it: 'Codice servizio (contracts.csv)', en: 'Service code (contracts.csv)' }, example: '2200418-02' },
  { name: 'issue_day', required: true, type: 'day', max: 10, meaning: { it: 'Emissione', en: 'Issued on' }, example: '2026-09-28' },
  { name: 'due_day', required: true, type: 'day', max: 10, meaning: { it: 'Scadenza', en: 'Due on' }, example: '2026-10-31' },
  { name: 'period_from', required: false, type: 'day', max: 10, meaning: { it: 'Periodo, primo giorno', en: 'Period, first day' }, example: '2026-07-01' },
  { name: 'period_to', required: false, type: 'day', max: 10, meaning: { it: 'Periodo, ultimo giorno', en: 'Period, last day' }, example: '2026-08-31' },
  { name: 'amount', required: true, type: 'amount', max: 20, meaning: { it: 'Importo in euro; negativo per le note di credito', en: 'Amount in euro; negative for credit notes' }, example: '486,20' },
  { name: 'paid', required: false, type: 'amount', max: 20, meaning: { it: 'Pagato finora in euro; vuoto vale 0', en: 'Paid so far in euro; empty means 0' }, example: '0,00' },
  { name: 'consumption', required: false, type: 'quantity', max: 20, meaning: { it: 'Consumo fatturato (kWh, Smc, m³)', en: 'Billed consumption (kWh, Smc, m³)' }, example: '96' },
  { name: 'estimated', required: false, type: 'flag', max: 8, meaning: { it: 'Su consumo stimato; vuoto vale no', en: 'Based on an estimate; empty means no' }, example: 'N' },
  { name: 'has_pdf', required: false, type: 'flag', max: 8, meaning: { it: 'PDF disponibile; vuoto vale no', en: 'PDF at hand; empty means no' }, example: 'S' },
] as const

export const invoiceFormat = defineFormat({
  kind: 'invoices',
  fileName: 'invoices.csv',
  columns,
  references: [
    { column: 'customer_code', to: 'customers', property: 'customerId', clear: null },
    { column: 'service_code', to: 'contracts', property: 'contractId', clear: null },
  ],
  key: record => record.id,
  reader: (at, context) => (fields, issues) => {
    const brand = requiredBrand(fields, at.brand, context, issues)
    const number = requiredCode(fields, at.number, issues)
    const customerCode = requiredCode(fields, at.customer_code, issues)
    const serviceCode = requiredCode(fields, at.service_code, issues)
    const issueDay = requiredDay(fields, at.issue_day, issues)
    const dueDay = requiredDay(fields, at.due_day, issues)
    const amountCents = requiredScaled(fields, at.amount, 2, issues)
    const paidCents = optionalScaled(fields, at.paid, 2, issues) ?? 0
    const consumptionMilli = optionalScaled(fields, at.consumption, 3, issues)
    if (issues.refusals.length > 0) return null
    const periodFrom = optionalDay(fields, at.period_from, issues)
    const periodTo = optionalDay(fields, at.period_to, issues)
    if (periodFrom !== null && periodTo !== null && periodTo < periodFrom) issues.warn('period_to', 'end_before_start', 'kept')
    if (dueDay < issueDay) issues.warn('due_day', 'end_before_start', 'kept')
    return {
      id: invoiceId(brand, number),
      contractId: contractId(brand, serviceCode),
      customerId: customerId(brand, customerCode),
      number,
      issueDay,
      dueDay,
      periodFrom,
      periodTo,
      amountCents,
      paidCents,
      consumptionMilli,
      estimated: optionalFlag(fields, at.estimated, issues) ?? false,
      hasPdf: optionalFlag(fields, at.has_pdf, issues) ?? false,
    }
  },
})
