import type { Timer } from '../../electron/core/sync/ports.ts'

export type VirtualTimer = Timer & {
  /** Runs what is due, in the order in which it is due. */
  readonly fire: () => void
  /** The process is gone: nothing more happens. */
  readonly stop: () => void
}
type Entry = { readonly due: number; readonly order: number; readonly work: () => void }

/** Waiting on the clock of the simulation. `onPlanned` hears how long each wait is. */
export function createVirtualTimer(now: () => number, chance: () => number, onPlanned: (milliseconds: number) => void): VirtualTimer {
  let entries: Entry[] = []
  let order = 0
  let stopped = false
  return {
    after: (milliseconds, work) => {
      onPlanned(milliseconds)
      const entry = { due: now() + milliseconds, order: (order += 1), work }
      if (!stopped) entries.push(entry)
      return () => {
        entries = entries.filter((each) => each !== entry)
      }
    },
    random: chance,
    fire: () => {
      for (;;) {
        const next = entries.filter(({ due }) => due <= now()).toSorted((a, b) => a.due - b.due || a.order - b.order)[0]
        if (!next) return
        entries = entries.filter((each) => each !== next)
        next.work()
      }
    },
    stop: () => {
      stopped = true
      entries = []
    },
  }
}
