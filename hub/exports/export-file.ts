export type ExportLine = {
  readonly brand_id: string
  readonly commodity: string
  readonly serial: string
  readonly supply_point_code: string
  readonly meter_id: string
  readonly day: string
  readonly entry: string
  readonly value: number
  readonly value_2: number | null
  readonly value_3: number | null
  readonly corrector_value: number | null
  readonly taken_at: string | null
}

/** See docs/export-format.md. */
const columns = ['export', 'line', 'brand', 'commodity', 'serial', 'supply_point_code', 'day', 'value', 'value_2', 'value_3', 'corrector_value', 'taken_at', 'entry'] as const

/** The file of an export: UTF-8, semicolons, CR LF, the order of the lines. Who the customer is stays out of it. */
export function writeExportFile(number: number, lines: readonly ExportLine[]): Buffer {
  const rows = lines.map((line, i) => [
    number, i + 1, line.brand_id, line.commodity, line.serial, line.supply_point_code, line.day, quantity(line.value), quantity(line.value_2), quantity(line.value_3),
    quantity(line.corrector_value), line.taken_at ?? '', line.entry,
  ])
  return Buffer.from([columns, ...rows].map((cells) => cells.map((cell) => quote(String(cell))).join(';') + '\r\n').join(''))
}

/** Thousandths as the extracts write them: `1234` or `1234,5`. */
function quantity(thousandths: number | null): string {
  if (thousandths === null) return ''
  const fraction = String(Math.abs(thousandths % 1000)).padStart(3, '0').replace(/0+$/, '')
  return `${Math.trunc(thousandths / 1000)}${fraction === '' ? '' : `,${fraction}`}`
}

const quote = (text: string) => (/[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
