import type { RecordPlan } from '../../../shared/model/record-plan.ts'
import type { Batch } from '../import/batch.ts'
import { createIndexBuilder } from '../search/index-builder.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { purgeCustomers } from './purge-rows.ts'
import { pageHead, readPage } from './snapshot-page.ts'
import { createSnapshotRows, everybodysTables } from './snapshot-rows.ts'
import type { SnapshotRows } from './snapshot-rows.ts'
import { clearState, writeState } from './sync-store.ts'
import type { SnapshotState } from './sync-store.ts'

export type SnapshotLoader = {
  /** Loads a page in short transactions, the last of which says where the next page is; then the lookup index takes in what came. */
  readonly page: (bytes: Uint8Array, state: SnapshotState) => { state: SnapshotState; indexed: { done: number; total: number } }
  /** Takes out every row that the snapshot did not bring; cut short, it can begin again. Answers how many customers went. */
  readonly sweep: (fresh: boolean) => number
}

const customersAtOnce = 50
const rowsAtOnce = 2_000
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
    sweep: (fresh) => {
      const gone = fresh ? 0 : sweepCustomers(db, open, close)
      for (const plan of plans) if (fresh ? everybodysTables.has(plan.name) : plan.name !== 'customer') sweepTable(db, plan, open, close)
      if (fresh) return gone
      open()
      db.prepare(`UPDATE base_row SET row = NULL WHERE row IS NOT NULL AND NOT EXISTS (SELECT 1 FROM snapshot_seen s WHERE s.tbl = base_row.tbl
        AND s.key = (SELECT group_concat(value, char(9)) FROM json_each(base_row.key)))`).run()
      close()
      index()
      return gone
    },
  }
}

function sweepCustomers(db: RawDatabase, open: () => void, close: () => void): number {
  const unseen = db.prepare(`SELECT id FROM customer WHERE id NOT IN (SELECT key FROM snapshot_seen WHERE tbl = 'customer') LIMIT ${customersAtOnce}`).pluck()
  for (let gone = 0; ; ) {
    open()
    const ids = unseen.all() as string[]
    gone += purgeCustomers(db, ids).length
    close()
    if (ids.length === 0) return gone
  }
}

/** Rows under open operations stay: what becomes of them is decided by replay. */
function sweepTable(db: RawDatabase, plan: RecordPlan, open: () => void, close: () => void): void {
  const own = plan.key.map(({ column }) => column)
  const sweepText = own.join(' || char(9) || ')
  const condition = `NOT EXISTS (SELECT 1 FROM snapshot_seen s WHERE s.tbl = '${plan.name}' AND s.key = ${sweepText})
    AND NOT EXISTS (SELECT 1 FROM base_row b WHERE b.tbl = '${plan.name}' AND b.key = json_array(${own.join(', ')}))`
  const remove = db.prepare(`DELETE FROM ${plan.table} WHERE (${own.join(', ')}) IN (SELECT ${own.join(', ')} FROM ${plan.table} WHERE ${condition} LIMIT ${rowsAtOnce})`)
  for (;;) {
    open()
    const { changes } = remove.run()
    close()
    if (changes === 0) return
  }
}
