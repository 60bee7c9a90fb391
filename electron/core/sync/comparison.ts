/** When a desk compares with its hub: once a day, and whenever somebody asks. */
import type { Log } from '../ports.ts'
import type { HealthOutcome } from './health.ts'
import type { HubFailure, Timer } from './ports.ts'

const dailyMs = 24 * 3600_000
/** A hub that is being written to all the time is compared with at a quieter moment. */
const mostComparisons = 5

export type ComparisonParts = {
  /** One exchange: both sides must be at the same place. */
  readonly exchange: () => Promise<HubFailure | 'stopped' | null>
  readonly check: (afterRepair: boolean) => Promise<HealthOutcome>
  readonly onChecked: () => void
  readonly isStopped: () => boolean
  readonly timer: Timer
  readonly log: Log
}
export type Comparison = {
  /** Compares now, or joins the comparison under way. What differs is fetched anew and compared once more. */
  readonly now: () => Promise<HubFailure | 'stopped' | null>
  /** An exchange has succeeded: what is due is made. */
  readonly connected: () => void
  readonly isRunning: () => boolean
  /** No other begins. */
  readonly stop: () => void
  /** Resolves when the one under way has ended. */
  readonly ended: () => Promise<void>
}

export function createComparison({ exchange, check, onChecked, isStopped, timer, log }: ComparisonParts): Comparison {
  let running: Promise<HubFailure | 'stopped' | null> | null = null
  let due = false
  let cancel = timer.after(dailyMs, daily)

  function now(): Promise<HubFailure | 'stopped' | null> {
    return (running ??= rounds().finally(() => (running = null)))
  }

  async function rounds(): Promise<HubFailure | 'stopped' | null> {
    let afterRepair = false
    for (let tries = 0; tries < mostComparisons; tries++) {
      const failure = await exchange()
      if (failure !== null) return failure
      const outcome = await check(afterRepair)
      onChecked()
      if (outcome === 'moved') continue
      if (outcome !== 'differs' || afterRepair) return outcome === 'differs' ? null : outcome
      afterRepair = true
    }
    return null
  }

  function daily(): void {
    cancel = timer.after(dailyMs, daily)
    due = true
    makeDue()
  }

  /** A line that is down at that hour does not put it off for a day: it is made after the next exchange that succeeds. */
  function makeDue(): void {
    if (!due || isStopped()) return
    due = false
    now().then(
      (outcome) => (due ||= outcome !== null && outcome !== 'stopped'),
      (error: unknown) => log('error', 'health_failed', { name: error instanceof Error ? error.name : 'unknown' }),
    )
  }

  return {
    now,
    connected: makeDue,
    isRunning: () => running !== null,
    stop: () => cancel(),
    ended: async () => {
      await running?.catch(() => undefined)
    },
  }
}
