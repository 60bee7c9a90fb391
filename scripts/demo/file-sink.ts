import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { extractFormats, extractOrder } from '../../shared/import/extract-formats.ts'
import type { ExtractKind } from '../../shared/import/extract-format.ts'
import type { DemoSink } from './sink.ts'

export type FileSink = {
  sink: DemoSink
  /** Writes what is left. Returns the number of records per file. */
  close(): Record<ExtractKind, number>
}

const pieceLength = 1 << 18

type OpenFile = { write: (line: string) => void; close: () => number }

function openExtract(path: string, header: string): OpenFile {
  const file = openSync(path, 'w')
  let text = header
  let records = 0
  const flush = (): void => {
    const bytes = Buffer.from(text, 'utf8')
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
    text = ''
  }
  return {
    write(line) {
      text += line
      records++
      if (text.length >= pieceLength) flush()
    },
    close() {
      flush()
      closeSync(file)
      return records
    },
  }
}

/** Opens the nine files of an extract in a directory, made where it is missing, and writes their headers. */
export function openFileSink(directory: string): FileSink {
  mkdirSync(directory, { recursive: true })
  const files = Object.fromEntries(extractOrder.map(kind => {
    const { fileName, columns } = extractFormats[kind]
    return [kind, openExtract(join(directory, fileName), `${columns.map(column => column.name).join(';')}\n`)]
  })) as Record<ExtractKind, OpenFile>
  return {
    sink: Object.fromEntries(extractOrder.map(kind => [kind, files[kind].write])) as DemoSink,
    close: () => Object.fromEntries(extractOrder.map(kind => [kind, files[kind].close()])) as Record<ExtractKind, number>,
  }
}
