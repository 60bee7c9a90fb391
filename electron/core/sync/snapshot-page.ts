/** Reads a page of a snapshot: the line that says where it belongs, then tables with their columns and rows. */
import { snapshotPageHead } from '../../../shared/sync/wire.ts'
import type { SnapshotPageHead } from '../../../shared/sync/wire.ts'

export type PageHandlers = {
  readonly table: (name: string, columns: readonly string[]) => void
  /** One row as a line of COPY text, of the table named last. */
  readonly line: (text: string) => void
}

export class PageDamagedError extends Error {
  override readonly name = 'PageDamagedError'
}

/** The first line of a page alone: where the next one is. Throws `PageDamagedError`. */
export function pageHead(bytes: Uint8Array): SnapshotPageHead {
  const end = bytes.indexOf(0x0a)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, end < 0 ? bytes.byteLength : end).toString('utf8')
  try {
    return snapshotPageHead.parse(JSON.parse(text))
  } catch (cause) {
    throw new PageDamagedError('a page of a snapshot has no head', { cause })
  }
}

/** Walks the rows. Handlers may throw: nothing is kept between calls. */
export function readPage(bytes: Uint8Array, handlers: PageHandlers): void {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  let at = text.indexOf('\n') + 1
  let inTable = false
  while (at > 0 && at < text.length) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end < 0 ? text.length : end)
    at = end < 0 ? text.length : end + 1
    if (line.startsWith('#table\t')) {
      const [, name = '', ...columns] = line.split('\t')
      handlers.table(name, columns)
      inTable = true
    } else if (line !== '') {
      if (!inTable) throw new PageDamagedError('a page of a snapshot has rows of no table')
      handlers.line(line)
    }
  }
}
