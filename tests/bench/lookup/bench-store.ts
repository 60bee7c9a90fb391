import Database from 'better-sqlite3-multiple-ciphers'
import { statSync } from 'node:fs'
import { createIndexer } from '../../../electron/core/search/search-indexer.ts'
import { keyStoreLeaf, searchSchema } from '../../../electron/core/search/search-schema.ts'
import { prepareConnection } from '../../../electron/core/store/cipher.ts'
import type { RawDatabase } from '../../../electron/core/store/cipher.ts'
import { customerAt } from './data.ts'

const key = Buffer.alloc(32, 0xab)
const BATCH = 1000
/** As the desk's builder does it while customers come in. */
const MERGED_PAGES = BATCH * 0.4
const LAST_MERGE_PAGES = 64

export function openEncrypted(path: string, mode: 'write' | 'read'): RawDatabase {
  const db = new Database(path, { readonly: mode === 'read' })
  prepareConnection(db, key, mode)
  return db
}

export type BuildFigures = { readonly microsPerCustomer: number; readonly megabytes: number }

/** Fills an encrypted store with the lookup index alone, through the desk's indexer. Making up the customers is not counted. */
export function buildIndex(path: string, customers: number, seed: number, say: (text: string) => void): BuildFigures {
  const db = openEncrypted(path, 'write')
  for (const statement of [...searchSchema, keyStoreLeaf]) db.exec(statement)
  const indexer = createIndexer(db)
  let millis = 0
  const timed = (work: () => void): void => {
    const began = performance.now()
    work()
    millis += performance.now() - began
  }
  for (let from = 0; from < customers; from += BATCH) {
    const documents = Array.from({ length: Math.min(BATCH, customers - from) }, (_, i) => customerAt(from + i, seed).document)
    timed(() => {
      indexer.putMany(documents)
      indexer.tidy(MERGED_PAGES)
    })
    if (from % 100_000 === 0 && from > 0) say(`  ${from} customers indexed\n`)
  }
  timed(() => {
    while (indexer.tidy(-LAST_MERGE_PAGES)) continue
  })
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  return { microsPerCustomer: Math.round(millis * 1000 / customers), megabytes: Math.round(statSync(path).size / 1e6) }
}

const columns = ['code', 'name', 'tax', 'phone', 'email', 'pod', 'pdr', 'address', 'city'] as const

/** The same customers as plain rows with an FTS5 table beside them: what one would use without an index of one's own. */
export function buildPeers(path: string, customers: number, seed: number): void {
  const db = openEncrypted(path, 'write')
  db.exec(`CREATE TABLE c (id INTEGER PRIMARY KEY, ${columns.map(column => `${column} TEXT`).join(', ')})`)
  const insert = db.prepare(`INSERT INTO c VALUES (?, ${columns.map(() => '?').join(', ')})`)
  const some = db.transaction((from: number, to: number) => {
    for (let i = from; i < to; i++) {
      const customer = customerAt(i, seed)
      insert.run(i + 1, ...columns.map(column => customer[column]))
    }
  })
  for (let from = 0; from < customers; from += BATCH) some(from, Math.min(customers, from + BATCH))
  db.exec(`CREATE VIRTUAL TABLE ft USING fts5(${columns.join(', ')}, content='c', content_rowid='id',
    tokenize='unicode61 remove_diacritics 2', prefix='2 3 4'); INSERT INTO ft(ft) VALUES ('rebuild')`)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

/** A naive search over all columns, and FTS5 ranked by bm25. */
export function openPeers(path: string): { like: (text: string) => void; bm25: (text: string) => void; close: () => void } {
  const db = openEncrypted(path, 'read')
  const like = db.prepare(`SELECT * FROM c WHERE ${['code', 'name', 'tax', 'phone', 'email', 'pod', 'pdr'].map(column => `${column} LIKE @q`).join(' OR ')} LIMIT 20`)
  const ranked = db.prepare('SELECT c.* FROM ft JOIN c ON c.id = ft.rowid WHERE ft MATCH ? ORDER BY rank LIMIT 20')
  return {
    like: text => { like.all({ q: `%${text}%` }) },
    bm25: (text) => {
      const match = text.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '').map(word => `"${word}"*`).join(' ')
      if (match !== '') ranked.all(match)
    },
    close: () => { db.close() },
  }
}
