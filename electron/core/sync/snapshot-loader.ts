import type { RecordPlan } from '../../../shared/model/record-plan.ts'
import type { Batch } from '../import/batch.ts'
import { createIndexBuilder } from '../search/index-builder.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { pageHead, readPage } from './snapshot-page.ts'
import { createSnapshotRows } from './snapshot-rows.ts'
import type { SnapshotRows } from './snapshot-rows.ts'
import { sweep } from './snapshot-sweep.ts'
import { clearState, writeState } from './sync-store.ts'
import type { SnapshotState } from './sync-store.ts'

export type SnapshotLoader = {
  /** Loads a page in short transactions, the last of which says where the next page is; then the lookup index takes in what came. */
  readonly page: (bytes: Uint8Array, state: SnapshotState) => { state: SnapshotState; indexed: { done: number; total: number } }
  /** Takes out every row that the snapshot did not bring, of all or of some parts of the customers; cut short, it can begin again. Answers how many customers went. */
  readonly sweep: (fresh: boolean, parts: readonly string[] | null) => number
}

/** The clock is looked at after as many rows. */
const rowsBetweenLooks = 256
/** Of the index after one page: a page is not held up for ever by it. */
const mostSteps = 100

/** Blocks its thread: it belongs into a worker, or into a test. */
export function createSnapshotLoader(db: RawDatabase, batch: Batch, plans: readonly RecordPlan[]): SnapshotLoader {
  // Pages bring a history before what it belongs to; the hub has checked the references.
  db.pragma('foreign_keys = OFF')
  const builder = createIndexBuilder(db)
  let rows: { readonly fresh: boolean; readonly writer: SnapshotRows } | null = null

  function open(): void {
    if (db.inTransaction) return
    batch.open()
    writeState(db, 'applying', true)
    rows?.writer.begin()
  }
  function close(): void {
    clearState(db, 'applying')
    batch.close()
  }

  function index(): { done: number; total: number } {
    let state = builder.state()
    // As long as customers of this page are missing; merging the pieces can wait for the end.
    for (let steps = 0; !state.finished && steps < mostSteps; steps++) {
      batch.open()
      state = builder.step(batch.spanMs())
      batch.close()
      if (state.done >= state.total) break
    }
    return { done: state.done, total: state.total }
  }

  return {
    page: (bytes, state) => {
      const head = pageHead(bytes)
      if (rows?.fresh !== state.fresh) rows = { fresh: state.fresh, writer: createSnapshotRows(db, plans, state.fresh) }
      const { writer } = rows
      let records = 0
      open()
      readPage(bytes, {
        table: writer.table,
        line: (text) => {
          writer.line(text)
          if (++records % rowsBetweenLooks !== 0 || !batch.isDue()) return
          close()
          open()
        },
      })
      const next: SnapshotState = { ...state, token: head.next, customers: head.customersSoFar, records: state.records + records }
      writeState(db, 'snapshot', next)
      writeState(db, 'head', head.head)
      close()
      return { state: next, indexed: index() }
    },
    sweep: (fresh, parts) => {
      const gone = sweep(db, plans, { open, close }, fresh, parts)
      if (!fresh) index()
      return gone
    },
  }
}
