import type { RawDatabase } from '../store/cipher.ts'
import { customerCount } from '../customers/customer-count.ts'
import { createAddressSweep } from './address-sweep.ts'
import { createCustomerSource } from './customer-source.ts'
import { stateName } from './index-progress.ts'
import type { StateName } from './index-progress.ts'
import { createIndexer } from './search-indexer.ts'
import { keyStoreLeaf } from './search-schema.ts'

/** How far the index is, in customers. `finished` when it covers everything and is in one piece. */
export type BuildState = { readonly done: number; readonly total: number; readonly finished: boolean }

export type IndexBuilder = {
  /** Goes on for about `maxMillis`, in one transaction that is committed at the end; killed anywhere, the next call resumes. */
  readonly step: (maxMillis: number) => BuildState
  readonly state: () => BuildState
  /** Brings one customer up to date at once; for desk writes, inside their transaction. Unknown ids are ignored. */
  readonly refreshCustomer: (customerId: string) => void
  /** Starts over from the first customer, keeping what is there until it is replaced. */
  readonly restart: () => void
}

/** Raise it with every change of `document-keys.ts`, `document-words.ts`, `code-keys.ts` or `stored-document.ts`: the index is made anew. */
const RULES = 1
const MIN_SLICE = 8
const MAX_SLICE = 1000
/** Pages merged for each indexed customer: keeps the pieces few while the index grows. */
const MERGED_PAGES_PER_CUSTOMER = 0.4
/** Pages of the last merge done between two looks at the clock. */
const LAST_MERGE_PAGES = 32

/** Builds and keeps up the lookup index from the business tables. `db` is a writing connection. */
export function createIndexBuilder(db: RawDatabase): IndexBuilder {
  const source = createCustomerSource(db)
  const indexer = createIndexer(db)
  const sweep = createAddressSweep(db)
  const read = db.prepare<[string], number>('SELECT value FROM search_state WHERE name = ?').pluck()
  const write = db.prepare('INSERT INTO search_state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
  const dirty = db.prepare<[number], number>('SELECT n FROM search_dirty ORDER BY n LIMIT ?').pluck()
  const clean = db.prepare('DELETE FROM search_dirty WHERE n <= ?')
  const more = db.prepare<[number], 1>('SELECT 1 FROM customer WHERE n > ? LIMIT 1').pluck()
  let slice = 32

  const get = (name: StateName): number => read.get(name) ?? 0
  const set = (name: StateName, value: number): void => { write.run(name, value) }

  /** One slice of dirty or new customers; 0 when there are none left. */
  function indexSome(): number {
    const numbers = dirty.all(slice)
    const last = numbers.at(-1)
    if (last !== undefined) {
      const docs = source.listed(numbers)
      indexer.putMany(docs)
      for (const n of numbers) if (!docs.some(doc => doc.n === n)) indexer.remove(n)
      clean.run(last)
      return numbers.length
    }
    const builtTo = get(stateName.builtTo)
    const docs = source.after(builtTo, slice)
    const end = docs.at(-1)
    if (!end) return 0
    indexer.putMany(docs)
    set(stateName.builtTo, end.n)
    set(stateName.done, get(stateName.done) + docs.length)
    set(stateName.merging, 1)
    return docs.length
  }

  /** The size of the next slice, so that about six of them fit into a step. */
  function adapt(count: number, took: number, maxMillis: number): void {
    const wanted = Math.floor(count * (maxMillis / 6) / Math.max(0.1, took))
    slice = Math.min(MAX_SLICE, Math.max(MIN_SLICE, Math.min(wanted, slice * 2)))
  }

  function work(maxMillis: number): void {
    const deadline = performance.now() + maxMillis
    if (sweep.pending()) {
      if (sweep.isTooMuch()) {
        restart()
        sweep.clear()
      } else if (!sweep.run(deadline)) return
    }
    for (;;) {
      const began = performance.now()
      if (began >= deadline) return
      const count = indexSome()
      if (count === 0) break
      indexer.tidy(Math.ceil(count * MERGED_PAGES_PER_CUSTOMER))
      adapt(count, performance.now() - began, maxMillis)
    }
    if (get(stateName.merging) === 0) return
    while (performance.now() < deadline) {
      if (!indexer.tidy(-LAST_MERGE_PAGES)) return set(stateName.merging, 0)
    }
  }

  function state(): BuildState {
    const done = get(stateName.done)
    const finished = get(stateName.rules) === RULES && get(stateName.merging) === 0 && more.get(get(stateName.builtTo)) === undefined && dirty.get(1) === undefined && !sweep.pending()
    return { done, total: Math.max(done, get(stateName.total)), finished }
  }

  function restart(): void {
    set(stateName.builtTo, 0)
    set(stateName.done, 0)
  }

  function countAgain(): void {
    const total = customerCount(db)
    if (total !== get(stateName.total)) set(stateName.total, total)
  }

  /** An index made by other rules is worthless: everything goes. */
  function startAfresh(): void {
    db.exec("DELETE FROM search_doc; INSERT INTO search_key (search_key) VALUES ('delete-all'); DELETE FROM search_term; DELETE FROM search_dirty")
    db.exec(keyStoreLeaf)
    sweep.clear()
    restart()
    set(stateName.rules, RULES)
  }

  return {
    step: db.transaction((maxMillis: number): BuildState => {
      if (get(stateName.rules) !== RULES) startAfresh()
      countAgain()
      work(maxMillis)
      return state()
    }),
    state,
    refreshCustomer: db.transaction((customerId: string): void => {
      const n = source.numberOf(customerId)
      if (n === null) return
      const [doc] = source.listed([n])
      if (!doc) return
      // Behind the builder's position it is found at once too; the builder counts it when it gets there.
      indexer.put(doc)
    }),
    restart: db.transaction(restart),
  }
}
