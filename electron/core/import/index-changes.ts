import type { RawDatabase } from '../store/cipher.ts'
import type { Batch } from './batch.ts'
import type { ProgressMeter } from './progress-meter.ts'

/** STUB */
export function indexChanges(_parts: { db: RawDatabase; batch: Batch; meter: ProgressMeter; records: number; isCancelled: () => boolean }): { customers: number; finished: boolean } {
  return { customers: 0, finished: true }
}
