/** What the screens are told of the hub's rows: kinds and ids, as of the desk's own writes. */
import type { ChangedEntity, CoreEvent } from '../../../shared/contract/events.ts'
import type { RawDatabase } from '../store/cipher.ts'
import type { TouchedRow } from './base-rows.ts'
import { rowTables } from './row-tables.ts'

/** Beyond as many ids everything is read afresh. */
const mostIds = 300

export function eventsOf(db: RawDatabase, touched: readonly TouchedRow[], lostCustomers: readonly string[]): CoreEvent[] {
  if (touched.length === 0 && lostCustomers.length === 0) return []
  if (touched.length + lostCustomers.length > mostIds) return [{ kind: 'changed', entity: 'master', ids: [] }, ...(['ticket', 'reading', 'customer'] as const).map((entity) => ({ kind: 'changed', entity, ids: [] }) as const)]
  const ids = new Map<ChangedEntity, Set<string>>()
  const note = (entity: ChangedEntity, ...found: unknown[]) => {
    const set = ids.get(entity) ?? new Set<string>()
    for (const id of found) if (typeof id === 'string') set.add(id)
    ids.set(entity, set)
  }
  const get = rowTables(db)
  for (const { table, key } of touched) {
    const [id = ''] = key
    const row = key.length === 0 ? null : get(table).get(key)
    switch (table) {
      case 'customer': note('customer', id); break
      case 'contract': case 'invoice': case 'fieldConflict': case 'decision': note('customer', row?.['customerId']); break
      case 'ticket': note('ticket', id, row?.['customerId']); break
      case 'ticketEvent': case 'attachment': note('ticket', row?.['ticketId'], get('ticket').get([String(row?.['ticketId'] ?? '')])?.['customerId']); break
      case 'reading': note('reading', key[2], ...holdersOf(db, String(id))); break
      case 'contractLink': note('contractLink', id, get('portalProfile').get([String(row?.['profileId'] ?? '')])?.['customerId']); break
      case 'portalProfile': note('contractLink', id, row?.['customerId']); break
      case 'person': note('person', id); break
      case 'meter': case 'supplyPoint': case 'address': case 'brand': case 'readingWindow': note('master'); break
    }
  }
  if (lostCustomers.length > 0) note('customer', ...lostCustomers)
  return [...ids].map(([entity, found]) => ({ kind: 'changed', entity, ids: [...found] }))
}

function holdersOf(db: RawDatabase, meterId: string): string[] {
  return db.prepare('SELECT DISTINCT k.customer_id FROM meter m JOIN contract k ON k.supply_point_id = m.supply_point_id WHERE m.id = ?').pluck().all(meterId) as string[]
}
