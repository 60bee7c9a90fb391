import type { ExtractKind } from '../../shared/import/extract-format.ts'

/** Where the lines of each file go, line break included. */
export type DemoSink = { readonly [K in ExtractKind]: (line: string) => void }

/** A value as CSV, in quotes only where it must be. */
export function csv(text: string): string {
  return /[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Whole cents as an amount with a decimal comma. */
export function euro(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`
}
