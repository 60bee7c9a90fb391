import type { RawDatabase } from '../store/cipher.ts'
import { documentKeys } from './document-keys.ts'
import { createKeyReader } from './key-reader.ts'
import type { KeyPosition } from './key-reader.ts'
import { walkPass } from './walk-pass.ts'
import { matchesQuery } from './match.ts'
import type { Pass } from './passes.ts'
import type { Query } from './query.ts'
import type { LookupDocument } from './search-document.ts'
import { decodeDocument } from './stored-document.ts'

/** A match at the place where it is shown. */
export type Hit = { readonly doc: LookupDocument; readonly pass: Pass; readonly passIndex: number; readonly key: string; readonly n: number }

export type Scan = {
  readonly hits: readonly Hit[]
  /** Where to go on; null when the last pass is at its end. */
  readonly next: (KeyPosition & { readonly pass: number }) | null
}

/** Customers compared between two looks at the clock. */
const LOOK = 8
/** Longer patience while nothing at all has been found: an empty list is read as "nobody". */
const PATIENCE = 4

export type PageReader = ReturnType<typeof createPageReader>

function inPass(pass: Pass, key: string): boolean {
  const { lo, hi, after } = pass.range
  return key <= hi && (after ? key > lo : key >= lo) && (pass.accepts?.(key) ?? true)
}

/**
 * Whether this is where the customer is shown: no earlier pass finds it, and in this one no smaller key of it. This makes every match
 * appear exactly once without remembering what was shown before.
 */
function isShownHere(keys: readonly string[], passes: readonly Pass[], at: number, key: string, verified: () => boolean): boolean {
  for (let p = 0; p <= at; p++) {
    const pass = passes[p]
    if (!pass) continue
    for (const own of keys) {
      if (own.charCodeAt(0) !== pass.family.charCodeAt(0) || !inPass(pass, own)) continue
      if (p === at ? own < key : !pass.verify || verified()) return false
    }
  }
  return true
}

/** Reads matches in the order of rank, a page at a time, for a bounded time. */
export function createPageReader(db: RawDatabase) {
  const keys = createKeyReader(db)
  const stored = db.prepare<[number], string>('SELECT doc FROM search_doc WHERE n = ?').pluck()

  function document(n: number): LookupDocument | null {
    const text = stored.get(n)
    return text === undefined ? null : decodeDocument(n, text)
  }

  /** The match behind one key row, or null if the customer is shown elsewhere or does not match after all. */
  function examine(q: Query, passes: readonly Pass[], at: number, key: string, n: number): LookupDocument | null {
    const pass = passes[at]
    const doc = document(n)
    if (!pass || !doc) return null
    let known: boolean | undefined
    const verified = (): boolean => (known ??= matchesQuery(doc, q))
    if (pass.verify && !verified()) return null
    return isShownHere(documentKeys(doc), passes, at, key, verified) ? doc : null
  }

  return {
    keys,
    document,
    /** Up to `limit` matches from `from` on; stops early with what it has after `millis`, or after four times that with nothing. */
    scan(q: Query, passes: readonly Pass[], from: Scan['next'], limit: number, millis: number, excluded: ReadonlySet<number>): Scan {
      const began = performance.now()
      const hits: Hit[] = []
      const isLate = (): boolean => performance.now() - began > (hits.length > 0 ? millis : millis * PATIENCE)
      let examined = 0
      for (let at = from?.pass ?? 0; at < passes.length; at++) {
        const pass = passes[at]
        if (!pass) break
        const walk = walkPass(keys, pass, from !== null && from.pass === at && from.key !== '' ? from : null, limit - hits.length + 1)
        for (let rows = walk.next(); rows !== null; rows = walk.next()) {
          let position = walk.before()
          for (const [key, n] of rows) {
            if (hits.length === limit || (examined % LOOK === LOOK - 1 && isLate())) {
              return { hits, next: { pass: at, key: position?.key ?? '', n: position?.n ?? 0 } }
            }
            position = { key, n }
            if (excluded.has(n) || (pass.accepts && !pass.accepts(key))) continue
            examined++
            const doc = examine(q, passes, at, key, n)
            if (doc) hits.push({ doc, pass, passIndex: at, key, n })
          }
          if (isLate()) return { hits, next: { pass: at, key: position?.key ?? '', n: position?.n ?? 0 } }
        }
        if (isLate() && at + 1 < passes.length) return { hits, next: { pass: at + 1, key: '', n: 0 } }
      }
      return { hits, next: null }
    },
  }
}
