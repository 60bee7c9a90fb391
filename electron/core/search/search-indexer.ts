import type { RawDatabase } from '../store/cipher.ts'
import { codeKeys, nameWords, wordKeys } from './document-keys.ts'
import { documentCodes } from './code-keys.ts'
import { documentWords } from './document-words.ts'
import { isClosed } from './search-document.ts'
import type { LookupDocument } from './search-document.ts'
import { decodeDocument, encodeDocument } from './stored-document.ts'

/** Words remembered as already in `search_term`; bounds the memory of a long import. */
const KNOWN_WORDS = 50_000
/** Shorter words are not corrected, so they need not be known. */
export const MIN_TERM = 3
/** Pages of merging done after a single write: keeps the number of pieces small without a pause. */
const TIDY_PAGES = 8

export type Indexer = {
  /** Indexes customers in bulk: new ones, or in place of what is stored under their `n`. Merging is left to `tidy`. */
  readonly putMany: (docs: Iterable<LookupDocument>) => void
  /** Indexes one customer, in place of what was stored under its `n`. */
  readonly put: (doc: LookupDocument) => void
  /** Takes a customer out; true if it was in. */
  readonly remove: (n: number) => boolean
  /** Merges up to `pages` pages of the key store; false when there was nothing to merge. Negative: works towards one single piece. */
  readonly tidy: (pages: number) => boolean
}

/**
 * Writes the lookup index. Every method is one transaction, or part of the caller's; repeating a call changes nothing.
 * `db` is the writing connection.
 */
export function createIndexer(db: RawDatabase): Indexer {
  const stored = db.prepare<[number], string>('SELECT doc FROM search_doc WHERE n = ?').pluck()
  const insertDoc = db.prepare('INSERT INTO search_doc (n, doc) VALUES (?, ?)')
  const updateDoc = db.prepare('UPDATE search_doc SET doc = ? WHERE n = ?')
  const deleteDoc = db.prepare('DELETE FROM search_doc WHERE n = ?')
  const insertKeys = db.prepare('INSERT INTO search_key (rowid, keys) VALUES (?, ?)')
  const deleteKeys = db.prepare('DELETE FROM search_key WHERE rowid = ?')
  const insertTerm = db.prepare('INSERT OR IGNORE INTO search_term (term) VALUES (?)')
  const deleteTerm = db.prepare('DELETE FROM search_term WHERE term = ?')
  const keyExists = db.prepare<[string, string], 1>('SELECT 1 FROM search_key_row WHERE term >= ? AND term <= ? LIMIT 1').pluck()
  const merge = db.prepare("INSERT INTO search_key (search_key, rank) VALUES ('merge', ?)")
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck()
  const knownWords = new Set<string>()

  function learn(names: readonly string[]): void {
    for (const word of names) {
      if (word.length < MIN_TERM || knownWords.has(word)) continue
      insertTerm.run(word)
      if (knownWords.size >= KNOWN_WORDS) knownWords.clear()
      knownWords.add(word)
    }
  }

  /** Forgets words that no customer has any more: an erased person's rare surname must not stay behind. */
  function forget(names: readonly string[]): void {
    for (const word of names) {
      const inUse = ['s0', 's1', 'f0', 'f1', 'c0', 'c1', 'd0', 'd1', 'k0', 'k1'].some(front =>
        keyExists.get(`${front}${word}`, `${front}${word}`) === 1 || keyExists.get(`${front}${word}!`, `${front}${word}!\u{10FFFF}`) === 1)
      if (inUse) continue
      knownWords.delete(word)
      deleteTerm.run(word)
    }
  }

  function write(doc: LookupDocument): void {
    const text = encodeDocument(doc)
    const before = stored.get(doc.n)
    if (before === text) return
    const words = documentWords(doc)
    const names = nameWords(words)
    if (before === undefined) {
      insertDoc.run(doc.n, text)
    } else {
      updateDoc.run(text, doc.n)
      deleteKeys.run(doc.n)
    }
    const keys = codeKeys(doc, documentCodes(doc)).concat(wordKeys(words, isClosed(doc) ? '1' : '0'))
    insertKeys.run(doc.n, keys.join(' '))
    learn(names)
    if (before !== undefined) {
      const gone = nameWords(documentWords(decodeDocument(doc.n, before))).filter(word => !names.includes(word))
      if (gone.length > 0) forget(gone)
    }
  }

  function erase(n: number): boolean {
    const before = stored.get(n)
    if (before === undefined) return false
    deleteDoc.run(n)
    deleteKeys.run(n)
    forget(nameWords(documentWords(decodeDocument(n, before))))
    return true
  }

  function tidy(pages: number): boolean {
    const before = changes.get() ?? 0
    merge.run(pages)
    return (changes.get() ?? 0) - before > 1
  }

  return {
    putMany: db.transaction((docs: Iterable<LookupDocument>): void => {
      for (const doc of docs) write(doc)
    }),
    put: db.transaction((doc: LookupDocument): void => {
      write(doc)
      tidy(TIDY_PAGES)
    }),
    remove: db.transaction((n: number): boolean => {
      const removed = erase(n)
      if (removed) tidy(TIDY_PAGES)
      return removed
    }),
    tidy,
  }
}
