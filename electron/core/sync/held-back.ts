/**
 * Records about which a newer hub has said something that has no place here: they are shown, and not written to, until this desk is brought
 * to a newer version (reliability, 3.5; I20). Nobody decides here on half of what is known.
 */
import { keyOf, recordPlans, tableNames } from '../../../shared/model/record-plan.ts'
import type { TableName } from '../../../shared/domain/records/tables.ts'
import type { Change } from '../../../shared/operations/operation.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { rowTables } from './row-tables.ts'

/** A write to such a record; every call answers it as `newer_version`. */
export class RecordHeldError extends Error {
  override readonly name = 'RecordHeldError'
}

type Parent = readonly [TableName, unknown]

/** What a row hangs on: a step that waits holds back its ticket, and a ticket that waits its next step. */
function parentsOf(table: TableName, row: { readonly [name: string]: unknown }): readonly Parent[] {
  const of = (property: string, column: string) => row[property] ?? row[column]
  switch (table) {
    case 'ticketEvent': case 'attachment': return [['ticket', of('ticketId', 'ticket_id')]]
    case 'reading': return [['meter', of('meterId', 'meter_id')]]
    case 'fieldConflict': case 'decision': return [['customer', of('customerId', 'customer_id')]]
    case 'contractLink': return [['portalProfile', of('profileId', 'profile_id')], ['contract', of('contractId', 'contract_id')]]
    default: return []
  }
}

/** Tables whose rows hang on a row of each. */
const childrenOf = Map.groupBy(tableNames.flatMap((child) => parentsOf(child, {}).map(([parent]) => ({ parent, child }))), ({ parent }) => parent)

/**
 * Whether a record is held back, by the first part of its key. What waits may be very much, where a newer hub says something more of every
 * record: it is looked up by key, and only rows that name the record are read.
 */
export function isHeld(db: RawDatabase, table: TableName, id: string): boolean {
  return isAnythingHeld(db) && isRecordHeld(db, table, id)
}

/** Throws `RecordHeldError` where a change would touch such a record; call it before the change, in its transaction. */
export function assertNotHeld(db: RawDatabase, changes: readonly Change[]): void {
  if (!isAnythingHeld(db)) return
  for (const change of changes) {
    const rows = change.action === 'insert' ? [change.row as { readonly [name: string]: unknown }] : rowTables(db)(change.table).find(change.where)
    for (const row of rows) {
      const records: readonly Parent[] = [...(change.action === 'insert' ? [] : [[change.table, keyOf(change.table, row)[0]] as const]), ...parentsOf(change.table, row)]
      if (records.some(([table, id]) => isRecordHeld(db, table, String(id)))) throw new RecordHeldError('a newer hub has said more about this record than this desk understands')
    }
  }
}

const isAnythingHeld = (db: RawDatabase): boolean => db.prepare('SELECT 1 FROM deferred_change LIMIT 1').get() !== undefined

function isRecordHeld(db: RawDatabase, table: TableName, id: string): boolean {
  // Keys of several parts begin with the one that is asked for.
  const first = JSON.stringify([id]).slice(0, -1)
  if (db.prepare(`SELECT 1 FROM deferred_change WHERE tbl IN (${list}) AND key >= ? AND key < ? LIMIT 1`).get(namesOf([table]), first, `${first}\uffff`) !== undefined) return true
  const children = (childrenOf.get(table) ?? []).map(({ child }) => child)
  if (children.length === 0) return false
  const naming = db.prepare(`SELECT tbl, change FROM deferred_change WHERE tbl IN (${list}) AND instr(change, ?) > 0`).all(namesOf(children), JSON.stringify(id)) as { tbl: string; change: string }[]
  return naming.some(({ tbl, change }) => {
    const child = children.find((name) => name === tbl || recordPlans[name].table === tbl)
    const { row } = JSON.parse(change) as { readonly row: { readonly [name: string]: unknown } | null }
    return child !== undefined && parentsOf(child, row ?? {}).some(([parent, of]) => parent === table && String(of) === id)
  })
}

const list = 'SELECT value FROM json_each(?)'
/** A newer hub may say either name of a table. */
const namesOf = (tables: readonly TableName[]): string => JSON.stringify(tables.flatMap((name) => [name, recordPlans[name].table]))
