import type { FindingKind } from './findings.ts'
import type { Outcome } from './history.ts'
import type { Script } from './script.ts'

const mostRuns = 150

/** The shortest script found that still shows a finding of the same kind: parts are left out, halves first and single steps last. */
export async function shrink(script: Script, kind: FindingKind, run: (script: Script) => Promise<Outcome>): Promise<Script> {
  let best = script
  let runs = 0
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < best.steps.length && runs < mostRuns;) {
      const shorter = { ...best, steps: best.steps.toSpliced(from, size) }
      runs += 1
      if ((await run(shorter)).found.some((each) => each.kind === kind)) best = shorter
      else from += size
    }
  }
  return best
}
