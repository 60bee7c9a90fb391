import { hubFoundation } from './0001-hub.ts'
import { lookupIndexes } from './0002-lookup.ts'
import { auditWitnesses } from './0003-audit-witnesses.ts'
import { readingFence } from './0004-reading-fence.ts'
import { leaseSince } from './0005-lease-since.ts'
import { decisions } from './0006-decisions.ts'

/** Statements run one by one in one transaction, as the owner of the tables. */
export type Migration = { readonly version: number; readonly name: string; readonly statements: readonly string[] }

/** In order, without gaps. A migration that has shipped is never changed: add one. */
export const migrations: readonly Migration[] = [
  { version: 1, name: 'hub', statements: hubFoundation },
  { version: 2, name: 'lookup', statements: lookupIndexes },
  { version: 3, name: 'audit_witnesses', statements: auditWitnesses },
  { version: 4, name: 'reading_fence', statements: readingFence },
  { version: 5, name: 'lease_since', statements: leaseSince },
  { version: 6, name: 'decisions', statements: decisions },
]
