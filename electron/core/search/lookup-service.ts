/** The lookup of an open store: the index kept up to date in the background, searches over the reading connection. */
import type { IndexProgress } from '../../../shared/contract/lookup.ts'
import type { Log } from '../ports.ts'
import type { Store } from '../store/store.ts'
import { createIndexBuilder } from './index-builder.ts'
import { createLookup } from './lookup.ts'
import type { Lookup } from './lookup.ts'

export type LookupService = {
  readonly lookup: Lookup
  readonly progress: () => IndexProgress
  /** Looks for customers to index now: after a load, or a change of master data. */
  readonly wake: () => void
  /** Resolves when the index covers every customer; rejects when it could not be finished. */
  readonly settled: () => Promise<void>
  /** Ends after the slice under way; the next opening goes on from there. */
  readonly stop: () => Promise<void>
}

/** Half of what one call may hold the event loop. */
const sliceMillis = 8
const retryMillis = 30_000

export function createLookupService(parts: { store: Store; log: Log; onProgress: (progress: IndexProgress) => void }): LookupService {
  const { store } = parts
  const lookup = createLookup(store.rawReader)
  const builder = createIndexBuilder(store.rawWriter)
  let stopped = false
  let building: Promise<void> | null = null
  let retry: NodeJS.Timeout | undefined

  const progress = (): IndexProgress => {
    const { done, total, finished } = builder.state()
    return { done, total, finished }
  }

  async function build(): Promise<void> {
    while (!stopped && !builder.state().finished) {
      await store.gate.exclusive(() => {
        if (!stopped) builder.step(sliceMillis)
        return Promise.resolve()
      })
      parts.onProgress(progress())
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  function wake(): Promise<void> {
    building ??= build()
      .catch((error: unknown) => {
        parts.log('error', 'index_failed', { name: error instanceof Error ? error.name : 'unknown' })
        // A full disk may have room again: without this the index would stand still until the next start.
        retry = setTimeout(() => void wake(), retryMillis)
        retry.unref()
      })
      .finally(() => {
        building = null
      })
    return building
  }

  void wake()
  return {
    lookup,
    progress,
    wake: () => void wake(),
    settled: async () => {
      await wake()
      if (!builder.state().finished) throw new Error('the lookup index is not complete')
    },
    stop: async () => {
      stopped = true
      clearTimeout(retry)
      await building
    },
  }
}
