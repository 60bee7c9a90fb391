import { describe, expect, it } from 'vitest'
import { bindHeader } from '../../../shared/import/extract-header.ts'
import { defaultContext, extractFormats, extractOrder } from '../../../shared/import/extract-formats.ts'
import type { ExtractKind, ExtractRecords } from '../../../shared/import/extract-format.ts'
import { createExtractReader } from '../../../shared/import/extract-reader.ts'
import type { ExtractHeader } from '../../../shared/import/extract-reader.ts'
import { createRowIssues } from '../../../shared/import/import-reasons.ts'
import type { Refusal, Warning } from '../../../shared/import/import-reasons.ts'

/** Reads one row given by column name. */
function readRow<K extends ExtractKind>(kind: K, row: Readonly<Record<string, string>>): { record: ExtractRecords[K] | null; warnings: Warning[]; refusals: Refusal[] } {
  const format = extractFormats[kind]
  const names = format.columns.map(column => column.name)
  const header = bindHeader(format.columns, names)
  if (!header.ok) throw new Error('header')
  const issues = createRowIssues()
  const record = format.reader(header.cells, defaultContext)(names.map(name => row[name] ?? ''), issues)
  return { record, warnings: issues.warnings, refusals: issues.refusals }
}

const customer = { brand: 'etra', code: 'C1', kind: 'person', last_name: 'Rossi', first_name: 'Mario' }

describe('the formats', () => {
  it('take their own examples as a row without a complaint', () => {
    for (const kind of extractOrder) {
      const row = Object.fromEntries(extractFormats[kind].columns.map(column => [column.name, column.example]))
      // A person has no company name, and the tax code is the person's.
      if (kind === 'customers') row['company_name'] = ''
      const read = readRow(kind, row)
      expect([kind, read.refusals, read.warnings]).toEqual([kind, [], []])
      expect(read.record).not.toBeNull()
    }
  })

  it('refuse a row without any one of the required values, naming it', () => {
    for (const kind of extractOrder) {
      for (const column of extractFormats[kind].columns.filter(one => one.required)) {
        const row = Object.fromEntries(extractFormats[kind].columns.map(one => [one.name, one.name === column.name ? '' : one.example]))
        const { record, refusals } = readRow(kind, row)
        expect([kind, column.name, record]).toEqual([kind, column.name, null])
        expect(refusals).toContainEqual({ column: column.name, reason: 'required' })
      }
    }
  })

  it('refer only to files loaded before', () => {
    for (const kind of extractOrder) {
      for (const { to, column } of extractFormats[kind].references) {
        expect(extractOrder.indexOf(to)).toBeLessThan(extractOrder.indexOf(kind))
        expect(extractFormats[kind].columns.map(one => one.name)).toContain(column)
      }
    }
  })
})

describe('a customer', () => {
  it('gets the id that desk and hub agree on, codes as text', () => {
    expect(readRow('customers', { ...customer, brand: 'clienti', code: '005007' }).record).toMatchObject({ id: 'clienti:005007', code: '005007' })
  })

  it('has telephones in one form, however written', () => {
    const { record } = readRow('customers', { ...customer, phone: 'tel. 040/3721188', mobile: '0039 338-4219017' })
    expect(record).toMatchObject({ phone: '+390403721188', mobile: '+393384219017' })
  })

  it('with an address that is none is kept and marked as not reachable', () => {
    expect(readRow('customers', { ...customer, email: 'mario(at)posta', email_state: 'ok' }).record).toMatchObject({ email: 'mario(at)posta', emailState: 'unreachable' })
  })

  it('keeps a tax code with a wrong check character, loses one that cannot be one', () => {
    expect(readRow('customers', { ...customer, tax_code: 'rssmra80a01h501x' })).toMatchObject({ record: { taxCode: 'RSSMRA80A01H501X' }, warnings: [{ reason: 'tax_code_check_character', effect: 'kept' }] })
    expect(readRow('customers', { ...customer, tax_code: 'RSSMRA80A99H501X' })).toMatchObject({ record: { taxCode: null }, warnings: [{ effect: 'dropped' }] })
    expect(readRow('customers', { ...customer, tax_code: 'RSSMRA80A01H50MM' })).toMatchObject({ record: { taxCode: 'RSSMRA80A01H50MM' }, warnings: [] })
  })

  it('has composed letters, and no empty text anywhere', () => {
    const { record } = readRow('customers', { ...customer, first_name: 'Nicolo\u0300 ' })
    expect(record?.firstName).toBe('Nicolò')
    expect(Object.values(record ?? {})).not.toContain('')
  })
})

describe('a supply point', () => {
  const point = { brand: 'clienti', commodity: 'gas', code: '03340009749021' }

  it('with the PDR of 14 digits of the guide is taken, the one of 15 refused', () => {
    expect(readRow('supply_points', point).record?.id).toBe('clienti:G:03340009749021')
    expect(readRow('supply_points', { ...point, code: '012345678910112' }).refusals).toEqual([{ column: 'code', reason: 'pdr_length' }])
  })

  it('is the same with and without the control character of its POD', () => {
    const ids = ['IT001E12345678', 'IT001E123456789', 'it001 e1234 5678'].map(code => readRow('supply_points', { ...point, commodity: 'luce', code }).record?.id)
    expect(new Set(ids).size).toBe(1)
  })
})

describe('yes and no', () => {
  it.each([['S', true], ['si', true], ['Sì', true], ['SI\u0300', true], ['1', true], ['TRUE', true], ['N', false], ['no', false], ['0', false], ['false', false]])('%s is understood', (text, value) => {
    expect(readRow('customers', { ...customer, vulnerable: text })).toMatchObject({ record: { vulnerable: value }, warnings: [] })
  })
})

describe('a header', () => {
  const { columns } = extractFormats.addresses

  it('may be in any order and in capitals', () => {
    const bound = bindHeader(columns, ['TOWN', 'House Number', 'street', 'Code', 'brand', 'note'])
    expect(bound).toMatchObject({ ok: true, unknown: ['note'] })
    expect(bound.ok && bound.cells.get('house_number')?.index).toBe(1)
    expect(bound.ok && bound.cells.get('province')?.index).toBe(-1)
  })

  it('without required columns is refused, naming all of them', () => {
    expect(bindHeader(columns, ['brand', 'town'])).toEqual({ ok: false, missing: ['code', 'street'], repeated: [] })
  })
})

describe('reading that was interrupted', () => {
  it('goes on where the last chunk was committed and reads every row once', () => {
    const lines = Array.from({ length: 500 }, (_, i) => `etra;A${i};"Via ""Roma""\n${i}";Forlì\n`)
    const bytes = new TextEncoder().encode(`brand;code;street;town;nota\n${lines.map(line => line.replace(/\n$/, ';\n')).join('')}`)
    const ids: string[] = []
    const lineNumbers: number[] = []
    const headers: ExtractHeader[] = []
    const sink = {
      header: (header: ExtractHeader) => { headers.push(header) },
      record: (record: ExtractRecords['addresses'], line: number) => {
        ids.push(record.id)
        lineNumbers.push(line)
      },
      rejected: () => { throw new Error('nothing is wrong') },
      refused: () => { throw new Error('nothing is wrong') },
    }
    const first = createExtractReader('addresses', defaultContext, sink)
    first.push(bytes.subarray(0, 7001))
    const { byte, line } = first.position()
    const header = headers[0]
    if (header === undefined) throw new Error('no header')
    const second = createExtractReader('addresses', defaultContext, sink, { byte, line, header: header.fields, delimiter: header.delimiter })
    for (let at = byte; at < bytes.length; at += 1000) second.push(bytes.subarray(at, at + 1000))
    second.end()
    expect(ids).toEqual(lines.map((_, i) => `etra:A${i}`))
    expect(lineNumbers).toEqual(lines.map((_, i) => 2 + 2 * i))
    expect(header.unknown).toEqual(['nota'])
  })
})
