import type { RawDatabase } from '../store/cipher.ts'

/**
 * Folding the write-ahead log into the file costs as much as writing it (every page is decrypted and encrypted once more), so a second
 * worker does it beside the load. It can never catch up with a writer that goes on, and the log starts over only when everything is folded:
 * the helper comes close, in rounds that get shorter, and the load does the small rest between two batches.
 */
export type FoldMemory = SharedArrayBuffer

const state = 0
/** Nothing to do; the load asks with `wanted`; the helper answers with `close`; `ended` when either of them is gone. */
const idle = 0
const wanted = 1
const close = 2
const ended = 3

/** How long batches are written before the log is worth folding. */
const foldEveryMs = 500
/** Without an answer for this long the load folds by itself: a log without end is worse than a pause. */
const patienceMs = 5000
/** Pages left over that the load may fold by itself without being held up. */
const smallRest = 1500
const gettingLess = 0.7
/** Pages (256 MiB) beyond which the log is not left to grow: a long log slows every read. */
const mostPages = 65_536

export function createFoldMemory(): FoldMemory {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
}

/** The load's side: call after every batch, outside its turn. Without a helper it folds by itself. */
export function createLogFold(db: RawDatabase, memory: FoldMemory | null): (batchMs: number) => void {
  const cell = memory === null ? null : new Int32Array(memory)
  let sinceFold = 0

  function fold(): void {
    db.pragma('wal_checkpoint(PASSIVE)')
    sinceFold = 0
  }

  function ask(helper: Int32Array): void {
    if (Atomics.compareExchange(helper, state, idle, wanted) === idle) Atomics.notify(helper, state)
  }

  return (batchMs) => {
    sinceFold += batchMs
    const isTime = sinceFold > foldEveryMs
    switch (cell === null ? ended : Atomics.load(cell, state)) {
      case close:
        fold()
        if (cell) Atomics.compareExchange(cell, state, close, idle)
        return
      case idle:
        if (cell && isTime) ask(cell)
        return
      case ended:
        if (isTime) fold()
        return
      default:
        if (sinceFold > patienceMs) fold()
    }
  }
}

/** The helper's side: blocks its thread until the load has ended. */
export function helpFolding(db: RawDatabase, memory: FoldMemory): void {
  const cell = new Int32Array(memory)
  for (;;) {
    const found = Atomics.load(cell, state)
    if (found === ended) return
    if (found !== wanted) {
      Atomics.wait(cell, state, found)
      continue
    }
    comeClose(db)
    Atomics.compareExchange(cell, state, wanted, close)
  }
}

/** Folds what is there, then what came meanwhile, as long as that gets clearly less: beyond, the load is faster and has to do it itself. */
function comeClose(db: RawDatabase): void {
  let before = 0
  let restBefore = Infinity
  for (;;) {
    const [found] = db.pragma('wal_checkpoint(PASSIVE)') as { busy: number; log: number; checkpointed: number }[]
    if (!found || found.busy === 1 || found.log > mostPages) return
    const rest = found.log - before
    if (rest < smallRest || rest > restBefore * gettingLess) return
    before = found.log
    restBefore = rest
  }
}

/** A helper is about to come; until then, and after `endFolding`, the load folds by itself. */
export function beginFolding(memory: FoldMemory): void {
  Atomics.compareExchange(new Int32Array(memory), state, ended, idle)
}

export function endFolding(memory: FoldMemory): void {
  const cell = new Int32Array(memory)
  Atomics.store(cell, state, ended)
  Atomics.notify(cell, state)
}
