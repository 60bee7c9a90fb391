import { maxRecordBytes } from './csv-types.ts'
import type { CsvParser, CsvRefusal, CsvResume, CsvSink } from './csv-types.ts'
import { readMark } from './header-line.ts'
import { createLineReader } from './line-reader.ts'

const newline = 10
const nothing = new Uint8Array(0)
const markBytes = 3

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}

/**
 * A push parser for the extracts: `;` or `,`, quotes with `""`, line breaks inside quotes, CRLF or LF.
 * It always knows the byte and the line where it is, and what it cannot read costs as few lines as can be:
 * an unclosed quote costs the line it stands on, never the rest of the file (docs/decisions/0004-csv-parser.md).
 * @param resume where an earlier run stopped; no header is expected there.
 */
export function createCsvParser(sink: CsvSink, resume?: CsvResume): CsvParser {
  /** Bytes in hand and not done with; they begin at `base` in the file. */
  let carry: Uint8Array = nothing
  let base = resume?.byte ?? 0
  let atStart = base === 0
  /** Where a line too long to keep began, while its end is being looked for. */
  let longFrom: number | null = null
  let over = false

  function refuse(reason: CsvRefusal): void {
    over = true
    carry = nothing
    sink.refused(reason)
  }

  const reader = createLineReader(sink, () => refuse('header_unreadable'), resume)

  function dropMark(bytes: Uint8Array): Uint8Array {
    atStart = false
    const mark = readMark(bytes)
    if ('refused' in mark) {
      refuse(mark.refused)
      return nothing
    }
    base += mark.skip
    return bytes.subarray(mark.skip)
  }

  /** Drops what belongs to a line too long to keep; what follows it is returned. */
  function dropLongLine(from: number, bytes: Uint8Array): Uint8Array {
    const at = bytes.indexOf(newline)
    const dropped = at < 0 ? bytes.length : at + 1
    base += dropped
    if (at >= 0) {
      longFrom = null
      reader.skipped('line_too_long', from, base)
    }
    return bytes.subarray(dropped)
  }

  function push(chunk: Uint8Array): void {
    if (over) return
    let bytes = join(carry, chunk)
    carry = nothing
    if (atStart) {
      if (bytes.length < markBytes) {
        carry = new Uint8Array(bytes)
        return
      }
      bytes = dropMark(bytes)
    }
    if (longFrom !== null) bytes = dropLongLine(longFrom, bytes)
    const lastBreak = bytes.lastIndexOf(newline)
    if (lastBreak >= 0 && !over) {
      const used = reader.read({ bytes: bytes.subarray(0, lastBreak + 1), base, size: bytes.length, last: false })
      base += used
      bytes = bytes.subarray(used)
    }
    if (over) return
    if (bytes.length > maxRecordBytes) {
      longFrom = base
      base += bytes.length
    } else {
      carry = new Uint8Array(bytes)
    }
  }

  function end(): void {
    if (over) return
    let bytes = carry
    if (atStart) bytes = dropMark(bytes)
    if (over) return
    if (longFrom !== null) {
      reader.skipped('line_too_long', longFrom, base)
      longFrom = null
    }
    if (bytes.length > 0 && !over) {
      reader.read({ bytes: join(bytes, Uint8Array.of(newline)), base, size: bytes.length, last: true })
      base += bytes.length
    }
    carry = nothing
    if (!over && !reader.ready()) refuse('empty')
    over = true
  }

  return { push, end, position: () => ({ byte: longFrom ?? base, line: reader.line() }) }
}
