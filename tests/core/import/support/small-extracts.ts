import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExtractKind } from '../../../../shared/import/extract-format.ts'

/** The rows of each file as text, header first: what a test changes before it writes them. */
export type Extracts = Record<ExtractKind, string[]>

const readingsEach = 6
const invoicesEach = 4

/** A tiny utility: `n` customers of one brand, each with a water point, meter, readings, invoices and a ticket. Valid to the last row. */
export function smallExtracts(n: number): Extracts {
  const files: Extracts = {
    addresses: ['brand;code;street;house_number;postal_code;town;province;town_code'],
    customers: ['brand;code;kind;last_name;first_name;company_name;tax_code;vat_number;birth_day;sex;phone;mobile;email;vulnerable;since_day;address_code'],
    supply_points: ['brand;commodity;code;address_code;use_class;resident;occupants'],
    contracts: ['brand;service_code;customer_code;commodity;supply_point_code;domestic;start_day;end_day;state;direct_debit;bill_delivery'],
    meters: ['brand;commodity;serial;supply_point_code;kind;digits;installed_day'],
    readings: ['brand;commodity;serial;day;source;state;value'],
    invoices: ['brand;number;customer_code;service_code;issue_day;due_day;period_from;period_to;amount;paid;consumption;estimated;has_pdf'],
    tickets: ['brand;code;customer_code;commodity;supply_point_code;area;type;channel;subject;received_day;state;opened_at'],
    ticket_events: ['brand;ticket_code;seq;at;actor;desk;kind;from_state;to_state;text'],
  }
  for (let i = 0; i < n; i++) {
    const c = String(i).padStart(6, '0')
    files.addresses.push(`etra;A${c};Via Battisti;${i % 90};34125;Trieste;TS;L424`)
    files.customers.push(`etra;${c};person;Rossi;Mario;;;;1980-01-01;M;040 372 1188;;m.rossi${i}@posta.example;N;2011-03-14;A${c}`)
    files.supply_points.push(`etra;water;W${c};A${c};domestico;S;${1 + (i % 4)}`)
    files.contracts.push(`etra;${c}-01;${c};water;W${c};S;2011-03-14;;active;N;paper`)
    files.meters.push(`etra;water;M${c};W${c};direct;5;2018-05-22`)
    for (let k = 0; k < readingsEach; k++) files.readings.push(`etra;water;M${c};2025-0${k + 1}-15;company;acquired;${1000 + i + k * 20}`)
    for (let k = 0; k < invoicesEach; k++) {
      files.invoices.push(`etra;2025/${c}${k};${c};${c}-01;2025-0${2 * k + 1}-28;2025-0${2 * k + 2}-25;;;${40 + (i % 50)},${10 + k};0,00;21;N;S`)
    }
    files.tickets.push(`etra;P-${c};${c};water;W${c};water;complaint;phone;Bolletta raddoppiata;2025-03-0${1 + (i % 9)};in_charge;2025-03-09 10:00`)
    files.ticket_events.push(`etra;P-${c};1;2025-03-09 10:00;C. Benussi;TS-01;opened;;new;Chiamata.`)
    files.ticket_events.push(`etra;P-${c};2;2025-03-09 11:00;C. Benussi;TS-01;taken;new;in_charge;`)
  }
  return files
}

export function rowCount(files: Extracts): number {
  return Object.values(files).reduce((sum, rows) => sum + rows.length - 1, 0)
}

export type WriteOptions = { mark?: boolean; lineBreak?: '\n' | '\r\n' | 'mixed'; delimiter?: ';' | ',' }

/** Writes the files as a billing system might; kinds with no row array are left out. */
export function writeExtracts(folder: string, files: Partial<Extracts>, options: WriteOptions = {}): void {
  mkdirSync(folder, { recursive: true })
  const { mark = false, lineBreak = '\n', delimiter = ';' } = options
  for (const [kind, rows] of Object.entries(files)) {
    const lines = rows.map((row) => (delimiter === ';' ? row : row.split(';').map(quoteCommas).join(',')))
    const ends = (i: number): string => (lineBreak === 'mixed' ? (i % 3 === 0 ? '\r\n' : '\n') : lineBreak)
    const text = lines.map((line, i) => line + ends(i)).join('')
    writeFileSync(join(folder, `${kind}.csv`), (mark ? '\uFEFF' : '') + text)
  }
}

function quoteCommas(cell: string): string {
  return cell.includes(',') ? `"${cell}"` : cell
}
