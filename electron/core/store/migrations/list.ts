import { foundation } from './0001-foundation.ts'
import { lookupIndex } from './0002-lookup-index.ts'
import { referenceData } from './0003-reference-data.ts'
import { alertIndexes } from './0004-alert-indexes.ts'
import { followingAHub } from './0005-following-a-hub.ts'
import { decisions } from './0006-decisions.ts'

export type Migration = { readonly version: number; readonly name: string; readonly statements: readonly string[] }

/** In order, without gaps: the version is what `PRAGMA user_version` says afterwards. */
export const migrations: readonly Migration[] = [
  { version: 1, name: 'foundation', statements: foundation },
  { version: 2, name: 'lookup index', statements: lookupIndex },
  { version: 3, name: 'reference data', statements: referenceData },
  { version: 4, name: 'alert indexes', statements: alertIndexes },
  { version: 5, name: 'following a hub', statements: followingAHub },
  { version: 6, name: 'decisions', statements: decisions },
]
export const newestVersion = migrations.length
