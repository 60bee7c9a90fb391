/** A table of the sheet as CSV for a spreadsheet: `;`, BOM, CRLF, formulas neutralised. */
export function toCsv(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const lines = [head, ...rows].map((cells) => cells.map(cell).join(';'))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

/** A leading = + - @ or tab would be run as a formula by a spreadsheet; numbers keep their sign. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+([.,]\d+)?$/.test(value) ? `'${value}` : value
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
