/** Plays histories in a process of its own and tells of each in a line of JSON. */
import { readFileSync } from 'node:fs'
import type { TestCluster } from '../support/hub-cluster.ts'
import { seededRandom } from '../support/hub-random.ts'
import type { FindingKind } from './findings.ts'
import { runHistory, startPortal } from './history.ts'
import { mutants } from './mutants.ts'
import { makeScript } from './script.ts'
import type { Script } from './script.ts'
import { shrink } from './shrink.ts'
import { openTemplate } from './template.ts'
import type { Prepared } from './template.ts'
import { useBundledThread } from './thread-bundle.ts'

export type WorkerJob = {
  readonly cluster: TestCluster
  /** A file of JSON. */
  readonly prepared: string
  /** The bundled snapshot thread. */
  readonly thread: string
  readonly seeds: { readonly from: number; readonly count: number; readonly by: number } | null
  readonly replay: string | null
  readonly mutant: string | null
  /** Scripts as they are made for these mutants, played without them. */
  readonly controls?: readonly { readonly seed: number; readonly mutant: string }[]
  readonly shrink: boolean
}
export type WorkerLine = { readonly seed: number; readonly steps: number; readonly faults: number; readonly found: readonly { readonly kind: FindingKind; readonly what: string }[]; readonly trace: string; readonly short: Script | null }

const job = JSON.parse(process.env['SPORTELLO_HISTORIES_JOB'] ?? '{}') as WorkerJob
if (job.mutant === null) useBundledThread(job.thread)
const focusOf = (mutant: string | null) => mutants.find(({ name }) => name === mutant)?.focus ?? []
const template = await openTemplate(job.cluster, JSON.parse(readFileSync(job.prepared, 'utf8')) as Prepared)
const portal = await startPortal()
try {
  for (const script of scripts()) {
    const outcome = await runHistory(template, script, portal.url)
    const first = outcome.found[0]
    const short = first && job.shrink ? await shrink(script, first.kind, (shorter) => runHistory(template, shorter, portal.url)) : null
    const line: WorkerLine = { seed: script.seed, steps: outcome.steps, faults: outcome.faults, found: outcome.found, trace: outcome.trace, short }
    process.stdout.write(`${JSON.stringify(line)}\n`)
    // One is enough to know a mutant, and to have something to look at.
    if (first && (job.mutant !== null || job.shrink)) break
  }
} finally {
  await portal.stop()
  await template.close()
}
process.exit(process.exitCode ?? 0)

function* scripts(): Generator<Script> {
  if (job.replay !== null) yield JSON.parse(readFileSync(job.replay, 'utf8')) as Script
  for (const { seed, mutant } of job.controls ?? []) yield makeScript(seed, seededRandom(seed), focusOf(mutant))
  if (job.seeds === null) return
  for (let index = 0; index < job.seeds.count; index += 1) {
    const seed = job.seeds.from + index * job.seeds.by
    yield makeScript(seed, seededRandom(seed), focusOf(job.mutant))
  }
}
