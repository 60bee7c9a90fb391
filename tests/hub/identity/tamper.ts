/** What somebody does to the audit chain who may do anything in the database and does not have the hub's key. */
import { entryHash } from '../../../hub/identity/audit.ts'
import type { StoredAudit } from '../../../hub/identity/audit.ts'
import type { HubDatabase } from '../../support/hub-database.ts'

const numbered = (row: Record<string, unknown>): StoredAudit => ({ ...row, seq: Number(row['seq']) }) as StoredAudit

export async function unlockAudit({ asOwner }: HubDatabase): Promise<void> {
  for (const table of ['audit', 'audit_checkpoint', 'audit_contradiction']) await asOwner(`ALTER TABLE ${table} DISABLE TRIGGER ${table}_append_only`)
}

/** Takes everything after an entry away, checkpoints and the head too. */
export async function cutAfter({ asOwner }: HubDatabase, seq: number): Promise<void> {
  await asOwner('DELETE FROM audit WHERE seq > $1', [seq])
  await asOwner('DELETE FROM audit_checkpoint WHERE seq > $1', [seq])
  await asOwner('UPDATE audit_head SET seq = $1, hash = (SELECT hash FROM audit WHERE seq = $1)', [seq])
}

/** Changes an entry and makes everything after it fit again. */
export async function rewriteFrom({ asOwner }: HubDatabase, seq: number): Promise<void> {
  await asOwner(`UPDATE audit SET subject = 'somebody else' WHERE seq = $1`, [seq])
  const rows = (await asOwner('SELECT * FROM audit WHERE seq >= $1 ORDER BY seq', [seq])).map(numbered)
  let previous = rows[0]?.previous ?? ''
  for (const row of rows) {
    const hash = entryHash({ ...row, previous })
    await asOwner('UPDATE audit SET previous = $2, hash = $3 WHERE seq = $1', [row.seq, previous, hash])
    previous = hash
  }
  await asOwner('UPDATE audit_head SET hash = $1', [previous])
}
