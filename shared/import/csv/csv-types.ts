/** Why a line could not be read as CSV. The line is refused, the ones around it are kept. */
export const csvReasons = [
  'invalid_utf8',
  'nul_character',
  'line_too_long',
  'stray_quote',
  'unclosed_quote',
  'field_count',
] as const
export type CsvReason = (typeof csvReasons)[number]

/** Why a whole file could not be read. */
export const csvRefusals = ['empty', 'utf_16', 'header_unreadable'] as const
export type CsvRefusal = (typeof csvRefusals)[number]

export type CsvDelimiter = ';' | ','

/** A refused piece of the file: physical line counted from 1, byte range `[start, end)`. */
export type CsvProblem = { line: number; start: number; end: number; reason: CsvReason }

/** What the parser calls. Positions are bytes from the beginning of the file, a byte-order mark included. */
export type CsvSink = {
  /** Once, before any record, with the delimiter recognised in it. */
  header(fields: readonly string[], delimiter: CsvDelimiter): void
  /**
   * One record. `fields` is the same array every time: read it before returning.
   * A field may share memory with the whole block it was cut from: what is kept for long should be copied into
   * something new (a key built by concatenation is).
   * `end` is where the next record begins: a parser resumed there goes on as if it had never stopped.
   */
  record(fields: readonly string[], line: number, start: number, end: number): void
  problem(problem: CsvProblem): void
  /** The file as a whole cannot be read; nothing else is called after this. */
  refused(reason: CsvRefusal): void
}

/** Where a file was left, for going on later without reading it from the beginning. */
export type CsvPosition = { byte: number; line: number }

export type CsvResume = CsvPosition & { delimiter: CsvDelimiter; columns: number }

export type CsvParser = {
  /** Reads on. Chunks of 64 KiB and more keep it fast; any size is right. The bytes are not kept. */
  push: (chunk: Uint8Array) => void
  /** The file ends here; a last line without line break counts. */
  end: () => void
  /** Where the first record not yet delivered begins. */
  position: () => CsvPosition
}

/** Longest line, and longest record with line breaks inside quotes, in bytes. */
export const maxRecordBytes = 65_536
