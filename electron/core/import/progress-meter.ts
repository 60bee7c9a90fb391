import type { ImportProgress } from './import-types.ts'

const reportEveryMs = 200
/** Rates are taken over this long: short enough to follow, long enough not to jump. */
const windowMs = 5000

type Sample = { readonly at: number; readonly done: number; readonly records: number }

export type ProgressMeter = {
  begin: (phase: ImportProgress['phase'], total: number) => void
  /** Reports at most five times a second; `force` reports in any case. */
  tell: (fileName: string | null, done: number, records: number, force?: boolean) => void
}

/** @param now milliseconds of a clock that never goes back. */
export function createProgressMeter(report: (progress: ImportProgress) => void, now: () => number = () => performance.now()): ProgressMeter {
  let phase: ImportProgress['phase'] = 'load'
  let total = 0
  let samples: Sample[] = []
  let reportedAt = -Infinity

  return {
    begin: (nextPhase, nextTotal) => {
      phase = nextPhase
      total = nextTotal
      samples = []
      reportedAt = -Infinity
    },
    tell: (fileName, done, records, force = false) => {
      const at = now()
      if (!force && at - reportedAt < reportEveryMs) return
      reportedAt = at
      samples.push({ at, done, records })
      while (samples.length > 2 && at - (samples[1]?.at ?? at) > windowMs) samples.shift()
      const first = samples[0] ?? { at, done, records }
      const seconds = (at - first.at) / 1000
      const perSecond = seconds > 0 ? (done - first.done) / seconds : 0
      report({
        phase, fileName, done, total, records,
        recordsPerSecond: seconds > 0 ? Math.round((records - first.records) / seconds) : 0,
        secondsLeft: perSecond > 0 ? Math.max(0, (total - done) / perSecond) : null,
      })
    },
  }
}
