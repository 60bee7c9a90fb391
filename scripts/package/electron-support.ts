/**
 * `node scripts/package/electron-support.ts`: whether the pinned Electron still gets repairs. Asks the registry, so it belongs to a release
 * and not to the tests.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { projectRoot } from './places.ts'

/** Electron repairs its newest three majors. */
const supportedMajors = 3

/** What is wrong with the pinned version, in one line, or `null`. Versions are `major.minor.patch`. */
export function supportProblem(pinned: string, published: readonly string[]): string | null {
  const stable = published.filter((version) => /^\d+\.\d+\.\d+$/.test(version))
  const majorOf = (version: string): number => Number(version.split('.')[0])
  const newestMajor = Math.max(...stable.map(majorOf))
  if (!stable.includes(pinned)) return `Electron ${pinned} is not a published version`
  if (majorOf(pinned) <= newestMajor - supportedMajors) return `Electron ${majorOf(pinned)} gets no repairs any more; the newest is ${newestMajor}`
  const newest = stable.filter((version) => majorOf(version) === majorOf(pinned)).toSorted(byParts).at(-1)
  return newest === pinned ? null : `Electron ${pinned} lacks the repairs of ${newest ?? ''}`
}

function byParts(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number))
  return (a?.[1] ?? 0) - (b?.[1] ?? 0) || (a?.[2] ?? 0) - (b?.[2] ?? 0)
}

export function pinnedElectron(): string {
  const lock = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) }).parse(JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')))
  return lock.packages['node_modules/electron']?.version ?? ''
}

async function main(): Promise<number> {
  const { stdout } = await promisify(execFile)('npm', ['view', 'electron', 'versions', '--json'], { cwd: projectRoot, maxBuffer: 16 * 1024 * 1024, shell: process.platform === 'win32' })
  const problem = supportProblem(pinnedElectron(), z.array(z.string()).parse(JSON.parse(stdout)))
  process.stdout.write(`${problem ?? `Electron ${pinnedElectron()} is supported and current`}\n`)
  return problem === null ? 0 : 1
}

if (import.meta.main) process.exitCode = await main()
