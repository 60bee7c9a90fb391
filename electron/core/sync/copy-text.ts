/** PostgreSQL's COPY text format: tabs between values, `\N` for null, backslash before what would be mistaken. */

const escapes: { readonly [letter: string]: string } = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** The values of one line, without its newline. */
export function copyValues(line: string): (string | null)[] {
  const values: (string | null)[] = line.split('\t')
  // Most lines need nothing more, and a snapshot has millions of them.
  if (!line.includes('\\')) return values
  for (const [index, value] of values.entries()) {
    if (value?.includes('\\')) values[index] = value === '\\N' ? null : value.replace(/\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|[\s\S])/g, (_, escape: string) => unescape(escape))
  }
  return values
}

function unescape(escape: string): string {
  if (/^[0-7]/.test(escape)) return String.fromCharCode(Number.parseInt(escape, 8))
  if (/^x[0-9a-fA-F]/.test(escape)) return String.fromCharCode(Number.parseInt(escape.slice(1), 16))
  return escapes[escape] ?? escape
}
