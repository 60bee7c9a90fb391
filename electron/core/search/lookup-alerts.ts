import type { LookupAlert } from '../../../shared/contract/lookup.ts'
import { romeDay } from '../../../shared/domain/civil-day.ts'
import type { Store } from '../store/store.ts'
import type { LookupRow } from './lookup-types.ts'

/** What an agent should know before opening, for the rows of one page: two queries whatever their number. */
export function alertsOfRows(store: Store, rows: readonly LookupRow[], now: Date): ReadonlyMap<string, LookupAlert[]> {
  const ids = JSON.stringify(rows.map((row) => row.id))
  const complaints = new Map(store.rawReader.prepare(complaintsSql).raw().all(ids) as [string, string][])
  const debts = new Map(store.rawReader.prepare(debtsSql).raw().all(ids, romeDay(now)) as [string, number][])
  return new Map(rows.map((row) => [row.id, alertsOf(row, complaints.get(row.id), debts.get(row.id))]))
}

// CROSS JOIN keeps the order: by itself SQLite would walk through every open ticket of the utility.
const complaintsSql = `SELECT t.customer_id, min(t.received_day) FROM json_each(?) e CROSS JOIN ticket t ON t.customer_id = e.value
  WHERE t.type = 'complaint' AND t.state IN ('new', 'in_charge', 'waiting') GROUP BY t.customer_id`
const debtsSql = `SELECT i.customer_id, sum(i.amount_cents - i.paid_cents) FROM json_each(?) e CROSS JOIN invoice i ON i.customer_id = e.value
  WHERE i.amount_cents > i.paid_cents AND i.due_day < ? GROUP BY i.customer_id`

function alertsOf(row: LookupRow, complaint: string | undefined, cents: number | undefined): LookupAlert[] {
  const closed = row.active.length === 0 && row.closed.length > 0
  return [
    ...(complaint === undefined ? [] : [{ kind: 'complaint_open', receivedDay: complaint } as const]),
    ...(cents === undefined ? [] : [{ kind: 'overdue', cents } as const]),
    ...(row.vulnerable ? [{ kind: 'vulnerable' } as const] : []),
    ...(closed ? [{ kind: 'closed', year: row.closedYear } as const] : []),
  ]
}
