import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { parseCsv, utf8, values } from './csv-harness.ts'

const piece = fc.constantFrom('a', 'Z', '9', ' ', ';', ',', '"', '\n', '\r\n', 'è', '€', '😀', "D'Angelò", '""', '.')
const value = fc.array(piece, { maxLength: 6 }).map(parts => parts.join(''))
const row = fc.array(fc.record({ value, quoted: fc.boolean() }), { minLength: 2, maxLength: 4 })
const table = fc.array(row, { minLength: 1, maxLength: 12 })
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })

type Table = readonly (readonly { value: string; quoted: boolean }[])[]

function write(rows: Table, delimiter: string, lineBreak: string): string {
  const cell = (text: string, quoted: boolean): string =>
    quoted || /[",;\r\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text
  return rows.map(cells => cells.map(({ value: text, quoted }) => cell(text, quoted)).join(delimiter) + lineBreak).join('')
}

const byCsvParse = (text: string, delimiter: string): string[][] =>
  parse(text, { delimiter, bom: true, skip_empty_lines: true, relax_column_count: true, record_delimiter: ['\r\n', '\n'] })

describe('our parser beside csv-parse', () => {
  it('reads the same values from whatever is well formed, in chunks of any size', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(';', ','), fc.constantFrom('\n', '\r\n'), fc.boolean(), sizes, (rows, delimiter, lineBreak, mark, chunks) => {
        const width = rows[0]?.length ?? 0
        const header = Array.from({ length: width }, (_, i) => `c${i}`).join(delimiter) + lineBreak
        const text = (mark ? '\ufeff' : '') + header + write(rows, delimiter, lineBreak)
        const expected = byCsvParse(text, delimiter).slice(1).filter(fields => fields.length === width)
        expect(values(parseCsv(text, chunks))).toEqual(expected)
      }),
      { numRuns: 400 },
    )
  })

  it('gives the same records, problems and positions whatever the chunks, for any bytes at all', () => {
    const noise = fc.array(
      fc.oneof(fc.constantFrom('"', ';', '\n', '\r\n', 'è', '\0', 'ab', '""', ';"').map(utf8), fc.constantFrom(0xff, 0xc3, 0xe2, 0x82, 0x80).map(byte => Uint8Array.of(byte))),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(noise, sizes, (parts, chunks) => {
        const bytes = Uint8Array.from(parts.flatMap(part => [...part]))
        const whole = Uint8Array.from([...utf8('a;b\n'), ...bytes])
        expect(parseCsv(whole, chunks)).toEqual(parseCsv(whole))
      }),
      { numRuns: 600 },
    )
  })

  it('accounts for every line: each is in a record, in a problem, or blank', () => {
    const line = fc.array(fc.constantFrom('"', ';', 'x', 'è', '""', '"x";y'), { maxLength: 6 }).map(parts => parts.join(''))
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), lines => {
        const bytes = utf8(`a;b\n${lines.map(text => `${text}\n`).join('')}`)
        const parsed = parseCsv(bytes, [13])
        const pieces = [...parsed.records, ...parsed.problems].sort((a, b) => a.start - b.start)
        let at = 4
        for (const { start, end } of pieces) {
          expect([...bytes.subarray(at, start)].every(byte => byte === 10)).toBe(true)
          at = end
        }
        expect([...bytes.subarray(at)].every(byte => byte === 10)).toBe(true)
      }),
      { numRuns: 400 },
    )
  })
})
