import { createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Refusal, Warning } from '../../shared/import/import-reasons.ts'
import { describeReason, effectTexts } from '../../shared/import/reason-texts.ts'
import type { Tx } from '../server/parts.ts'
import type { ExtractTable } from './extract-table.ts'

/** Spreadsheets in Italy expect the mark, the semicolon and the carriage return. */
const mark = '\uFEFF'
const rejectHeader = ['line', 'field', 'reason', 'motivo', 'explanation'] as const
const warningHeader = ['line', 'field', 'reason', 'effect', 'motivo', 'explanation'] as const
const pageRows = 5_000

/**
 * Writes `<name>.rejects.csv` and `<name>.warnings.csv` of a judged extract, in the order of its lines, and removes lists of an earlier
 * run that have nothing to say any more. They name line, field and reason and never repeat a value. Answers how many rows are on each.
 */
export async function writeIssueLists(client: Tx, table: ExtractTable, folder: string, fileName: string): Promise<{ rejected: number; warned: number }> {
  const name = fileName.replace(/\.csv$/, '')
  const path = (list: string) => join(folder, `${name}.${list}.csv`)
  const rejected = await writeList(path('rejects'), rejectHeader, pages<Refusal>(client, table, 'rejected', 'NOT accepted'), (line, { column, reason }) => {
    const text = describeReason(reason)
    return [line, column, reason, text.it, text.en]
  })
  const warned = await writeList(path('warnings'), warningHeader, pages<Warning>(client, table, 'warnings', 'accepted'), (line, { column, reason, effect }) => {
    const text = describeReason(reason)
    const became = effectTexts[effect]
    return [line, column, reason, effect, `${text.it} (${became.it})`, `${text.en} (${became.en})`]
  })
  return { rejected, warned }
}

type Row<I> = { readonly line: number; readonly issues: readonly I[] }

async function* pages<I>(client: Tx, { stage }: ExtractTable, column: string, where: string): AsyncGenerator<readonly Row<I>[]> {
  let after = 0
  for (;;) {
    const { rows } = await client.query<Row<I>>(`SELECT line, ${column} AS issues FROM ${stage} WHERE ${where} AND ${column} IS NOT NULL AND line > $1 ORDER BY line LIMIT ${pageRows}`, [after])
    if (rows.length > 0) yield rows
    if (rows.length < pageRows) return
    after = rows.at(-1)?.line ?? after
  }
}

async function writeList<I>(path: string, header: readonly string[], found: AsyncGenerator<readonly Row<I>[]>, cells: (line: number, issue: I) => readonly (string | number)[]): Promise<number> {
  let count = 0
  rmSync(path, { force: true })
  async function* text(): AsyncGenerator<string> {
    for await (const rows of found) {
      const lines = rows.flatMap(({ line, issues }) => issues.map((issue) => csvLine(cells(line, issue))))
      yield (count === 0 ? mark + csvLine(header) : '') + lines.join('')
      count += rows.length
    }
  }
  const first = text()
  const begun = await first.next()
  if (begun.done) return 0
  if (!existsSync(join(path, '..'))) mkdirSync(join(path, '..'), { recursive: true })
  await pipeline(Readable.from(chain(begun.value, first), { objectMode: false }), createWriteStream(path, { mode: 0o600 }))
  return count
}

async function* chain(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first
  yield* rest
}

function csvLine(cells: readonly (string | number)[]): string {
  return cells.map((cell) => (/[;"\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell))).join(';') + '\r\n'
}
