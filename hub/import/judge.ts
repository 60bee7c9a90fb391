/** What only the stored rows and the whole file can tell: references, repeated keys, values that are taken. In sets, on the staged rows. */
import type { ExtractFormat, ExtractKind } from '../../shared/import/extract-format.ts'
import { extractFormats } from '../../shared/import/extract-formats.ts'
import { keyColumns } from '../../shared/import/load-tables.ts'
import type { Tx } from '../server/parts.ts'
import { extractTable, list, sameKey } from './extract-table.ts'
import type { ExtractTable } from './extract-table.ts'

/** @param staged files of this run whose rows are not stored, because it is a dry run: what they bring counts as there. */
export async function judge(client: Tx, table: ExtractTable, staged: ReadonlySet<ExtractKind>): Promise<void> {
  await judgeReferences(client, table, staged)
  await judgeRepeated(client, table)
  if (table.kind === 'tickets') await judgeTicketNumbers(client, table)
  if (table.kind === 'readings') await judgeTakenDays(client, table)
  await client.query(`UPDATE ${table.stage} SET accepted = false WHERE accepted AND rejected IS NOT NULL`)
}

const added = (column: string, found: object) => `${column} = coalesce(${column}, '[]'::jsonb) || '${JSON.stringify([found])}'::jsonb`

async function judgeReferences(client: Tx, table: ExtractTable, staged: ReadonlySet<ExtractKind>): Promise<void> {
  const format = extractFormats[table.kind] as ExtractFormat<ExtractKind>
  // Refusals first: a row that is not loaded is not warned about.
  for (const reference of format.references.toSorted((a, b) => Number(a.clear !== null) - Number(b.clear !== null))) {
    const to = extractTable(reference.to)
    const column = table.columns.find(({ property }) => property === reference.property)?.column ?? ''
    const missing = [
      `NOT EXISTS (SELECT 1 FROM ${to.table} t WHERE t.id = s.${column})`,
      ...(staged.has(reference.to) ? [`NOT EXISTS (SELECT 1 FROM ${to.stage} t WHERE t.accepted AND t.id = s.${column})`] : []),
    ].join(' AND ')
    const found = { column: reference.column, reason: 'reference_missing' }
    const set = reference.clear === null ? added('rejected', found) : `${column} = NULL, ${added('warnings', { ...found, effect: 'dropped' })}`
    await client.query(`UPDATE ${table.stage} s SET ${set} WHERE s.accepted AND s.${column} IS NOT NULL AND ${missing}`)
  }
}

/** The last row of a key stands; of rows that are only ever added, the first. */
async function judgeRepeated(client: Tx, table: ExtractTable): Promise<void> {
  const found = { column: keyColumns[table.kind], reason: 'duplicate_key' }
  const set = table.appendOnly
    ? added('rejected', found)
    : `replaced = d.nth < d.total, warnings = CASE WHEN d.nth > 1 THEN coalesce(s.warnings, '[]'::jsonb) || '${JSON.stringify([{ ...found, effect: 'changed' }])}'::jsonb ELSE s.warnings END`
  await client.query(`
    WITH twice AS (SELECT ${list(table.keys)} FROM ${table.stage} WHERE accepted AND rejected IS NULL GROUP BY ${list(table.keys)} HAVING count(*) > 1),
    d AS (
      SELECT s.line, row_number() OVER (PARTITION BY ${list(table.keys, 's')} ORDER BY s.line) AS nth, count(*) OVER (PARTITION BY ${list(table.keys, 's')}) AS total
      FROM ${table.stage} s JOIN twice ON ${sameKey(table, 's', 'twice')} WHERE s.accepted AND s.rejected IS NULL
    )
    UPDATE ${table.stage} s SET ${set} FROM d WHERE d.line = s.line${table.appendOnly ? ' AND d.nth > 1' : ''}`)
}

/** The number of a ticket is unique over all brands: whoever has it keeps it. */
async function judgeTicketNumbers(client: Tx, { stage }: ExtractTable): Promise<void> {
  await client.query(`
    WITH shared AS (SELECT code FROM ${stage} WHERE accepted AND rejected IS NULL GROUP BY code HAVING count(DISTINCT id) > 1),
    first AS (SELECT DISTINCT ON (s.code) s.code, s.id FROM ${stage} s JOIN shared USING (code) WHERE s.accepted AND s.rejected IS NULL ORDER BY s.code, s.line)
    UPDATE ${stage} s SET ${added('rejected', { column: 'code', reason: 'duplicate_key' })}
    WHERE s.accepted AND s.rejected IS NULL
      AND (EXISTS (SELECT 1 FROM ticket t WHERE t.code = s.code AND t.id <> s.id) OR EXISTS (SELECT 1 FROM first WHERE first.code = s.code AND first.id <> s.id))`)
}

/** A reading that a desk entered holds its day against another one that counts and is said to be the desk's. */
export const takenDay = `s.source = 'desk' AND s.state IN ('pending', 'acquired') AND EXISTS (
  SELECT 1 FROM reading r WHERE r.meter_id = s.meter_id AND r.day = s.day AND r.entry <> s.entry AND r.source = 'desk' AND r.state IN ('pending', 'acquired'))`

async function judgeTakenDays(client: Tx, { stage }: ExtractTable): Promise<void> {
  await client.query(`UPDATE ${stage} s SET ${added('rejected', { column: 'day', reason: 'duplicate_key' })} WHERE s.accepted AND s.rejected IS NULL AND ${takenDay}`)
}
