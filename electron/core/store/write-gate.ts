/**
 * One writer at a time: SQLite has one connection that writes and an async transaction yields, so writes queue here.
 * A bulk load runs in a worker with a connection of its own; before a desk write begins, it is asked to commit and wait.
 */
export type WriteGate = {
  /** Runs `work` when every write before it has ended. */
  exclusive: <T>(work: () => Promise<T>) => Promise<T>
  /** The bulk load that must step aside for desk writes, or `null`. */
  setBulk: (bulk: BulkWriter | null) => void
  /** Whether a bulk load is under way. */
  hasBulk: () => boolean
}
export type BulkWriter = { pause: () => Promise<void>; resume: () => void }

export function createWriteGate(): WriteGate {
  let tail: Promise<unknown> = Promise.resolve()
  let bulk: BulkWriter | null = null
  return {
    exclusive: (work) => {
      const run = tail.then(async () => {
        const waiting = bulk
        try {
          if (waiting) await waiting.pause()
          return await work()
        } finally {
          waiting?.resume()
        }
      })
      tail = run.catch(() => undefined)
      return run
    },
    setBulk: (next) => {
      bulk = next
    },
    hasBulk: () => bulk !== null,
  }
}
