import { createIndexBuilder } from '../search/index-builder.ts'
import type { RawDatabase } from '../store/cipher.ts'
import type { Batch } from './batch.ts'
import type { ProgressMeter } from './progress-meter.ts'

export type IndexParts = {
  readonly db: RawDatabase
  readonly batch: Batch
  readonly meter: ProgressMeter
  /** Rows read before, for the report. */
  readonly records: number
  readonly isCancelled: () => boolean
}

/**
 * Brings the lookup index up to what was loaded, in slices like those of the load: the desk searches and writes meanwhile.
 * Stopped anywhere, the next load or the desk itself goes on from there.
 */
export function indexChanges({ db, batch, meter, records, isCancelled }: IndexParts): { customers: number; finished: boolean } {
  const builder = createIndexBuilder(db)
  let state = builder.state()
  const before = state.done
  let total = -1
  while (!state.finished && !isCancelled()) {
    batch.open()
    // Longer steps leave fewer pieces to merge.
    state = builder.step(batch.spanMs())
    batch.close()
    if (state.total !== total) meter.begin('index', state.total)
    total = state.total
    meter.tell(null, state.done, records)
  }
  return { customers: state.done - before, finished: state.finished }
}
