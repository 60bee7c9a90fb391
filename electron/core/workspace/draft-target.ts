import type { DraftTarget } from '../../../shared/contract/workspace.ts'
import { displayName } from '../../../shared/domain/customer-name.ts'
import type { RawDatabase } from '../store/cipher.ts'

type Named = Parameters<typeof displayName>[0]

/** The record that a draft's key names. Ids may hold colons: the longest part that is one counts. */
export function draftTarget(db: RawDatabase, key: string): DraftTarget | null {
  const [form = '', ...parts] = key.split(':')
  for (let length = parts.length; length > 0; length--) {
    const id = parts.slice(0, length).join(':')
    const found = form === 'ticket' ? ticketOf(db, id) : (customerOf(db, id, null) ?? holderOf(db, id))
    if (found !== null) return found
  }
  return null
}

function ticketOf(db: RawDatabase, id: string): DraftTarget | null {
  const code = db.prepare('SELECT code FROM ticket WHERE id = ?').pluck().get(id)
  return typeof code === 'string' ? { kind: 'ticket', id, title: code, look: 'ticket', supplyPointId: null } : null
}

function customerOf(db: RawDatabase, id: string, supplyPointId: string | null): DraftTarget | null {
  const row = db.prepare('SELECT kind, last_name AS lastName, first_name AS firstName, company_name AS companyName FROM customer WHERE id = ?').get(id) as Named | undefined
  return row === undefined ? null : { kind: 'customer', id, title: displayName(row), look: row.kind, supplyPointId }
}

/** Whose supply it is now. */
function holderOf(db: RawDatabase, supplyPointId: string): DraftTarget | null {
  const id = db.prepare(`SELECT customer_id FROM contract WHERE supply_point_id = ? ORDER BY state = 'active' DESC, start_day DESC LIMIT 1`).pluck().get(supplyPointId)
  return typeof id === 'string' ? customerOf(db, id, supplyPointId) : null
}
