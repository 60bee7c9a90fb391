import type { RawDatabase } from '../store/cipher.ts'

/** Rows of `search_state`. */
export const stateName = {
  /** Highest customer number that the builder has reached. */ builtTo: 'built_to',
  /** Customers indexed so far. */ done: 'done',
  /** Customers to index. */ total: 'total',
  /** 1 while pieces of the key store wait to be merged. */ merging: 'merging',
  /** Rules by which the keys were made. */ rules: 'rules',
  /** Customer numbers below the highest that nobody has any more. */ gaps: 'gaps',
} as const
export type StateName = (typeof stateName)[keyof typeof stateName]

/** Reads how much of the index is built. */
export function readProgress(db: RawDatabase): () => { done: number; total: number } {
  const value = db.prepare<[string], number>('SELECT value FROM search_state WHERE name = ?').pluck()
  return () => {
    const done = value.get(stateName.done) ?? 0
    return { done, total: Math.max(done, value.get(stateName.total) ?? 0) }
  }
}
