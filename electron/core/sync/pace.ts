import type { HubFailure, Timer } from './ports.ts'

const firstWaitMs = 1_000
const longestWaitMs = 5 * 60_000
/** With a live hint the feed is asked now and then all the same: a hint may be lost. */
const idleMs = 60_000
const hurryMs = 50
const afterLineMs = 5_000

export type Pace = {
  readonly succeeded: () => void
  readonly failed: (failure: HubFailure) => void
  /** The hint ended: ask soon, but not all desks of a hub that restarts at the same moment, and ever later where hints never come through. */
  readonly lineLost: () => void
  /** The hint has told something. */
  readonly lineHeard: () => void
  /** An exchange has begun: nothing is planned until it has ended. */
  readonly hold: () => void
  readonly stop: () => void
}

/** When the next exchange is due: after failures exponentially later, from one second to five minutes, anywhere in that span. */
export function createPace(timer: Timer, due: () => void): Pace {
  let failures = 0
  let linesLost = 0
  let cancel: () => void = () => undefined
  let stopped = false
  const plan = (milliseconds: number) => {
    cancel()
    if (!stopped) cancel = timer.after(milliseconds, due)
  }
  return {
    succeeded: () => {
      failures = 0
      plan(idleMs * (0.75 + timer.random() / 2))
    },
    failed: (failure) => {
      const most = slow(failure) ? longestWaitMs : Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures, 20))
      failures += 1
      const asked = failure.kind === 'busy' && failure.afterSeconds !== null ? failure.afterSeconds * 1000 : 0
      plan(Math.max(hurryMs, asked + timer.random() * most))
    },
    lineLost: () => {
      plan(hurryMs + timer.random() * Math.min(idleMs, afterLineMs * 2 ** Math.min(linesLost, 10)))
      linesLost += 1
    },
    lineHeard: () => {
      linesLost = 0
    },
    hold: () => cancel(),
    stop: () => {
      stopped = true
      cancel()
    },
  }
}

/** What no hurry will change. */
function slow(failure: HubFailure): boolean {
  return failure.kind === 'refused' && (failure.code === 'too_old' || failure.code === 'device_revoked' || failure.code === 'device_unknown')
}
