import type { BulkWriter } from '../store/write-gate.ts'

/**
 * Whose turn it is to write: the desk or the load in its worker. Two cells of shared memory, so that neither waits for a message:
 * the worker holds the turn for one batch, the desk asks for it and gets it at the end of the batch at hand.
 */
export type TurnMemory = SharedArrayBuffer

const holder = 0
const wanted = 1
const cancel = 2
const cells = 3

const nobody = 0
const load = 1
const desk = 2

export function createTurnMemory(): TurnMemory {
  return new SharedArrayBuffer(cells * Int32Array.BYTES_PER_ELEMENT)
}

/** The worker's side. All calls are synchronous and block the worker's thread only. */
export type LoadTurn = {
  /** Waits until the desk neither writes nor wants to, then holds the turn. */
  enter: () => void
  leave: () => void
  /** The desk is waiting: commit and leave. */
  isWanted: () => boolean
  isCancelled: () => boolean
}

export function createLoadTurn(memory: TurnMemory): LoadTurn {
  const cell = new Int32Array(memory)
  return {
    enter: () => {
      for (;;) {
        while (Atomics.load(cell, wanted) === 1) Atomics.wait(cell, wanted, 1)
        const found = Atomics.compareExchange(cell, holder, nobody, load)
        if (found === nobody) return
        Atomics.wait(cell, holder, found)
      }
    },
    leave: () => {
      if (Atomics.compareExchange(cell, holder, load, nobody) === load) Atomics.notify(cell, holder)
    },
    isWanted: () => Atomics.load(cell, wanted) === 1,
    isCancelled: () => Atomics.load(cell, cancel) === 1,
  }
}

/** The desk's side, on the main thread: nothing here blocks the event loop. */
export type DeskTurn = BulkWriter & {
  cancel: () => void
  /** The worker has ended, perhaps in the middle of a batch: its turn ends with it. */
  workerEnded: () => void
}

export function createDeskTurn(memory: TurnMemory): DeskTurn {
  const cell = new Int32Array(memory)
  return {
    pause: async () => {
      Atomics.store(cell, wanted, 1)
      for (;;) {
        const found = Atomics.compareExchange(cell, holder, nobody, desk)
        if (found === nobody) return
        await Atomics.waitAsync(cell, holder, found).value
      }
    },
    resume: () => {
      Atomics.compareExchange(cell, holder, desk, nobody)
      Atomics.store(cell, wanted, 0)
      Atomics.notify(cell, holder)
      Atomics.notify(cell, wanted)
    },
    cancel: () => Atomics.store(cell, cancel, 1),
    workerEnded: () => {
      if (Atomics.compareExchange(cell, holder, load, nobody) === load) Atomics.notify(cell, holder)
    },
  }
}
