/**
 * Records about which a newer hub has said something that has no place here: they are shown, and not written to, until this desk is brought
 * to a newer version (reliability, 3.5; I20). Nobody decides here on half of what is known.
 */
import { keyOf, recordPlans } from '../../../shared/model/record-plan.ts'
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

/** Whether a record is held back, by the first part of its key. */
export function isHeld(db: RawDatabase, table: TableName, id: string): boolean {
  return heldRecords(db).has(nameOf(table, id))
}

/** Throws `RecordHeldError` where a change would touch such a record; call it before the change, in its transaction. */
export function assertNotHeld(db: RawDatabase, changes: readonly Change[]): void {
  const held = heldRecords(db)
  if (held.size === 0) return
  for (const change of changes) {
    const rows = change.action === 'insert' ? [change.row as { readonly [name: string]: unknown }] : rowTables(db)(change.table).find(change.where)
    for (const row of rows) {
      const records: readonly Parent[] = [...(change.action === 'insert' ? [] : [[change.table, keyOf(change.table, row)[0]] as const]), ...parentsOf(change.table, row)]
      if (records.some(([table, id]) => held.has(nameOf(table, id)))) throw new RecordHeldError('a newer hub has said more about this record than this desk understands')
    }
  }
}

function heldRecords(db: RawDatabase): ReadonlySet<string> {
  const waiting = db.prepare('SELECT tbl, key, change FROM deferred_change').all() as { tbl: string; key: string; change: string }[]
  return new Set(waiting.flatMap(({ tbl, key, change }) => {
    const table = Object.values(recordPlans).find((plan) => plan.name === tbl || plan.table === tbl)?.name
    // Of a table that this desk does not know there is nothing to write to.
    if (table === undefined) return []
    const { row } = JSON.parse(change) as { readonly row: { readonly [name: string]: unknown } | null }
    return [nameOf(table, (JSON.parse(key) as unknown[])[0]), ...parentsOf(table, row ?? {}).map(([parent, id]) => nameOf(parent, id))]
  }))
}

const nameOf = (table: TableName, id: unknown): string => `${table}\t${String(id)}`
