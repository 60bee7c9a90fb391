import { describe, expect, it } from 'vitest'
import { badFiles, refusedFile } from '../../../scripts/demo/bad-extract.ts'
import type { ExpectedIssue } from '../../../scripts/demo/bad-extract.ts'
import { defaultContext, extractFormats, extractOrder } from '../../../shared/import/extract-formats.ts'
import type { ExtractFormat, ExtractKind, ExtractRecords } from '../../../shared/import/extract-format.ts'
import { createExtractReader } from '../../../shared/import/extract-reader.ts'
import type { FileRefusal } from '../../../shared/import/extract-reader.ts'

type Found = Pick<ExpectedIssue, 'file' | 'line' | 'column' | 'reason' | 'outcome'>
type Stored = Map<ExtractKind, Map<string, unknown>>

/** A loader in twenty lines: what refers to nothing is refused or loaded without it, the later row of a key stands. */
function load<K extends ExtractKind>(kind: K, bytes: Uint8Array, stored: Stored, found: Found[]): { unknown: readonly string[]; refusal: FileRefusal | null } {
  const format: ExtractFormat<K> = extractFormats[kind]
  const records = new Map<string, unknown>()
  stored.set(kind, records)
  let unknown: readonly string[] = []
  let refusal: FileRefusal | null = null
  const say = (line: number, column: string, reason: Found['reason'], outcome: Found['outcome']): void => {
    found.push({ file: format.fileName, line, column, reason, outcome })
  }
  const store = (record: ExtractRecords[K], line: number): void => {
    for (const { column, to, property, clear } of format.references) {
      const key = record[property] as string | null
      if (key === null || stored.get(to)?.has(key)) continue
      say(line, column, 'reference_missing', clear ? 'dropped' : 'refused')
      if (!clear) return
      clear(record)
    }
    const key = format.key(record)
    if (records.has(key)) say(line, kind === 'readings' ? 'day' : 'code', 'duplicate_key', 'changed')
    records.set(key, record)
  }
  const reader = createExtractReader(kind, defaultContext, {
    header: header => { unknown = header.unknown },
    record: (record, line, warnings) => {
      for (const { column, reason, effect } of warnings) say(line, column, reason, effect)
      store(record, line)
    },
    rejected: (line, refusals) => refusals.forEach(({ column, reason }) => say(line, column, reason, 'refused')),
    refused: reason => { refusal = reason },
  })
  reader.push(bytes)
  reader.end()
  return { unknown, refusal }
}

const order = (a: Found, b: Found): number => a.line - b.line || a.column.localeCompare(b.column)
const files = badFiles()
const stored: Stored = new Map()
const results = files.map(file => {
  const found: Found[] = []
  const kind = extractOrder.find(one => extractFormats[one].fileName === file.name) ?? 'addresses'
  return { file, found, ...load(kind, file.bytes, stored, found) }
})

describe('an extract with every kind of defect', () => {
  it.each(results.map(result => [result.file.name, result] as const))('has in %s exactly the lines refused and warned about that it should', (_, { file, found }) => {
    const expected = file.issues.map(({ file: name, line, column, reason, outcome }) => ({ file: name, line, column, reason, outcome }))
    expect(found.toSorted(order)).toEqual(expected.toSorted(order))
  })

  it('is loaded as far as it is right', () => {
    const ids = (kind: ExtractKind): string[] => [...(stored.get(kind)?.keys() ?? [])]
    expect(ids('addresses')).toEqual(['etra:A1', 'etra:A2', 'etra:A6', 'clienti:A1'])
    expect(ids('customers')).toEqual(['etra:C1', 'etra:C2', 'etra:C3', 'etra:C4', 'etra:C5', 'etra:C9', 'clienti:5007', 'etra:C12', 'clienti:005007'])
    expect(ids('supply_points')).toEqual(['etra:W:W1', 'etra:R:R1', 'clienti:G:03340009749021', 'clienti:E:IT001E12345678', 'etra:W:W2'])
    expect(ids('contracts')).toEqual(['etra:S1', 'etra:S2', 'clienti:S1', 'clienti:S2', 'etra:S8'])
    expect(ids('readings')).toEqual(['etra:W:18-204417|2026-09-02', 'etra:W:18-204417|2026-07-01', 'clienti:G:EL40218837|2026-10-31', 'etra:W:18-204417|2026-05-08'])
    expect(ids('invoices')).toEqual(['etra:2026/1', 'etra:2026/2', 'etra:2026/7'])
    expect(ids('tickets')).toEqual(['etra:P-1', 'etra:P-2', 'etra:P-4', 'etra:P-6'])
  })

  it('lets the later row of a key stand', () => {
    expect(stored.get('customers')?.get('etra:C1')).toMatchObject({ firstName: 'Maria' })
    expect(stored.get('readings')?.get('etra:W:18-204417|2026-07-01')).toMatchObject({ source: 'self', value: 1_223_000 })
  })

  it('names the columns that are ignored once', () => {
    expect(results.map(result => result.unknown)).toEqual([[], ['shoe_size'], [], [], [], [], [], []])
  })

  it('refuses a file that lacks required columns, and says which', () => {
    const { bytes, missing } = refusedFile()
    expect(load('ticket_events', bytes, stored, []).refusal).toEqual({ reason: 'header_columns', missing, repeated: [] })
  })

  it('refuses a file with a column twice', () => {
    const bytes = new TextEncoder().encode('brand;code;street;town;Street\n')
    expect(load('addresses', bytes, new Map(), []).refusal).toEqual({ reason: 'header_columns', missing: [], repeated: ['street'] })
  })
})
