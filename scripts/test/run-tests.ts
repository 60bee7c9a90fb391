/**
 * `npm test`: everything from types to the browser, with one closing line `N passed, N failed`.
 * Arguments: names of steps to run only those (`npm test -- unit e2e`); `--long` for the long counts.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './find-chromium.ts'
import { installedElectron } from '../find-electron.ts'

type Count = { passed: number; failed: number }
type Step = { readonly name: string; readonly run: (scratch: string) => Promise<Count> }

const args = process.argv.slice(2)
const long = args.includes('--long')
const wanted = args.filter((arg) => !arg.startsWith('--'))
const say = (line: string) => process.stdout.write(`${line}\n`)

const steps: readonly Step[] = [
  { name: 'types', run: () => checked(['vue-tsc', '-b']) },
  { name: 'lint', run: () => checked(['eslint', '.', '--max-warnings', '0']) },
  { name: 'unit', run: (scratch) => vitest('unit', scratch) },
  { name: 'core', run: (scratch) => vitest('core', scratch) },
  { name: 'renderer', run: (scratch) => vitest('renderer', scratch) },
  { name: 'build', run: () => checked(['node', 'scripts/build.ts']) },
  { name: 'package', run: (scratch) => vitest('package', scratch) },
  { name: 'e2e', run: (scratch) => playwright(scratch, 'serve') },
  { name: 'shell', run: (scratch) => playwright(scratch, 'double', 'shell', ...(installedElectron() === null ? [] : ['electron'])) },
]

async function main(): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'sportello-results-'))
  const total: Count = { passed: 0, failed: 0 }
  process.env['SPORTELLO_CHROMIUM'] = findChromium(say)
  try {
    for (const step of steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
      const begun = Date.now()
      const count = await step.run(scratch)
      total.passed += count.passed
      total.failed += count.failed
      say(`${count.failed === 0 ? 'ok  ' : 'FAIL'} ${step.name}: ${count.passed} passed, ${count.failed} failed (${Math.round((Date.now() - begun) / 1000)} s)`)
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
  if (installedElectron() === null) say('Electron: no runtime on this machine, its specs were not chosen.')
  say(`${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}

/** A tool that says yes or no counts as one. Its output is shown only when it fails. */
async function checked(command: readonly string[]): Promise<Count> {
  const { code, output } = await run(command, {}, 'kept')
  if (code !== 0) say(output)
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

async function vitest(project: string, scratch: string): Promise<Count> {
  const file = join(scratch, `${project}.json`)
  const { code } = await run(['vitest', 'run', '--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`], long ? { SPORTELLO_KILLS: '100', SPORTELLO_LONG: '1' } : {}, 'shown')
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const report = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number; numFailedTestSuites: number }
  const failed = report.numFailedTests > 0 ? report.numFailedTests : code === 0 ? 0 : Math.max(1, report.numFailedTestSuites)
  return { passed: report.numPassedTests, failed }
}

async function playwright(scratch: string, ...projects: readonly string[]): Promise<Count> {
  const file = join(scratch, `${projects.join('-')}.json`)
  const { code } = await run(['playwright', 'test', '--reporter=dot,json', ...projects.map((name) => `--project=${name}`)], { PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...(long ? { SPORTELLO_LONG: '1' } : {}) }, 'shown')
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const { stats } = JSON.parse(readFileSync(file, 'utf8')) as { stats: { expected: number; unexpected: number; flaky: number } }
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + (code !== 0 && stats.unexpected + stats.flaky === 0 ? 1 : 0) }
}

function run(command: readonly string[], env: Record<string, string>, output: 'shown' | 'kept'): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const [program = '', ...rest] = command
    // npm puts node_modules/.bin first in PATH, so these are the project's own, Node included.
    const child = spawn(program, rest, { env: { ...process.env, ...env }, stdio: ['ignore', output === 'shown' ? 'inherit' : 'pipe', output === 'shown' ? 'inherit' : 'pipe'], shell: process.platform === 'win32' })
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output: text }))
  })
}

process.exitCode = await main()
