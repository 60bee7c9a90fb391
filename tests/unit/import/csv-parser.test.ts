import { describe, expect, it } from 'vitest'
import { maxRecordBytes } from '../../../shared/import/csv/csv-types.ts'
import { emptyResult, parseCsv, recordingParser, utf8, values } from './csv-harness.ts'

describe('a well-formed extract', () => {
  it('is read whichever of the two delimiters it uses', () => {
    expect(values(parseCsv('a;b\n1;2\n'))).toEqual([['1', '2']])
    expect(values(parseCsv('a,b\n1,2\n'))).toEqual([['1', '2']])
    expect(parseCsv('"a;x",b,c\n1,2,3\n')).toMatchObject({ delimiter: ',', header: ['a;x', 'b', 'c'] })
  })

  it('may have a byte-order mark, CRLF, blank lines and no line break at its end', () => {
    const parsed = parseCsv('\ufeffa;b\r\n\r\n1;2\r\n\n3;"4"')
    expect(parsed.header).toEqual(['a', 'b'])
    expect(values(parsed)).toEqual([['1', '2'], ['3', '4']])
    expect(parsed.records.map(record => record.line)).toEqual([3, 5])
  })

  it('keeps quotes, delimiters and line breaks inside quotes', () => {
    const parsed = parseCsv('a;b\n"Bar ""Da Gino""";"x;\ny"\n;""\n')
    expect(values(parsed)).toEqual([['Bar "Da Gino"', 'x;\ny'], ['', '']])
    expect(parsed.records.map(record => record.line)).toEqual([2, 4])
  })

  it('takes a quote inside an unquoted value as it stands', () => {
    expect(values(parseCsv('a;b\nBar "Da Gino";2\n'))).toEqual([['Bar "Da Gino"', '2']])
  })

  it('reads letters of every width', () => {
    expect(values(parseCsv('a;b\nForlì;€ 12\nŠtefanija;😀\n', [1]))).toEqual([['Forlì', '€ 12'], ['Štefanija', '😀']])
  })
})

describe('a line that cannot be read', () => {
  const good = '1;2\n'

  it('with bytes that are not UTF-8 is refused alone', () => {
    const bytes = Uint8Array.from([...utf8('a;b\n1;2\nForl'), 0xec, ...utf8(';2\n3;è\n')])
    const parsed = parseCsv(bytes)
    expect(values(parsed)).toEqual([['1', '2'], ['3', 'è']])
    expect(parsed.problems).toEqual([{ line: 3, start: 8, end: 16, reason: 'invalid_utf8' }])
  })

  it('with a NUL is refused alone', () => {
    expect(parseCsv(`a;b\n1;\0\n${good}`)).toMatchObject({ problems: [{ line: 2, reason: 'nul_character' }], records: [{ line: 3 }] })
  })

  it('with too few or too many values is refused alone', () => {
    const parsed = parseCsv(`a;b\n1\n${good}1;2;3\n`)
    expect(parsed.problems.map(({ line, reason }) => [line, reason])).toEqual([[2, 'field_count'], [4, 'field_count']])
    expect(parsed.records).toHaveLength(1)
  })

  it('with text after a closing quote is refused alone', () => {
    expect(parseCsv(`a;b\n"x"y;2\n${good}`)).toMatchObject({ problems: [{ line: 2, reason: 'stray_quote' }], records: [{ line: 3 }] })
  })

  it('with a quote that is never closed costs that line only', () => {
    const many = good.repeat(40_000)
    const parsed = parseCsv(`a;b\n${good}"open;2\n${many}`)
    expect(parsed.problems.map(({ line, reason }) => [line, reason])).toEqual([[3, 'unclosed_quote']])
    expect(parsed.records).toHaveLength(40_001)
  })

  it('with a quote closed by the next quoted value costs that line only', () => {
    const parsed = parseCsv('a;b\n1;"open\n"x";2\n3;4\n')
    expect(parsed.problems.map(({ line, reason }) => [line, reason])).toEqual([[2, 'unclosed_quote']])
    expect(values(parsed)).toEqual([['x', '2'], ['3', '4']])
  })

  it('of more than 64 KiB is refused alone, wherever chunks end', () => {
    const long = 'x'.repeat(maxRecordBytes)
    for (const sizes of [[1000], [65_536], [1_000_000], [long.length + 3, 7]]) {
      const parsed = parseCsv(`a;b\n${good}${long};2\n${good}`, sizes)
      expect(parsed.problems).toEqual([{ line: 3, start: 8, end: 8 + long.length + 3, reason: 'line_too_long' }])
      expect(parsed.records.map(record => record.line)).toEqual([2, 4])
    }
  })

  it('of more than 64 KiB at the very end of the file is refused too', () => {
    expect(parseCsv(`a;b\n${'x'.repeat(200_000)}`).problems).toMatchObject([{ line: 2, reason: 'line_too_long' }])
  })
})

describe('a file that cannot be read', () => {
  it.each([
    ['nothing', new Uint8Array(0), 'empty'],
    ['blank lines', utf8('\n\r\n'), 'empty'],
    ['a byte-order mark alone', utf8('\ufeff'), 'empty'],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 97, 0, 10, 0]), 'utf_16'],
    ['a header that is not UTF-8', Uint8Array.from([97, 0xec, 10, 49, 10]), 'header_unreadable'],
    ['a header without end', utf8('x'.repeat(100_000)), 'header_unreadable'],
    ['a header with an open quote', utf8('"a;b\n1;2\n'), 'header_unreadable'],
  ])('says so: %s', (_, bytes, reason) => {
    expect(parseCsv(bytes)).toMatchObject({ refused: reason, records: [], problems: [] })
    expect(parseCsv(bytes, [bytes.length > 1000 ? 997 : 1])).toMatchObject({ refused: reason, records: [], problems: [] })
  })
})

describe('going on after an interruption', () => {
  it('keeps what is unfinished although the reader fills the same buffer again', () => {
    const all = Buffer.from('a;b\n1;two\n3;four\n')
    const result = emptyResult()
    const parser = recordingParser(result)
    const buffer = Buffer.alloc(5)
    for (let at = 0; at < all.length; at += buffer.length) parser.push(buffer.subarray(0, all.copy(buffer, 0, at)))
    parser.end()
    expect(values(result)).toEqual([['1', 'two'], ['3', 'four']])
  })

  it('delivers exactly what was left, from any chunk on', () => {
    const text = '\ufeffa;b\r\n1;è\r\n"x\ny";3\nbad\n5;6\n7;"8"\n'
    const bytes = utf8(text)
    const whole = parseCsv(bytes)
    for (let stop = 7; stop < bytes.length; stop++) {
      const result = emptyResult()
      const first = recordingParser(result)
      first.push(bytes.subarray(0, stop))
      if (result.header === null) continue
      const { byte, line } = first.position()
      const second = recordingParser(result, { byte, line, delimiter: ';', columns: 2 })
      second.push(bytes.subarray(byte))
      second.end()
      expect(result.records).toEqual(whole.records)
      expect(result.problems).toEqual(whole.problems)
    }
  })

  it('names byte ranges that hold exactly the record', () => {
    const text = 'a;b\n1;è\n"x\ny";3\n5;6'
    const bytes = utf8(text)
    const decoder = new TextDecoder()
    const pieces = parseCsv(bytes).records.map(({ start, end }) => decoder.decode(bytes.subarray(start, end)))
    expect(pieces).toEqual(['1;è\n', '"x\ny";3\n', '5;6'])
  })
})
