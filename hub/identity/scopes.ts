import type { Pool } from 'pg'
import type { Tx } from '../server/parts.ts'

/** Territories of an office, sorted; what belongs to everybody (`*`) comes on top of them. */
export async function territoriesOf(db: Pool | Tx, officeId: string): Promise<readonly string[]> {
  const { rows } = await db.query<{ territory_id: string }>('SELECT territory_id FROM office_territory WHERE office_id = $1 ORDER BY territory_id', [officeId])
  return rows.map(({ territory_id }) => territory_id)
}

/** Desks of these offices hold other customers from now on: their next exchange begins with that. */
export async function scopesChanged(tx: Tx, officeIds: readonly string[]): Promise<void> {
  await tx.query(`UPDATE device SET scope_revision = scope_revision + 1 WHERE office_id = ANY($1) AND state = 'active'`, [officeIds])
}
