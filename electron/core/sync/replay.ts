/** Runs the operations again whose effect has not come back from the hub, each with the facts it had when it was written. */
import { romeTime } from '../../../shared/domain/civil-day.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import type { Json } from '../../../shared/domain/json.ts'
import { keyOf } from '../../../shared/model/record-plan.ts'
import type { AnyOperation, Change, Facts, Reader } from '../../../shared/operations/operation.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { keepBaseRows } from './base-rows.ts'
import type { TouchedRow } from './base-rows.ts'
import { operationOf } from './operations.ts'
import { rowTables } from './row-tables.ts'
import { readState } from './sync-store.ts'

export type OpenRow = { opId: string; kind: string; version: number; input: string; basis: string; actor: string; at: string; desk: string }

/** Open: not known to be decided by the hub, or decided and its rows not here yet. */
export const openWhere = `(state = 'queued' OR state = 'delivered')`

const sliceMs = 8

/**
 * Replays everything open in the order of writing, keeping the rows beneath; call it in the transaction that changed those rows. An
 * operation that no longer goes through has no effect here until the hub has said what becomes of it; its outbox row stays.
 */
export async function replayOpen(db: RawDatabase): Promise<TouchedRow[]> {
  const open = db.prepare(`SELECT op_id AS opId, kind, version, input, basis, actor, at, desk FROM outbox WHERE ${openWhere} ORDER BY seq`).all() as OpenRow[]
  const aliases = readState(db, 'aliases') ?? {}
  const touched: TouchedRow[] = []
  let since = performance.now()
  for (const row of open) {
    touched.push(...(await replayOne(db, { ...row, actor: aliases[row.actor] ?? row.actor })))
    if (performance.now() - since < sliceMs) continue
    await new Promise((resolve) => setImmediate(resolve))
    since = performance.now()
  }
  return touched
}

/** Runs one operation; nothing where it does not go through. `keepBase`: with the rows beneath, as everything open at a desk that follows a hub. */
export async function replayOne(db: RawDatabase, row: OpenRow, keepBase = true): Promise<TouchedRow[]> {
  const operation = operationOf(row.kind, row.version)
  const input = operation?.input.safeParse(JSON.parse(row.input))
  if (!operation || !input?.success) return []
  const changes = await decide(db, operation, input.data, row)
  if (changes.length === 0) return []
  db.exec('SAVEPOINT replayed')
  try {
    const touched = changes.flatMap((change) => apply(db, change, keepBase))
    db.exec('RELEASE replayed')
    return touched
  } catch (error) {
    // Its rows are in the way of the hub's, or gone: the hub decides.
    db.exec('ROLLBACK TO replayed; RELEASE replayed')
    if (isConstraint(error) || error instanceof RowGoneError) return []
    throw error
  }
}

async function decide(db: RawDatabase, operation: AnyOperation, input: unknown, row: OpenRow): Promise<readonly Change[]> {
  const records = (await operation.load(rawReader(db), input))
  const facts = factsOf(db, row)
  const merged = operation.merge?.(records, input, facts, JSON.parse(row.basis) as Json)
  if (merged) return merged.outcome === 'rejected' ? [] : merged.changes
  const decision = operation.decide(records, input, facts)
  return decision.ok ? decision.changes : []
}

function factsOf(db: RawDatabase, { opId, at, actor, desk }: OpenRow): Facts {
  const person = rowTables(db)('person').get([actor])
  const { day, time } = romeTime(new Date(at))
  return { opId, now: at, today: day, time, desk, actor: { id: actor as PersonId, name: String(person?.['displayName'] ?? actor), role: (person?.['role'] ?? 'agent') as Facts['actor']['role'] } }
}

class RowGoneError extends Error {}

function apply(db: RawDatabase, change: Change, keepBase: boolean): TouchedRow[] {
  if (keepBase) keepBaseRows(db, change)
  const table = rowTables(db)(change.table)
  if (change.action === 'insert') {
    const row = change.row as { readonly [property: string]: unknown }
    const key = keyOf(change.table, row)
    if (table.get(key)) throw new RowGoneError('the row is there already')
    table.write(row)
    return [{ table: change.table, key }]
  }
  const rows = table.find(change.where)
  if (rows.length === 0) throw new RowGoneError('the row is gone')
  for (const row of rows) table.write({ ...row, ...change.set })
  return rows.map((row) => ({ table: change.table, key: keyOf(change.table, row) }))
}

/** Reads for an operation without leaving the transaction; every answer is ready at once. */
export function rawReader(db: RawDatabase): Reader {
  return {
    one: (table, where) => Promise.resolve((rowTables(db)(table).find(where)[0] ?? null) as never),
    many: (table, where, order) => Promise.resolve(rowTables(db)(table).find(where, order) as never),
  }
}

function isConstraint(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_CONSTRAINT')
}
