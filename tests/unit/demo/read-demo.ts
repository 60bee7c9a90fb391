import { extractFormats, extractOrder, defaultContext } from '../../../shared/import/extract-formats.ts'
import { createExtractReader } from '../../../shared/import/extract-reader.ts'
import type { ExtractKind, ExtractRecords } from '../../../shared/import/extract-format.ts'
import type { Refusal, Warning } from '../../../shared/import/import-reasons.ts'
import type { DemoSink } from '../../../scripts/demo/sink.ts'

export type Loaded = { [K in ExtractKind]: ExtractRecords[K][] }
export type Complaint = { kind: ExtractKind; line: number; what: Refusal | Warning }

/** A sink that keeps everything as text, each file with its header. */
export function memorySink(): { sink: DemoSink; texts: Record<ExtractKind, string> } {
  const texts = Object.fromEntries(
    extractOrder.map(kind => [kind, `${extractFormats[kind].columns.map(column => column.name).join(';')}\n`]),
  ) as Record<ExtractKind, string>
  const sink = Object.fromEntries(extractOrder.map(kind => [kind, (line: string) => { texts[kind] += line }])) as DemoSink
  return { sink, texts }
}

function readOne<K extends ExtractKind>(kind: K, bytes: Uint8Array, complaints: Complaint[]): ExtractRecords[K][] {
  const records: ExtractRecords[K][] = []
  const reader = createExtractReader(kind, defaultContext, {
    header: () => undefined,
    record: (record, line, warnings) => {
      records.push(record)
      for (const what of warnings) complaints.push({ kind, line, what })
    },
    rejected: (line, refusals) => {
      for (const what of refusals) complaints.push({ kind, line, what })
    },
    refused: refusal => {
      throw new Error(`${kind}: ${refusal.reason}`)
    },
  })
  reader.push(bytes)
  reader.end()
  return records
}

/** What an import would make of the texts. */
export function readAll(texts: Record<ExtractKind, string>): { records: Loaded; complaints: Complaint[] } {
  const complaints: Complaint[] = []
  const encoder = new TextEncoder()
  const read = <K extends ExtractKind>(kind: K): ExtractRecords[K][] => readOne(kind, encoder.encode(texts[kind]), complaints)
  const records: Loaded = {
    addresses: read('addresses'), customers: read('customers'), supply_points: read('supply_points'), contracts: read('contracts'),
    meters: read('meters'), readings: read('readings'), invoices: read('invoices'), tickets: read('tickets'), ticket_events: read('ticket_events'),
  }
  return { records, complaints }
}
