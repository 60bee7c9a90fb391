import { customerId, formerTicketId, supplyPointId } from '../../domain/ids.ts'
import { optionalInstant, optionalText, raw, requiredCode, requiredDay, requiredText } from '../cells.ts'
import { defineFormat } from '../extract-format.ts'
import { requiredBrand, requiredSupplyCode } from '../keys.ts'
import { parseRomeInstant } from '../rome-instant.ts'
import {
  commodityWords, priorityWords, requiredWord, ticketAreaWords, ticketChannelWords, ticketStateWords, ticketTypeWords, wordOr,
} from '../words.ts'

const columns = [
  { name: 'brand', required: true, type: 'code', max: 32, meaning: { it: 'Marchio', en: 'Brand' }, example: 'etra' },
  { name: 'code', required: true, type: 'code', max: 40, meaning: { it: 'Numero del ticket, unico fra tutti i marchi', en: 'Ticket number, unique over all brands' }, example: 'P-0004182' },
  { name: 'customer_code', required: true, type: 'code', max: 20, meaning: { it: 'Codice cliente', en: 'Customer code' }, example: '005007' },
  { name: 'commodity', required: false, type: 'word', max: 20, meaning: { it: 'Fornitura: electricity, gas, water o waste', en: 'Supply: electricity, gas, water or waste' }, example: 'water' },
  { name: 'supply_point_code', required: false, type: 'code', max: 40, meaning: { it: 'Fornitura: POD, PDR o codice del punto', en: 'Supply: POD, PDR or code of the point' }, example: 'W0000217' },
  { name: 'area', required: true, type: 'word', max: 10, meaning: { it: 'water (acqua), waste (ambiente) o energy (energia)', en: 'water, waste or energy' }, example: 'water' },
  { name: 'type', required: true, type: 'word', max: 30, meaning: { it: 'information, report, praise, complaint, rectification, double_billing o anomalous_bill', en: 'the same words' }, example: 'complaint' },
  { name: 'channel', required: false, type: 'word', max: 10, meaning: { it: 'phone, counter, mail, email, pec, web o portal; vuoto vale telefono', en: 'the same words; empty means phone' }, example: 'pec' },
  { name: 'subject', required: true, type: 'text', max: 200, meaning: { it: 'Oggetto', en: 'Subject' }, example: 'Bolletta raddoppiata' },
  { name: 'received_day', required: true, type: 'day', max: 10, meaning: { it: 'Giorno di ricevimento (da qui i termini)', en: 'Day received (deadlines run from it)' }, example: '2026-10-13' },
  { name: 'state', required: true, type: 'word', max: 12, meaning: { it: 'new, in_charge, waiting, answered, closed o cancelled', en: 'the same words' }, example: 'in_charge' },
  { name: 'priority', required: false, type: 'word', max: 10, meaning: { it: 'normal o high; vuoto vale normal', en: 'normal or high; empty means normal' }, example: 'normal' },
  { name: 'assignee', required: false, type: 'text', max: 80, meaning: { it: 'Chi lo segue', en: 'Who has it' }, example: 'G. Ferrante' },
  { name: 'opened_at', required: false, type: 'instant', max: 30, meaning: { it: 'Registrato il; vuoto vale mezzogiorno del giorno di ricevimento', en: 'Entered at; empty means noon of the day received' }, example: '2026-10-13 17:44' },
  { name: 'updated_at', required: false, type: 'instant', max: 30, meaning: { it: 'Ultima modifica; vuoto vale opened_at', en: 'Last changed at; empty means opened_at' }, example: '2026-11-18 09:02' },
] as const

/** A ticket of the former system with its final state; its story comes from ticket_events.csv. */
export const ticketFormat = defineFormat({
  kind: 'tickets',
  fileName: 'tickets.csv',
  columns,
  references: [
    { column: 'customer_code', to: 'customers', property: 'customerId', clear: null },
    { column: 'supply_point_code', to: 'supply_points', property: 'supplyPointId', clear: record => { record.supplyPointId = null } },
  ],
  key: record => record.id,
  reader: (at, context) => (fields, issues) => {
    const brand = requiredBrand(fields, at.brand, context, issues)
    const code = requiredCode(fields, at.code, issues)
    const customerCode = requiredCode(fields, at.customer_code, issues)
    const hasPoint = raw(fields, at.supply_point_code) !== ''
    const commodity = hasPoint ? requiredWord(fields, at.commodity, commodityWords, issues) : null
    const pointCode = commodity === null ? '' : requiredSupplyCode(fields, at.supply_point_code, commodity, issues)
    const area = requiredWord(fields, at.area, ticketAreaWords, issues)
    const type = requiredWord(fields, at.type, ticketTypeWords, issues)
    const subject = requiredText(fields, at.subject, issues)
    const receivedDay = requiredDay(fields, at.received_day, issues)
    const state = requiredWord(fields, at.state, ticketStateWords, issues)
    if (issues.refusals.length > 0) return null
    const openedAt = optionalInstant(fields, at.opened_at, issues) ?? parseRomeInstant(receivedDay) ?? ''
    return {
      id: formerTicketId(brand, code),
      code,
      customerId: customerId(brand, customerCode),
      supplyPointId: commodity === null ? null : supplyPointId(brand, commodity, pointCode),
      area,
      type,
      channel: wordOr(fields, at.channel, ticketChannelWords, 'phone', issues),
      subject,
      receivedDay,
      state,
      priority: wordOr(fields, at.priority, priorityWords, 'normal', issues),
      assignee: optionalText(fields, at.assignee, issues),
      openedAt,
      updatedAt: optionalInstant(fields, at.updated_at, issues) ?? openedAt,
      origin: 'former',
    }
  },
})
