/**
 * What a desk should hold, as counts and sums. All rows of the desk's territories are read once; afterwards only tables that the feed has
 * touched since, so that asking costs what has changed.
 */
import { to as copyTo } from 'pg-copy-streams'
import type { TableName } from '../../shared/domain/records/tables.ts'
import { fence } from '../database/fence.ts'
import { tableNames } from '../../shared/model/record-plan.ts'
import { createRowSum } from '../../shared/sync/row-digest.ts'
import { checksumsAnswer } from '../../shared/sync/wire.ts'
import type { ChecksumsAnswer } from '../../shared/sync/wire.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import { json, route } from '../server/route.ts'
import type { Route } from '../server/route.ts'
import { choice, chooseSql, copyRowsSql } from './customer-rows.ts'
import { readHead } from './feed.ts'
import { deviceScopes, everybodysTables, everybody } from './scopes.ts'

type Sum = { readonly rows: number; readonly sum: string }
type Sums = { readonly feedId: string; readonly pos: number; readonly tables: ReadonlyMap<TableName, Sum> }

/** Sets of territories remembered at once. */
const remembered = 100
/** Scopes in the answer are one text: a row that two territories share counts once. */
const scopeSeparator = ','

export function checksumsRoute(hub: HubParts): Route {
  const checksums = createChecksums(hub)
  return route({
    method: 'GET', path: '/v1/checksums', access: 'device', roles: null, params: null, query: null, body: null, bodyLimit: 0, rate: 'sync',
    summary: 'Count and sum of the rows of each table the desk should hold', answer: checksumsAnswer,
    handle: async ({ device }) => json(await checksums(await deviceScopes(hub.pool, device.officeId))),
  })
}

export function createChecksums(hub: Pick<HubParts, 'pool'>): (scopes: readonly string[]) => Promise<ChecksumsAnswer> {
  const known = new Map<string, Sums>()
  // One after the other: reading everything for many desks at once helps nobody.
  let last: Promise<unknown> = Promise.resolve()

  async function current(territories: readonly string[]): Promise<Sums> {
    const name = territories.join(scopeSeparator)
    const sums = await compute(hub, territories, known.get(name) ?? null)
    known.delete(name)
    known.set(name, sums)
    const [oldest] = known.keys()
    if (known.size > remembered && oldest !== undefined) known.delete(oldest)
    return sums
  }
  return async (scopes) => {
    const territories = scopes.filter((scope) => scope !== everybody).toSorted()
    const next = last.then(() => current(territories))
    last = next.catch(() => undefined)
    const { feedId, pos, tables } = await next
    const scopeOf = (table: TableName) => (isEverybodys(table) ? everybody : territories.join(scopeSeparator))
    return { feedId, head: pos, checksums: [...tables].map(([table, { rows, sum }]) => ({ table, scope: scopeOf(table), rows, sum })) }
  }
}

const isEverybodys = (table: TableName): boolean => (everybodysTables as readonly TableName[]).includes(table)

async function compute({ pool }: Pick<HubParts, 'pool'>, territories: readonly string[], before: Sums | null): Promise<Sums> {
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
    for (const table of tableNames) if (stale.has(table)) tables.set(table, await sumOf(tx, table))
    await tx.query('COMMIT')
    tx.release()
    return { feedId, pos, tables }
  } catch (error) {
    tx.release(error instanceof Error ? error : true)
    throw error
  }
}

/** Tables whose rows of other tables come and go with them. */
const followers: Partial<Record<TableName, readonly TableName[]>> = { customer: tableNames, contract: tableNames, meter: ['meter', 'reading'], supplyPoint: ['supplyPoint', 'address'], ticket: ['ticket', 'ticketEvent'], portalProfile: ['portalProfile', 'contractLink'] }

async function touchedTables(tx: Tx, territories: readonly string[], after: number, upTo: number): Promise<ReadonlySet<TableName>> {
  const { rows } = await tx.query<{ tbl: TableName }>('SELECT DISTINCT tbl FROM change WHERE pos > $1 AND pos <= $2 AND scopes && $3', [after, upTo, [everybody, ...territories]])
  return new Set(rows.flatMap(({ tbl }) => followers[tbl] ?? [tbl]))
}

async function sumOf(tx: Tx, table: TableName): Promise<Sum> {
  const sum = createRowSum()
  let rest: Buffer | null = null
  for await (const chunk of tx.query(copyTo(copyRowsSql(table))) as AsyncIterable<Buffer>) {
    const bytes: Buffer = rest ? Buffer.concat([rest, chunk]) : chunk
    let from = 0
    for (let end = bytes.indexOf(lineEnd); end >= 0; end = bytes.indexOf(lineEnd, from)) {
      sum.add(bytes, from, end)
      from = end + 1
    }
    rest = from < bytes.length ? bytes.subarray(from) : null
  }
  return { rows: sum.rows(), sum: sum.text() }
}
const lineEnd = 0x0a
