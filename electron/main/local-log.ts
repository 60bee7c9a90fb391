import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../core/ports.ts'
import { logLine } from './policy/log-line.ts'

/** Two files of this size at most: weeks of a desk that is well, and the last hours of one that is not. */
const largestBytes = 256 * 1024

/**
 * The log of this machine, `log/sportello.log` in the data directory and one older file beside it. Nothing is ever sent
 * anywhere. A log that cannot be written is no reason to stop: then only the standard error stream has the line.
 */
export function createLocalLog(dataDir: string, now: () => Date = () => new Date()): Log {
  const folder = join(dataDir, 'log')
  const file = join(folder, 'sportello.log')
  return (level, event, fields = {}) => {
    const line = `${logLine(now().toISOString(), level, event, fields)}\n`
    if (level === 'error') process.stderr.write(line)
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      if (sizeOf(file) + line.length > largestBytes) renameSync(file, join(folder, 'sportello.old.log'))
      appendFileSync(file, line, { mode: 0o600 })
    } catch {
      // Full or read-only disk: said above.
    }
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
