import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * A CSV of lines that were refused or warned about, made when the first one comes. It names line, field and reason and never repeats
 * a value: the extract itself is beside it, and a second clear copy of personal data would outlive its purpose.
 */
export type IssueFile = {
  add: (cells: readonly (string | number)[]) => void
  /** Hands what was added to the operating system. Answers how long the file is: keep it with the position of the run. */
  flush: () => number
  close: () => void
}

/** Spreadsheets in Italy expect the mark, the semicolon and the carriage return. */
const mark = '\uFEFF'
const lineBreak = '\r\n'
const heldLines = 500

/** @param keepBytes how much of an earlier file is still valid: what an interrupted run added later is cut off; 0 begins anew. */
export function createIssueFile(path: string, header: readonly string[], keepBytes: number): IssueFile {
  let file = keepBytes === 0 ? null : reopen(path, keepBytes)
  let length = file === null ? 0 : keepBytes
  let held: string[] = []
  if (file === null) rmSync(path, { force: true })

  function write(text: string): void {
    if (file === null) {
      mkdirSync(dirname(path), { recursive: true })
      file = openSync(path, 'w', 0o600)
      text = mark + csvLine(header) + text
    }
    const bytes = Buffer.from(text)
    writeSync(file, bytes, 0, bytes.length, length)
    length += bytes.length
  }

  function flush(): number {
    if (held.length > 0) write(held.join(''))
    held = []
    return length
  }

  return {
    add: (cells) => {
      held.push(csvLine(cells))
      if (held.length >= heldLines) flush()
    },
    flush,
    close: () => {
      flush()
      if (file !== null) closeSync(file)
      file = null
    },
  }
}

/** Null where somebody has taken the file away meanwhile: what it listed is gone, a new one takes what follows. */
function reopen(path: string, keepBytes: number): number | null {
  if (!existsSync(path)) return null
  const file = openSync(path, 'r+')
  ftruncateSync(file, keepBytes)
  return file
}

function csvLine(cells: readonly (string | number)[]): string {
  return cells.map((cell) => quote(String(cell))).join(';') + lineBreak
}

function quote(text: string): string {
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
