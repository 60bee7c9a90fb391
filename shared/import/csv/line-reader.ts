import { maxRecordBytes } from './csv-types.ts'
import type { CsvDelimiter, CsvReason, CsvResume, CsvSink } from './csv-types.ts'
import { detectDelimiter } from './header-line.ts'
import { cutPlain, cutQuoted, open, stray } from './record-scanner.ts'
import { decodeLenient, decodeStrict, invalidLines } from './utf8.ts'

const newline = 10
const carriageReturn = 13

/** A run of whole lines in hand, each ending with a line break. */
export type Block = {
  bytes: Uint8Array
  /** Byte of the file at which the block begins. */
  base: number
  /** Bytes in hand from the beginning of the block, an unfinished last line included. */
  size: number
  /** Nothing follows: the last line break may be ours, not the file's. */
  last: boolean
}

export type LineReader = {
  /** Delivers the records of a block. Returns how many of its bytes are done with. */
  read(block: Block): number
  /** Refuses a piece of the file that never came into a block, and counts it as one line. */
  skipped(reason: CsvReason, start: number, end: number): void
  line(): number
  /** False while the header has not been read. */
  ready(): boolean
}

/** Turns blocks of lines into records; keeps the line number, the delimiter and the number of columns. */
export function createLineReader(sink: CsvSink, headerUnreadable: () => void, resume?: CsvResume): LineReader {
  let delimiter: CsvDelimiter | null = resume?.delimiter ?? null
  let columns = resume?.columns ?? 0
  let line = resume?.line ?? 1
  const fields: string[] = []

  // The block being read.
  let block: Block = { bytes: new Uint8Array(0), base: 0, size: 0, last: false }
  let text = ''
  let ascii = true
  let broken: Set<number> | null = null
  let hasNul = false
  let firstLine = line
  let nextQuote = -1
  // The record being read: from `at` to the line break at `end`, as characters and as bytes.
  let at = 0
  let end = 0
  let byte = 0
  let byteEnd = 0
  let lines = 1

  function enter(next: Block): void {
    block = next
    const decoded = decodeStrict(next.bytes)
    text = decoded ?? decodeLenient(next.bytes)
    broken = decoded === null ? invalidLines(next.bytes) : null
    ascii = text.length === next.bytes.length
    hasNul = text.includes('\0')
    firstLine = line
    nextQuote = text.indexOf('"')
    at = 0
    byte = 0
  }

  function findLine(): void {
    end = text.indexOf('\n', at)
    byteEnd = ascii ? end : block.bytes.indexOf(newline, byte)
    lines = 1
  }

  /** Moves `end` on to the line break at `close`, the last of a record with line breaks inside quotes. */
  function extendTo(close: number): void {
    while (end < close) {
      end = text.indexOf('\n', end + 1)
      byteEnd = ascii ? end : block.bytes.indexOf(newline, byteEnd + 1)
      lines++
    }
  }

  function cutWithQuotes(mark: CsvDelimiter): CsvReason | 'wait' | null {
    const close = cutQuoted(text, at, mark, fields)
    if (close === stray) return 'stray_quote'
    if (close === open && !block.last && block.size - byte <= maxRecordBytes) return 'wait'
    if (close < 0) return 'unclosed_quote'
    extendTo(close)
    if (byteEnd - byte <= maxRecordBytes) return null
    findLine()
    return 'unclosed_quote'
  }

  function cut(): CsvReason | 'wait' | 'blank' | null {
    if (byteEnd - byte > maxRecordBytes) return 'line_too_long'
    const stop = end > at && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end
    if (stop === at) return 'blank'
    if (delimiter === null || columns === 0) delimiter = detectDelimiter(text.slice(at, stop))
    if (nextQuote >= 0 && nextQuote < at) nextQuote = text.indexOf('"', at)
    if (nextQuote >= 0 && nextQuote < end) return cutWithQuotes(delimiter)
    cutPlain(text, at, stop, delimiter, fields)
    return null
  }

  function isBroken(): boolean {
    if (broken === null) return false
    const first = line - firstLine
    for (let i = first; i < first + lines; i++) if (broken.has(i)) return true
    return false
  }

  function check(cutReason: CsvReason | null): CsvReason | null {
    if (isBroken()) return 'invalid_utf8'
    if (cutReason !== null) return cutReason
    if (hasNul && text.slice(at, end).includes('\0')) return 'nul_character'
    return columns > 0 && fields.length !== columns ? 'field_count' : null
  }

  function deliver(reason: CsvReason | null): void {
    const start = block.base + byte
    const stop = block.base + Math.min(byteEnd + 1, block.size)
    if (columns === 0) {
      if (reason !== null) {
        headerUnreadable()
        return
      }
      columns = fields.length
      sink.header(fields.slice(), delimiter ?? ';')
    } else if (reason === null) {
      sink.record(fields, line, start, stop)
    } else {
      sink.problem({ line, start, end: stop, reason })
    }
  }

  function read(next: Block): number {
    enter(next)
    while (at < text.length) {
      findLine()
      const outcome = cut()
      if (outcome === 'wait') break
      if (outcome !== 'blank') {
        deliver(check(outcome))
        if (columns === 0) break
      }
      at = end + 1
      byte = byteEnd + 1
      line += lines
    }
    text = ''
    return byte
  }

  function skipped(reason: CsvReason, start: number, stop: number): void {
    if (columns === 0) headerUnreadable()
    else sink.problem({ line, start, end: stop, reason })
    line++
  }

  return { read, skipped, line: () => line, ready: () => columns > 0 }
}
