import { createCsvParser } from '../../../shared/import/csv/csv-parser.ts'
import type { CsvProblem, CsvResume } from '../../../shared/import/csv/csv-types.ts'

export type ParsedCsv = {
  header: string[] | null
  delimiter: string | null
  records: { fields: string[]; line: number; start: number; end: number }[]
  problems: CsvProblem[]
  refused: string | null
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function emptyResult(): ParsedCsv {
  return { header: null, delimiter: null, records: [], problems: [], refused: null }
}

/** A parser that writes down all it is told. */
export function recordingParser(result: ParsedCsv, resume?: CsvResume) {
  return createCsvParser(
    {
      header: (fields, delimiter) => {
        result.header = [...fields]
        result.delimiter = delimiter
      },
      record: (fields, line, start, end) => result.records.push({ fields: [...fields], line, start, end }),
      problem: problem => result.problems.push(problem),
      refused: reason => {
        result.refused = reason
      },
    },
    resume,
  )
}

/** Parses bytes given in pieces of the sizes listed, repeated as often as needed. */
export function parseCsv(bytes: Uint8Array | string, sizes: readonly number[] = [65_536]): ParsedCsv {
  const all = typeof bytes === 'string' ? utf8(bytes) : bytes
  const result = emptyResult()
  const parser = recordingParser(result)
  for (let at = 0, i = 0; at < all.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1)
    parser.push(all.subarray(at, at + size))
    at += size
  }
  parser.end()
  return result
}

export const values = (parsed: ParsedCsv): string[][] => parsed.records.map(record => record.fields)
