/**
 * `npm run histories -- [--count N] [--seed S] [--jobs J] [--mutant NAME | --no-mutants] [--replay FILE] [--disk]`: histories of desks and a hub
 * that lose nothing, and mutants that must be found out. `docs/simulation.md` says what is simulated and what is not.
 */
import { spawn } from 'node:child_process'
import { accessSync, constants, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startTestCluster } from '../support/hub-cluster.ts'
import { findingKinds } from './findings.ts'
import type { FindingKind } from './findings.ts'
import { mutants } from './mutants.ts'
import type { Mutant } from './mutants.ts'
import { prepare } from './prepare.ts'
import { bundleThread } from './thread-bundle.ts'
import type { WorkerJob, WorkerLine } from './worker.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '300' }, seed: { type: 'string', default: '1' }, jobs: { type: 'string', default: String(Math.min(4, availableParallelism() + 1)) },
    mutant: { type: 'string' }, 'no-mutants': { type: 'boolean', default: false }, replay: { type: 'string' }, disk: { type: 'boolean', default: false },
  },
})
/** Of a mutant that is not found out within so many, the checks are too weak. */
const historiesOfAMutant = 60
/** After so many a long run says how far it is. */
const tellEvery = 500
/** The same seed must give the same history: so many are played a second time. */
const playedTwice = 10

async function main(): Promise<boolean> {
  if (!values.disk) useMemory()
  const { stop, ...cluster } = await startTestCluster({ jit: 'off' })
  const thread = await bundleThread()
  const { prepared, clear } = await prepare(cluster).catch(async (error: unknown) => {
    thread.clear()
    await stop()
    throw error
  })
  try {
    const file = join(prepared.desks, 'prepared.json')
    writeFileSync(file, JSON.stringify(prepared), { mode: 0o600 })
    return await playEverything({ cluster, prepared: file, thread: thread.file })
  } finally {
    clear()
    thread.clear()
    await stop()
  }
}

async function playEverything(made: Made): Promise<boolean> {
  const totals: Totals = { histories: 0, steps: 0, faults: 0, found: new Map() }
  const uneven = values.mutant === undefined ? await playAll(made, totals) : 0
  const wanted = values['no-mutants'] || values.replay !== undefined ? [] : mutants.filter(({ name }) => values.mutant === undefined || name === values.mutant)
  const survivors = await playMutants(made, wanted)
  const numbers = new Set(wanted.map(({ number }) => number))
  const caught = numbers.size - new Set(survivors.map((name) => wanted.find((each) => each.name === name)?.number)).size
  const kinds = findingKinds.map((kind) => `${kind}=${totals.found.get(kind) ?? 0}`).join(' ')
  say(`histories=${totals.histories} steps=${totals.steps} faults=${totals.faults} ${kinds} mutants=${caught}/${numbers.size}`)
  return totals.found.size === 0 && survivors.length === 0 && uneven === 0
}

type Made = Pick<WorkerJob, 'cluster' | 'prepared' | 'thread'>
type Totals = { histories: number; steps: number; faults: number; found: Map<FindingKind, number> }

/** Answers how many of the histories that were played again came out otherwise. */
async function playAll(made: Made, totals: Totals): Promise<number> {
  const [count, seed, jobs] = [Number(values.count), Number(values.seed), values.replay === undefined ? Number(values.jobs) : 1]
  const replay = values.replay ?? null
  const first: { line: WorkerLine | null } = { line: null }
  const traces = new Map<number, string>()
  await Promise.all(Array.from({ length: jobs }, (_, job) => {
    const seeds = replay === null ? { from: seed + job, count: Math.ceil((count - job) / jobs), by: jobs } : null
    return work({ ...made, seeds, replay, mutant: null, shrink: false }, (line) => {
      totals.histories += 1
      if (totals.histories % tellEvery === 0 && totals.histories < count) process.stderr.write(`… ${totals.histories} of ${count}\n`)
      if (line.seed < seed + playedTwice) traces.set(line.seed, line.trace)
      totals.steps += line.steps
      totals.faults += line.faults
      for (const { kind } of line.found) totals.found.set(kind, (totals.found.get(kind) ?? 0) + 1)
      if (line.found.length > 0) tell(line)
      if (line.found.length > 0) first.line ??= line
    })
  }))
  if (replay !== null) return 0
  let uneven = 0
  if (traces.size > 0) await work({ ...made, seeds: { from: seed, count: traces.size, by: 1 }, replay: null, mutant: null, shrink: false }, (line) => {
    if (traces.get(line.seed) === line.trace) return
    uneven += 1
    say(`seed ${line.seed} came out otherwise when it was played again`)
  })
  if (first.line === null) return uneven
  say(`shortening seed ${first.line.seed} …`)
  await work({ ...made, seeds: { from: first.line.seed, count: 1, by: 1 }, replay: null, mutant: null, shrink: true }, ({ short }) => say(`--replay a file with:\n${JSON.stringify(short)}`))
  return uneven
}

function tell({ seed, found }: WorkerLine): void {
  say(`seed ${seed}:`)
  for (const { kind, what } of found.slice(0, 8)) say(`  ${kind}: ${what}`)
  if (found.length > 8) say(`  and ${found.length - 8} more`)
}

/** Names of those that were not found out, or found out by something that fails without them too. */
async function playMutants(made: Made, wanted: readonly Mutant[]): Promise<readonly string[]> {
  const left = [...wanted]
  const survivors: string[] = []
  const caught: { seed: number; mutant: string }[] = []
  const next = async (): Promise<void> => {
    const mutant = left.shift()
    if (!mutant) return
    let played = 0
    const by: { line: WorkerLine | null } = { line: null }
    await work({ ...made, seeds: { from: 1, count: historiesOfAMutant, by: 1 }, replay: null, mutant: mutant.name, shrink: false }, (line) => {
      played += 1
      if (line.found.length > 0) by.line ??= line
    })
    const { line } = by
    if (line === null) survivors.push(mutant.name)
    else caught.push({ seed: line.seed, mutant: mutant.name })
    say(`mutant ${mutant.name}: ${line === null ? `survived ${played} histories` : `found out in history ${played}, ${line.found[0]?.kind ?? ''}: ${(line.found[0]?.what.split('\n')[0] ?? '').slice(0, 160)}`}`)
    await next()
  }
  await Promise.all(Array.from({ length: Number(values.jobs) }, next))
  if (caught.length === 0) return survivors
  let at = 0
  await work({ ...made, seeds: null, replay: null, mutant: null, shrink: false, controls: caught }, (line) => {
    const control = caught[at++]
    if (!control || line.found.length === 0) return
    survivors.push(control.mutant)
    say(`what found out ${control.mutant} is there without it:`)
    tell(line)
  })
  return survivors
}

async function work(job: WorkerJob, hear: (line: WorkerLine) => void): Promise<void> {
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  const flags = ['--no-memory-protection-keys', '--disable-warning=ExperimentalWarning', ...(job.mutant === null ? [] : ['--import', here('./mutate.ts')])]
  const child = spawn(process.execPath, [...flags, here('./worker.ts')], {
    // Desks begin threads all the time: what those load is compiled once.
    env: { ...process.env, NODE_COMPILE_CACHE: join(dirname(job.prepared), 'compiled'), SPORTELLO_HISTORIES_JOB: JSON.stringify(job), ...(job.mutant === null ? {} : { SPORTELLO_MUTANT: job.mutant }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1)))
  for await (const text of createInterface({ input: child.stdout })) hear(JSON.parse(text) as WorkerLine)
  const code = await ended
  if (code !== 0) throw new Error(code === 3 ? `the mutant ${job.mutant ?? ''} was not put in` : `a worker of the histories ended with ${code}`)
}

/** What is written here need not outlive the run: power cuts are the business of other tests. `--disk` takes the ordinary temporary folder. */
function useMemory(): void {
  try {
    accessSync('/dev/shm', constants.W_OK)
    process.env['TMPDIR'] = '/dev/shm'
  } catch {
    // Elsewhere the temporary folder is what there is.
  }
}

process.exitCode = (await main()) ? 0 : 1
