import type { Pool } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { TableName } from '../../shared/domain/records/tables.ts'
import { tableNames } from '../../shared/model/record-plan.ts'
import { createRowSum } from '../../shared/sync/row-digest.ts'
import type { RowSum } from '../../shared/sync/row-digest.ts'
import { fence } from '../database/fence.ts'
import { createPool } from '../database/pool.ts'
import type { Tx } from '../server/parts.ts'
import { choice, chooseSql, copyPartedRowsSql, copyRowsSql, isEverybodysName } from './customer-rows.ts'
import { readHead } from './feed.ts'
import { everybody } from './scopes.ts'

/** `scope`: part of the customers, or `*` for rows that everybody holds. */
export type PartSum = { readonly scope: string; readonly rows: number; readonly sum: string }
export type Sums = { readonly feedId: string; readonly pos: number; readonly tables: ReadonlyMap<TableName, readonly PartSum[]> }
/** `before`: what was added up earlier; only what the feed has touched since is read again. */
export type SumsAsked = { readonly databaseUrl: string; readonly territories: readonly string[]; readonly before: Sums | null }

/** Adds up what is stale, all of one moment. Keeps a processor busy: it belongs into a thread of its own. */
export async function addUp(pool: Pick<Pool, 'connect'>, { territories, before }: Omit<SumsAsked, 'databaseUrl'>): Promise<Sums> {
  const tx = await pool.connect()
  try {
    await tx.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await tx.query(`SELECT set_config('statement_timeout', '0', true)`)
    await fence(tx, territories, { bulk: true })
    const { feedId, pos, minPos } = await readHead(tx)
    const kept = before?.feedId === feedId && before.pos >= minPos ? before : null
    const stale = kept ? await touchedTables(tx, territories, kept.pos, pos) : new Set(tableNames)
    await tx.query(chooseSql, choice(territories))
    const tables = new Map(kept?.tables)
    for (const table of tableNames) if (stale.has(table)) tables.set(table, await sumsOf(tx, table))
    await tx.query('COMMIT')
    tx.release()
    return { feedId, pos, tables }
  } catch (error) {
    tx.release(error instanceof Error ? error : true)
    throw error
  }
}

/** On a connection of its own, in this thread. */
export async function addUpHere(asked: SumsAsked): Promise<Sums> {
  const pool = createPool({ url: asked.databaseUrl, max: 1, name: 'sportello-hub-sums' })
  try {
    return await addUp(pool, asked)
  } finally {
    await pool.end()
  }
}

/** Tables whose rows of other tables come and go with them. */
const followers: Partial<Record<TableName, readonly TableName[]>> = { customer: tableNames, contract: tableNames, meter: ['meter', 'reading'], supplyPoint: ['supplyPoint', 'address'], ticket: ['ticket', 'ticketEvent'], portalProfile: ['portalProfile', 'contractLink'] }

async function touchedTables(tx: Tx, territories: readonly string[], after: number, upTo: number): Promise<ReadonlySet<TableName>> {
  const { rows } = await tx.query<{ tbl: TableName }>('SELECT DISTINCT tbl FROM change WHERE pos > $1 AND pos <= $2 AND scopes && $3', [after, upTo, [everybody, ...territories]])
  return new Set(rows.flatMap(({ tbl }) => followers[tbl] ?? [tbl]))
}

async function sumsOf(tx: Tx, table: TableName): Promise<readonly PartSum[]> {
  const sums = new Map<string, RowSum>()
  // A table without rows has a sum too.
  const of = (part: string) => {
    const sum = sums.get(part) ?? createRowSum()
    sums.set(part, sum)
    return sum
  }
  of(everybody)
  const isParted = !isEverybodysName(table)
  let rest: Buffer | null = null
  for await (const chunk of tx.query(copyTo(isParted ? copyPartedRowsSql(table) : copyRowsSql(table))) as AsyncIterable<Buffer>) {
    const bytes: Buffer = rest ? Buffer.concat([rest, chunk]) : chunk
    let from = 0
    for (let end = bytes.indexOf(lineEnd); end >= 0; end = bytes.indexOf(lineEnd, from)) {
      const tab = isParted ? bytes.indexOf(tabulator, from) : from - 1
      of(isParted ? bytes.toString('utf8', from, tab) : everybody).add(bytes, tab + 1, end)
      from = end + 1
    }
    rest = from < bytes.length ? bytes.subarray(from) : null
  }
  return [...sums].map(([scope, sum]) => ({ scope, rows: sum.rows(), sum: sum.text() }))
}
const tabulator = 0x09
const lineEnd = 0x0a
