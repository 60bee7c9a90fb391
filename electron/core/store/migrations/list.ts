import { foundation } from './0001-foundation.ts'
import { lookupIndex } from './0002-lookup-index.ts'

export type Migration = { readonly version: number; readonly name: string; readonly statements: readonly string[] }

/** In order, without gaps: the version is what `PRAGMA user_version` says afterwards. */
export const migrations: readonly Migration[] = [
  { version: 1, name: 'foundation', statements: foundation },
  { version: 2, name: 'lookup index', statements: lookupIndex },
]
export const newestVersion = migrations.length
