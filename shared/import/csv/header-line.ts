import type { CsvDelimiter, CsvRefusal } from './csv-types.ts'

/** The delimiter that occurs more often outside quotes; `;`, the Italian habit, where neither or both do. */
export function detectDelimiter(line: string): CsvDelimiter {
  let semicolons = 0
  let commas = 0
  let quoted = false
  for (const char of line) {
    if (char === '"') quoted = !quoted
    else if (quoted) continue
    else if (char === ';') semicolons++
    else if (char === ',') commas++
  }
  return commas > semicolons ? ',' : ';'
}

/** How many bytes at the beginning of the file are a byte-order mark, or why the file is not UTF-8 at all. */
export function readMark(first: Uint8Array): { skip: 0 | 3 } | { refused: CsvRefusal } {
  const [a, b, c] = first
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return { refused: 'utf_16' }
  return { skip: a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0 }
}
