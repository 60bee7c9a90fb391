import { createCsvParser } from './csv/csv-parser.ts'
import type { CsvDelimiter, CsvParser, CsvPosition, CsvRefusal } from './csv/csv-types.ts'
import { bindHeader } from './extract-header.ts'
import { extractFormats } from './extract-formats.ts'
import type { ExtractFormat, ExtractKind, ExtractRecords, ReadContext, RowReader } from './extract-format.ts'
import { createRowIssues } from './import-reasons.ts'
import type { Refusal, Warning } from './import-reasons.ts'

/** Why a whole file is refused. */
export type FileRefusal =
  | { reason: CsvRefusal }
  | { reason: 'header_columns'; missing: readonly string[]; repeated: readonly string[] }

export type ExtractHeader = {
  /** As in the file: to be kept for going on after an interruption. */
  fields: readonly string[]
  delimiter: CsvDelimiter
  /** Columns that are ignored. */
  unknown: readonly string[]
}

/** What a reader calls, within `push` and `end`. */
export type ExtractSink<K extends ExtractKind> = {
  header(header: ExtractHeader): void
  /** A new object each time, free to keep or change. `line` is the first line of the row, counted from 1. */
  record(record: ExtractRecords[K], line: number, warnings: readonly Warning[]): void
  /** A line that cannot be loaded. `column` is '' where the line is no CSV. */
  rejected(line: number, refusals: readonly Refusal[]): void
  /** The file cannot be read at all; nothing else is called after this. */
  refused(refusal: FileRefusal): void
}

/** Where an earlier run stopped, and the header it had found. */
export type ExtractResume = CsvPosition & { header: readonly string[]; delimiter: CsvDelimiter }

/**
 * Reads one extract: bytes in, records of the model out. Pure and synchronous; give it chunks of 64 KiB (some hundred rows) and
 * commit what came out together with `position()` after a chunk, then a run can be resumed exactly there.
 */
export function createExtractReader<K extends ExtractKind>(
  kind: K, context: ReadContext, sink: ExtractSink<K>, resume?: ExtractResume,
): CsvParser {
  const format: ExtractFormat<K> = extractFormats[kind]
  const issues = createRowIssues()
  let readRow: RowReader<ExtractRecords[K]> | null = null

  function bind(fields: readonly string[], delimiter: CsvDelimiter): boolean {
    const bound = bindHeader(format.columns, fields)
    if (!bound.ok) {
      sink.refused({ reason: 'header_columns', missing: bound.missing, repeated: bound.repeated })
      return false
    }
    readRow = format.reader(bound.cells, context)
    sink.header({ fields, delimiter, unknown: bound.unknown })
    return true
  }

  let alive = true
  if (resume) alive = bind(resume.header, resume.delimiter)
  const parser = createCsvParser(
    {
      header(fields, delimiter) {
        alive = bind(fields, delimiter)
      },
      record(fields, line) {
        if (readRow === null) return
        issues.clear()
        const record = readRow(fields, issues)
        if (record === null) sink.rejected(line, issues.refusals)
        else sink.record(record, line, issues.warnings)
      },
      problem({ line, reason }) {
        if (alive) sink.rejected(line, [{ column: '', reason }])
      },
      refused(reason) {
        if (alive) sink.refused({ reason })
      },
    },
    resume && { byte: resume.byte, line: resume.line, delimiter: resume.delimiter, columns: resume.header.length },
  )
  return {
    push: chunk => {
      if (alive) parser.push(chunk)
    },
    end: () => {
      if (alive) parser.end()
    },
    position: parser.position,
  }
}
