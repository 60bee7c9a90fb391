import type { Role } from '../../shared/domain/records/people.ts'
import { appendFeed } from '../sync/feed.ts'
import type { Tx } from '../server/parts.ts'

export type PersonRecord = { readonly id: string; readonly username: string; readonly displayName: string; readonly role: Role; readonly active: boolean; readonly createdAt: string }

/** Tells every desk how these people of the staff stand now. Last in the transaction: it takes the lock of the feed. */
export async function feedPeople(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await tx.query<PersonRecord>('SELECT id, username, display_name AS "displayName", role, active, created_at AS "createdAt" FROM person WHERE id = ANY($1) ORDER BY id', [ids])
  await appendFeed(tx, rows.map((row) => ({ table: 'person' as const, key: [row.id], kind: 'put' as const, scopes: ['*'], row })))
}
