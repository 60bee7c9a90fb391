import { EntitySchema } from 'typeorm'
import type { InvoiceRow } from '../domain/records/invoices.ts'
import type { ReadingRow, ReadingWindowRow } from '../domain/records/readings.ts'
import { flag, integer, key, optionalInteger, optionalText, text } from './columns.ts'

export const readingModel = new EntitySchema<ReadingRow>({
  name: 'reading',
  tableName: 'reading',
  columns: {
    meterId: key('meter_id'),
    day: key('day'),
    entry: key('entry'),
    source: text('source'),
    state: text('state'),
    value: integer('value'),
    value2: optionalInteger('value_2'),
    value3: optionalInteger('value_3'),
    correctorValue: optionalInteger('corrector_value'),
    takenAt: optionalText('taken_at'),
    enteredBy: optionalText('entered_by'),
    enteredAt: optionalText('entered_at'),
    reason: optionalText('reason'),
  },
})

export const readingWindowModel = new EntitySchema<ReadingWindowRow>({
  name: 'readingWindow',
  tableName: 'reading_window',
  columns: {
    id: key('id'),
    brandId: text('brand_id'),
    commodity: text('commodity'),
    fromDay: text('from_day'),
    fromTime: text('from_time'),
    toDay: text('to_day'),
    toTime: text('to_time'),
    mode: text('mode'),
  },
})

export const invoiceModel = new EntitySchema<InvoiceRow>({
  name: 'invoice',
  tableName: 'invoice',
  columns: {
    id: key('id'),
    contractId: text('contract_id'),
    customerId: text('customer_id'),
    number: text('number'),
    issueDay: text('issue_day'),
    dueDay: text('due_day'),
    periodFrom: optionalText('period_from'),
    periodTo: optionalText('period_to'),
    amountCents: integer('amount_cents'),
    paidCents: integer('paid_cents'),
    consumptionMilli: optionalInteger('consumption_milli'),
    estimated: flag('estimated'),
    hasPdf: flag('has_pdf'),
  },
})
