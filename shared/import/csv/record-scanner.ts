const quote = 34
const newline = 10
const carriageReturn = 13

/** The record goes on past the end of the text. */
export const open = -1
/** Text follows a closing quote on the record's first line: the line is not CSV. */
export const stray = -2
/** The same on a later line: most likely a quote was opened on the first one and never closed. */
export const strayLater = -3

/** Cuts `text` from `from` to `end`, a line without quotes and without its line break, into `fields`. */
export function cutPlain(text: string, from: number, end: number, delimiter: string, fields: string[]): void {
  let count = 0
  let at = from
  for (;;) {
    const next = text.indexOf(delimiter, at)
    if (next < 0 || next >= end) break
    fields[count++] = text.slice(at, next)
    at = next + 1
  }
  fields[count++] = text.slice(at, end)
  fields.length = count
}

/**
 * Cuts one record that may hold quoted fields; `text` ends with a line break.
 * A quote inside an unquoted field is taken as it stands (`Bar "Da Gino"`).
 * @returns index of the line break that ends the record, or `open`, `stray`, `strayLater`.
 */
export function cutQuoted(text: string, from: number, delimiter: string, fields: string[]): number {
  const mark = delimiter.charCodeAt(0)
  let count = 0
  let at = from
  const firstEnd = text.indexOf('\n', from)
  let lineEnd = firstEnd
  for (;;) {
    if (text.charCodeAt(at) !== quote) {
      const next = text.indexOf(delimiter, at)
      if (next >= 0 && next < lineEnd) {
        fields[count++] = text.slice(at, next)
        at = next + 1
        continue
      }
      const end = lineEnd > at && text.charCodeAt(lineEnd - 1) === carriageReturn ? lineEnd - 1 : lineEnd
      fields[count++] = text.slice(at, end)
      fields.length = count
      return lineEnd
    }
    let value = ''
    let part = at + 1
    for (;;) {
      const close = text.indexOf('"', part)
      if (close < 0) return open
      if (text.charCodeAt(close + 1) === quote) {
        value += text.slice(part, close + 1)
        part = close + 2
        continue
      }
      value += text.slice(part, close)
      at = close + 1
      break
    }
    fields[count++] = value
    if (at > lineEnd) lineEnd = text.indexOf('\n', at)
    const code = text.charCodeAt(at)
    if (code === mark) {
      at++
      continue
    }
    fields.length = count
    if (code === newline) return at
    if (code === carriageReturn && text.charCodeAt(at + 1) === newline) return at + 1
    return at > firstEnd ? strayLater : stray
  }
}
