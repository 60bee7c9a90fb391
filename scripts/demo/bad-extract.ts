import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ImportReason } from '../../shared/import/import-reasons.ts'

/** What an import must say about one line of the bad extract. */
export type ExpectedIssue = {
  file: string
  line: number
  /** '' where the line is no CSV. */
  column: string
  reason: ImportReason
  /** `refused`: the line goes to the reject file; otherwise the record is loaded and this is what became of the value. */
  outcome: 'refused' | 'kept' | 'dropped' | 'changed'
  /** Who can know: the row alone, or only the store (references, keys that occurred before). */
  knownTo: 'row' | 'store'
}

export type BadFile = { name: string; bytes: Uint8Array; issues: ExpectedIssue[] }

/** A file that cannot be loaded at all, with the columns it lacks. */
export type RefusedFile = { name: string; bytes: Uint8Array; missing: readonly string[] }

type Note = readonly [column: string, reason: ImportReason, outcome: ExpectedIssue['outcome'], knownTo?: ExpectedIssue['knownTo']]

const encoder = new TextEncoder()
const longLine = 70_000

/** Writes a file line by line and keeps count of its physical lines. */
function builder(name: string, lineBreak: '\n' | '\r\n') {
  const parts: Uint8Array[] = []
  const issues: ExpectedIssue[] = []
  let line = 1
  const add = (content: string | Uint8Array, ...notes: readonly Note[]): void => {
    const bytes = typeof content === 'string' ? encoder.encode(content) : content
    for (const [column, reason, outcome, knownTo = 'row'] of notes) issues.push({ file: name, line, column, reason, outcome, knownTo })
    parts.push(bytes, encoder.encode(lineBreak))
    line += 1 + bytes.filter(byte => byte === 10).length
  }
  const build = (): BadFile => ({ name, bytes: Uint8Array.from(parts.flatMap(part => [...part])), issues })
  return { add, build }
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, char => char.charCodeAt(0))
const mark = '\ufeff'

function addresses(): BadFile {
  const { add, build } = builder('addresses.csv', '\r\n')
  add(`${mark}brand,code,street,house_number,postal_code,town,province,town_code`)
  add('etra,A1,"Via Roma, già Borgo",12,35013,Cittadella,PD,C743')
  add('etra,A2,"Via ""Nuova""\r\nscala B",3,35013,Cittadella,PD,C743', ['street', 'control_characters', 'changed'])
  add(latin1('etra,A3,Via dell\'Unità,5,34121,Trieste,TS,L424'), ['', 'invalid_utf8', 'refused'])
  add('etra,A4,Via Roma,7,34121,Trie\0ste,TS,L424', ['', 'nul_character', 'refused'])
  add(`etra,A5,${'Via Lunga '.repeat(longLine / 10)},7,34121,Trieste,TS,L424`, ['', 'line_too_long', 'refused'])
  add('etra,A6,Via Verdi,1,3412,Trieste,Trieste,424', ['postal_code', 'postal_code_format', 'dropped'], ['province', 'province_format', 'dropped'], ['town_code', 'town_code_format', 'dropped'])
  add('etra,A7,Via Verdi,1,34121,,TS,L424', ['town', 'required', 'refused'])
  add('')
  add('etra,A1,Via Roma,14,35013,Cittadella,pd,c743', ['code', 'duplicate_key', 'changed', 'store'])
  add('clienti,A1,Via Battisti,14,34125,Trieste,TS,L424')
  return build()
}

function customers(): BadFile {
  const { add, build } = builder('customers.csv', '\n')
  add('Kind;Brand;Code;Last name;first_name;company_name;tax_code;vat_number;birth_day;phone;email;address_code;shoe_size')
  add('person;etra;C1;Rossi;Mario;;RSSMRA80A01H501U;;01/01/1980;040 372 1188;mario@posta.example;A1;43')
  add('persona;etra;C2;Rossi;Mario;;RSSMRA80A01H501X;;1980-01-01;;;A1;', ['tax_code', 'tax_code_check_character', 'kept'])
  add('person;etra;C3;Verdi;Anna;;VRDNNA;;1980-02-30;12;anna(at)posta;A1;', ['tax_code', 'tax_code_length', 'dropped'], ['birth_day', 'day_not_in_calendar', 'dropped'], ['phone', 'phone_length', 'kept'], ['email', 'email_format', 'kept'])
  add('azienda;etra;C4;;;Prova S.p.A.;;00743110158;;;;A1;', ['vat_number', 'vat_number_check_digit', 'kept'])
  add('company;etra;C5;;;Prova Due S.r.l.;;12345678903;;;;A1;', ['vat_number', 'vat_number_office_unknown', 'kept'])
  add('person;enel;C6;Neri;Ugo;;;;;;;;', ['brand', 'unknown_brand', 'refused'])
  add('person;etra;;Neri;Ugo;;;;;;;;', ['code', 'required', 'refused'])
  add('robot;etra;C7;Neri;Ugo;;;;;;;;', ['kind', 'unknown_word', 'refused'])
  add('company;etra;C8;Neri;Ugo;;;;;;;;', ['company_name', 'name_missing', 'refused'])
  add('person;etra;C9;Neri;Ugo;;;;;;;A99;', ['address_code', 'reference_missing', 'dropped', 'store'])
  add('person;clienti;5007;Rossi;Mario;;;;;;;A1;', ['code', 'customer_code_six_digits', 'kept'])
  add('person;etra;C10;"Bar"x;Ugo;;;;;;;A1;', ['', 'stray_quote', 'refused'])
  add('person;etra;C11;"Blu;Ugo;;;;;;;A1;', ['', 'unclosed_quote', 'refused'])
  add('person;etra;C12;"Viola";Ugo;;;;;;;A1;')
  add('person;etra;C13;Gialli;Ugo;;;;A1', ['', 'field_count', 'refused'])
  add('person;etra;C1;Rossi;Maria;;;;;;;A1;', ['code', 'duplicate_key', 'changed', 'store'])
  add('person;clienti;005007;D\'Angelo;"Niccolò ""Nico""";;;;9999-12-31;;;A1;')
  return build()
}

function supplyPoints(): BadFile {
  const { add, build } = builder('supply_points.csv', '\n')
  add('brand;commodity;code;address_code;power_w;surface_m2')
  add('etra;water;W1;A1;;')
  add('etra;rifiuti;R1;A1;;78,5', ['surface_m2', 'quantity_decimals', 'dropped'])
  add('clienti;gas;03340009749021;A1;;')
  add('clienti;gas;012345678910112;A1;;', ['code', 'pdr_length', 'refused'])
  add('clienti;luce;IT001E123;A1;3000;', ['code', 'pod_length', 'refused'])
  add('clienti;luce;XX001E12345678;A1;3000;', ['code', 'pod_format', 'refused'])
  add('clienti;luce;it 001 e 12345678 9;A1;tre;', ['power_w', 'number_format', 'dropped'])
  add('clienti;calore;T1;A1;;', ['commodity', 'unknown_word', 'refused'])
  add('etra;water;W2;A77;;', ['address_code', 'reference_missing', 'dropped', 'store'])
  return build()
}

function contracts(): BadFile {
  const { add, build } = builder('contracts.csv', '\n')
  add('brand;service_code;customer_code;commodity;supply_point_code;domestic;start_day;end_day;state')
  add('etra;S1;C1;water;W1;S;14/03/2011;31/12/9999;attivo')
  add('etra;S2;C1;waste;R1;sì;2011-03-14;;active')
  add('clienti;S1;005007;gas;03340009749021;1;2006-05-02;;active')
  add('clienti;S2;005007;electricity;IT001E12345678;true;2006-05-02;;closed', ['end_day', 'closed_without_end', 'kept'])
  add('etra;S3;C404;water;W1;S;2011-03-14;;active', ['customer_code', 'reference_missing', 'refused', 'store'])
  add('etra;S4;C1;water;W404;S;2011-03-14;;active', ['supply_point_code', 'reference_missing', 'refused', 'store'])
  add('etra;S5;C1;water;W1;forse;2011-03-14;;active', ['domestic', 'flag_format', 'refused'])
  add('etra;S6;C1;water;W1;S;14.3.11;;active', ['start_day', 'day_format', 'refused'])
  add('etra;S7;C1;water;W1;S;2011-03-14;;sospeso', ['state', 'unknown_word', 'refused'])
  add('etra;S8;C2;water;W2;N;2015-01-01;2014-12-31;closed', ['end_day', 'end_before_start', 'kept'])
  return build()
}

function meters(): BadFile {
  const { add, build } = builder('meters.csv', '\n')
  add('brand;commodity;serial;supply_point_code;kind;digits;corrector_serial')
  add('etra;water;18-204417;W1;direct;5;')
  add('clienti;gas;EL40218837;03340009749021;direct;;VC8820146')
  add('etra;waste;X1;R1;direct;5;', ['commodity', 'meter_needed', 'refused'])
  add('etra;water;X2;W404;direct;5;', ['supply_point_code', 'reference_missing', 'refused', 'store'])
  add('etra;water;X3;W2;dials;55;', ['digits', 'number_out_of_range', 'dropped'])
  return build()
}

function readings(): BadFile {
  const { add, build } = builder('readings.csv', '\n')
  add('brand;commodity;serial;day;source;value;value_2;value_3;corrector_value')
  add('etra;water;18-204417;02/09/2026;letturista;1.318,000;;;')
  add('etra;water;18-204417;2026-07-01;company;1222.5;;;')
  add('clienti;gas;EL40218837;2026-10-31;company;44860;;;45902')
  add('etra;water;18-204417;2026-02-30;company;1;;;', ['day', 'day_not_in_calendar', 'refused'])
  add('etra;water;18-204417;2026-05-04;company;mille;;;', ['value', 'number_format', 'refused'])
  add('etra;water;18-204417;2026-05-05;company;-3;;;', ['value', 'number_negative', 'refused'])
  add('etra;water;18-204417;2026-05-06;company;1,2345;;;', ['value', 'quantity_decimals', 'refused'])
  add('etra;water;18-204417;2026-05-07;;1;;;', ['source', 'required', 'refused'])
  add('etra;water;18-204417;2026-05-08;company;1;2;;', ['value_3', 'bands_missing', 'kept'])
  add('etra;water;99-000000;2026-05-09;company;1;;;', ['serial', 'reference_missing', 'refused', 'store'])
  add('etra;water;18-204417;2026-07-01;self;1223;;;', ['day', 'duplicate_key', 'changed', 'store'])
  return build()
}

function invoices(): BadFile {
  const { add, build } = builder('invoices.csv', '\n')
  add('brand;number;customer_code;service_code;issue_day;due_day;amount;paid;consumption')
  add('etra;2026/1;C1;S1;2026-09-28;2026-10-31;1.486,20;0;96')
  add('etra;2026/2;C1;S1;2026-09-28;2026-10-31;-12,30;;', )
  add('etra;2026/3;C1;S1;2026-09-28;2026-10-31;1.486;0;96', ['amount', 'amount_ambiguous', 'refused'])
  add('etra;2026/4;C1;S1;2026-09-28;2026-10-31;486,2O;0;96', ['amount', 'number_format', 'refused'])
  add('etra;2026/5;C404;S1;2026-09-28;2026-10-31;10;0;1', ['customer_code', 'reference_missing', 'refused', 'store'])
  add('etra;2026/6;C1;S404;2026-09-28;2026-10-31;10;0;1', ['service_code', 'reference_missing', 'refused', 'store'])
  add('etra;2026/7;C1;S1;2026-09-28;2026-09-01;10;0;1', ['due_day', 'end_before_start', 'kept'])
  add('etra;2026/8;C1;S1;2026-09-28;;10;0;1', ['due_day', 'required', 'refused'])
  return build()
}

function tickets(): BadFile {
  const { add, build } = builder('tickets.csv', '\n')
  add('brand;code;customer_code;commodity;supply_point_code;area;type;channel;subject;received_day;state;opened_at')
  add('etra;P-1;C1;water;W1;acqua;reclamo;pec;Bolletta raddoppiata;13/10/2026;in carico;13/10/2026 17:44')
  add('etra;P-2;C1;;;water;information;piccione;Lettura;2026-10-13;closed;ieri', ['channel', 'unknown_word', 'changed'], ['opened_at', 'instant_format', 'dropped'])
  add('etra;P-3;C404;;;water;information;phone;Lettura;2026-10-13;closed;', ['customer_code', 'reference_missing', 'refused', 'store'])
  add('etra;P-4;C1;water;W404;water;information;phone;Lettura;2026-10-13;closed;', ['supply_point_code', 'reference_missing', 'dropped', 'store'])
  add('etra;P-5;C1;;;water;information;phone;;2026-10-13;closed;', ['subject', 'required', 'refused'])
  add(`etra;P-6;C1;;;water;information;phone;${'a'.repeat(300)};2026-10-13;closed;`, ['subject', 'value_cut', 'changed'])
  return build()
}

/** Files with every kind of defect, in the order in which they are loaded, with what an import must say of each line. */
export function badFiles(): BadFile[] {
  return [addresses(), customers(), supplyPoints(), contracts(), meters(), readings(), invoices(), tickets()]
}

/** Without the columns `at` and `kind` nothing in it has a meaning: the file is refused as a whole. */
export function refusedFile(): RefusedFile {
  return { name: 'ticket_events.csv', bytes: encoder.encode('brand;ticket_code;seq;actor;to_state\netra;P-1;1;G. Ferrante;new\n'), missing: ['at', 'kind'] }
}

/** Writes the bad extract into a directory. */
export function writeBadExtract(directory: string): void {
  mkdirSync(directory, { recursive: true })
  for (const { name, bytes } of [...badFiles(), refusedFile()]) writeFileSync(join(directory, name), bytes)
}
