/**
 * `npm test`: everything from types to the browser, with one closing line `N passed, N failed`.
 * Arguments: names of steps to run only those (`npm test -- unit e2e`); `--long` for the long counts.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './find-chromium.ts'
import { runRounds } from './rounds.ts'
import type { Rounds } from './rounds.ts'
import { installedElectron } from '../find-electron.ts'

/** `failures` and `second` name tests: what failed, and what passed only at its second try. */
type Count = { passed: number; failed: number; failures?: readonly string[]; second?: readonly string[] }
type Result = Count & { readonly name: string }
type Step = { readonly name: string; readonly run: (scratch: string) => Promise<Count> }

const args = process.argv.slice(2)
const long = args.includes('--long')
const wanted = args.filter((arg) => !arg.startsWith('--'))
const say = (line: string) => process.stdout.write(`${line}\n`)

const tests = (name: string, ...options: readonly string[]): Step => ({ name, run: (scratch) => vitest(name, scratch, options) })
/**
 * Types, lint and Vitest keep one processor busy each, so two lanes of about the same length stand beside each other. What the browser
 * shows has both processors to itself: there a page that is kept waiting would be a test that fails.
 */
const rounds: Rounds<Step> = [
  [
    // Much of what a hub does is waiting for its database, for a mail server, for who was killed: two files at a time.
    [{ name: 'types', run: () => checked(['vue-tsc', '-b']) }, { name: 'lint', run: () => checked(['eslint', '.', '--max-warnings', '0']) }, tests('hub', '--max-workers=2'), tests('sync')],
    [tests('core'), tests('unit'), tests('renderer'), { name: 'build', run: () => checked(['node', 'scripts/build.ts']) }, tests('package')],
  ],
  // As many processes as keep every processor busy.
  [[{ name: 'histories', run: () => histories(long ? 2_000 : 300) }]],
  [[{ name: 'e2e', run: (scratch) => playwright(scratch, 'serve') }]],
  [[{ name: 'shell', run: (scratch) => playwright(scratch, 'double', 'shell', ...(installedElectron() === null ? [] : ['electron'])) }]],
]

async function main(): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'sportello-results-'))
  // Hosts, hubs and workers begin by the hundred: what they load is compiled once. A sixth of the browser's steps was this.
  process.env['NODE_COMPILE_CACHE'] = join(scratch, 'compiled')
  process.env['SPORTELLO_CHROMIUM'] = findChromium(say)
  let results: readonly Result[]
  try {
    const chosen = rounds.map((lanes) => lanes.map((steps) => steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name))))
    results = await runRounds(chosen, availableParallelism() > 1, (step) => timed(step, scratch))
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
  const sum = (of: 'passed' | 'failed'): number => results.reduce((all, result) => all + result[of], 0)
  if (installedElectron() === null) say('Electron: no runtime on this machine, its specs were not chosen.')
  // The names come last, where a log that was cut still has them.
  for (const name of results.flatMap(({ second }) => second ?? [])) say(`passed at the second try: ${name}`)
  for (const name of results.flatMap(failuresOf)) say(`failed: ${name}`)
  say(`${sum('passed')} passed, ${sum('failed')} failed`)
  return sum('failed') === 0 && sum('passed') > 0 ? 0 : 1
}

async function timed(step: Step, scratch: string): Promise<Result> {
  const begun = Date.now()
  const count = await step.run(scratch)
  say(`${count.failed === 0 ? 'ok  ' : 'FAIL'} ${step.name}: ${count.passed} passed, ${count.failed} failed (${Math.round((Date.now() - begun) / 1000)} s)`)
  return { ...count, name: step.name }
}

/** By their names; a step that has none to tell is named itself. */
function failuresOf({ name, failed, failures = [] }: Result): readonly string[] {
  return failed > 0 && failures.length === 0 ? [name] : failures
}

/** A tool that says yes or no counts as one. Its output is shown only when it fails. */
async function checked(command: readonly string[]): Promise<Count> {
  const { code, output } = await run(command)
  if (code !== 0) say(output)
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  numFailedTestSuites: number
  testResults: readonly { name: string; status: string; assertionResults: readonly { fullName: string; status: string }[] }[]
}

async function vitest(project: string, scratch: string, options: readonly string[]): Promise<Count> {
  const file = join(scratch, `${project}.json`)
  const { code, output } = await run(['vitest', 'run', '--project', project, ...options, '--reporter=default', '--silent=passed-only', '--reporter=json', `--outputFile.json=${file}`], long ? { SPORTELLO_KILLS: '100', SPORTELLO_LONG: '1' } : {})
  if (code !== 0) say(output)
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport
  const failed = report.numFailedTests > 0 ? report.numFailedTests : code === 0 ? 0 : Math.max(1, report.numFailedTestSuites)
  const failures = report.testResults.flatMap((suite) => {
    const tests = suite.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => `${project}: ${fullName}`)
    return tests.length === 0 && suite.status === 'failed' ? [`${project}: ${suite.name}`] : tests
  })
  return { passed: report.numPassedTests, failed, failures }
}

/** Each history counts, and each mutant; the seed is the same every time, so that a red run can be repeated. */
async function histories(count: number): Promise<Count> {
  const { code, output } = await run(['node', 'tests/histories/main.ts', '--count', String(count)])
  const line = /^histories=(\d+) .* mutants=(\d+)\/(\d+)$/m.exec(output)
  say(line?.[0] ?? '')
  if (code !== 0 || line === null) say(output)
  const [played = 0, caught = 0, mutants = 0] = (line ?? []).slice(1).map(Number)
  const bad = new Set([...output.matchAll(/^seed \d+\b/gm)].map(([seed]) => seed)).size + mutants - caught
  return { passed: played + mutants - bad, failed: code === 0 ? 0 : Math.max(1, bad) }
}

type PlaywrightSuite = { suites?: readonly PlaywrightSuite[]; specs?: readonly { title: string; file: string; tests: readonly { projectName: string; status: string }[] }[] }
type PlaywrightReport = PlaywrightSuite & { stats: { expected: number; unexpected: number; flaky: number } }

async function playwright(scratch: string, ...projects: readonly string[]): Promise<Count> {
  const file = join(scratch, `${projects.join('-')}.json`)
  const { code, output } = await run(['playwright', 'test', '--reporter=dot,json', ...projects.map((name) => `--project=${name}`)], { PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...(long ? { SPORTELLO_LONG: '1' } : {}) })
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport) : null
  if (code !== 0 || (report?.stats.flaky ?? 0) > 0) say(output)
  if (report === null) return { passed: 0, failed: 1 }
  const { expected, unexpected, flaky } = report.stats
  return { passed: expected + flaky, failed: code !== 0 && unexpected === 0 ? 1 : unexpected, failures: named(report, 'unexpected'), second: named(report, 'flaky') }
}

function named(suite: PlaywrightSuite, status: string): readonly string[] {
  const own = (suite.specs ?? []).flatMap(({ title, file, tests }) => tests.filter((test) => test.status === status).map(({ projectName }) => `${projectName} ${file}: ${title}`))
  return [...own, ...(suite.suites ?? []).flatMap((inner) => named(inner, status))]
}

/** Output is kept, without colours: a step that passes says one line, one that fails says everything. */
function run(command: readonly string[], env: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const [program = '', ...rest] = command
    // npm puts node_modules/.bin first in PATH, so these are the project's own, Node included.
    const child = spawn(program, rest, { env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env }, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output: text }))
  })
}

process.exitCode = await main()
