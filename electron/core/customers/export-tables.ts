import type { exportTables, InvoiceView, ReadingView, TicketSummary, TimelineItem } from '../../../shared/contract/customers.ts'
import { formatCivilDay } from '../../../shared/domain/civil-day.ts'
import type { CivilDay } from '../../../shared/domain/civil-day.ts'
import { toCsv } from './export-csv.ts'

export type ExportTable = (typeof exportTables)[number]
type Language = 'it' | 'en'

const heads: { readonly [T in ExportTable]: { readonly [L in Language]: readonly string[] } } = {
  readings: {
    it: ['Giorno', 'Matricola', 'Lettura', 'Fascia 2', 'Fascia 3', 'Correttore', 'Consumo', 'Origine', 'Stato', 'Inserita da'],
    en: ['Day', 'Serial', 'Reading', 'Band 2', 'Band 3', 'Corrector', 'Consumption', 'Source', 'State', 'Entered by'],
  },
  invoices: {
    it: ['Numero', 'Emessa', 'Scadenza', 'Dal', 'Al', 'Importo', 'Pagato', 'Consumo', 'Stato'],
    en: ['Number', 'Issued', 'Due', 'From', 'To', 'Amount', 'Paid', 'Consumption', 'State'],
  },
  tickets: {
    it: ['Numero', 'Ricevuto', 'Area', 'Tipo', 'Oggetto', 'Stato', 'Assegnato a'],
    en: ['Number', 'Received', 'Area', 'Type', 'Subject', 'State', 'Assigned to'],
  },
  timeline: { it: ['Quando', 'Che cosa', 'Dettaglio', 'Chi'], en: ['When', 'What', 'Detail', 'Who'] },
}

export function readingsCsv(rows: readonly ReadingView[], language: Language): string {
  return toCsv(
    heads.readings[language],
    rows.map((row) => [day(row.day), row.serial, milli(row.value), milli(row.value2), milli(row.value3), milli(row.correctorValue), milli(row.consumption), row.source, row.state, row.enteredBy]),
  )
}

export function invoicesCsv(rows: readonly InvoiceView[], language: Language): string {
  return toCsv(
    heads.invoices[language],
    rows.map((row) => [row.number, day(row.issueDay), day(row.dueDay), day(row.periodFrom), day(row.periodTo), cents(row.amountCents), cents(row.paidCents), milli(row.consumptionMilli), row.state]),
  )
}

export function ticketsCsv(rows: readonly TicketSummary[], language: Language): string {
  return toCsv(heads.tickets[language], rows.map((row) => [row.code, day(row.receivedDay), row.area, row.type, row.subject, row.state, row.assignee]))
}

export function timelineCsv(rows: readonly TimelineItem[], language: Language): string {
  return toCsv(heads.timeline[language], rows.map((row) => [row.at, row.kind, detail(row), 'actor' in row ? row.actor : null]))
}

function detail(row: TimelineItem): string | null {
  switch (row.kind) {
    case 'reading':
      return milli(row.value)
    case 'invoice':
      return row.number
    case 'ticket':
      return `${row.step}: ${row.subject}`
    default:
      return row.commodity
  }
}

function day(value: CivilDay | null): string | null {
  return value === null ? null : formatCivilDay(value)
}

/** Decimal comma, as an Italian spreadsheet reads it. */
function milli(value: number | null): string | null {
  return value === null ? null : decimal(value, 3)
}

function cents(value: number): string {
  return decimal(value, 2)
}

function decimal(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(places === 3 ? /0+$/ : /$^/, '')
  return `${value < 0 ? '-' : ''}${digits.slice(0, -places)}${fraction === '' ? '' : `,${fraction}`}`
}
