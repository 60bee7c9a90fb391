import type { Pool } from 'pg'
import { auditKeyFile, readAuditKey } from '../identity/audit-key.ts'
import { keptCheckpoints } from '../identity/audit-signing.ts'
import { collectWitnesses } from '../identity/audit-witnesses.ts'
import { verifyAudit } from '../identity/verify-audit.ts'
import type { ChainFault } from '../identity/verify-audit.ts'

const words: { readonly [F in ChainFault]: string } = {
  altered: 'is not what was written',
  missing: 'is missing',
  cut: 'and what followed it is missing',
  rewritten: 'is the first that nothing signed vouches for, and the chain from there on is another one than was signed',
  forged: 'is named by a checkpoint that this hub’s key did not sign',
}

/** Says what became of the audit chain; answers whether it is whole. Without the hub's key it cannot be, once something was signed. */
export async function checkAudit(pool: Pool, dataDir: string, say: (line: string) => void): Promise<boolean> {
  const key = readAuditKey(dataDir)
  const evidence = key ? { key, kept: keptCheckpoints(dataDir) } : null
  const { entries, firstBad, why, signedThrough } = await verifyAudit(pool, evidence)
  if (firstBad !== null) say(`audit: entry ${firstBad} ${why === null ? 'does not fit' : words[why]}`)
  else say(`audit: ${entries} entries, whole${key ? `, signed through ${signedThrough}` : ''}`)
  if (evidence) {
    const { restarts } = await collectWitnesses(pool, evidence)
    for (const { seq, at } of restarts) say(`audit: a new history begins with entry ${seq}, ${at}`)
    say(`audit key: ${evidence.key.publicKey}`)
    return firstBad === null
  }
  const { rows } = await pool.query('SELECT 1 FROM audit_checkpoint LIMIT 1')
  if (rows.length > 0) say(`audit: ${auditKeyFile} is not in the data directory, so that nobody can say if the chain is the one that was signed`)
  return firstBad === null && rows.length === 0
}
