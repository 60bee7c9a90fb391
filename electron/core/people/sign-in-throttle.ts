import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../ports.ts'
import { writeFileDurably } from './durable-file.ts'
import { normalUsername } from '../../../shared/domain/username.ts'

/** Three free tries, then 1, 2, 4 … seconds, at most 15 minutes (OWASP: exponential lockout by account). */
const freeTries = 3
const longestWaitSeconds = 15 * 60
const keptMillis = 7 * 24 * 3600 * 1000
const fileSchema = z.record(z.string(), z.object({ failures: z.int(), until: z.number() }))

export type SignInThrottle = {
  /** Seconds to wait before the next try; 0 when it may be made. */
  waitSeconds: (username: string) => number
  /** Counts the try before the password is checked, so that killing the process does not give it back. */
  begin: (username: string) => void
  /** Tries that failed since the last right one, the try under way left out. */
  failures: (username: string) => number
  succeeded: (username: string) => void
}

export function createSignInThrottle(dataDir: string, clock: Clock): SignInThrottle {
  const path = join(dataDir, 'attempts.json')
  const read = () => (existsSync(path) ? readOrEmpty(path) : {})
  return {
    waitSeconds: (username) => Math.max(0, Math.ceil(((read()[nameKey(username)]?.until ?? 0) - clock.now().getTime()) / 1000)),
    begin: (username) => {
      const now = clock.now().getTime()
      // Names tried once and never again must not pile up.
      const all = Object.fromEntries(Object.entries(read()).filter(([, { until }]) => now - until < keptMillis))
      const failures = (all[nameKey(username)]?.failures ?? 0) + 1
      const wait = failures <= freeTries ? 0 : Math.min(2 ** (failures - freeTries - 1), longestWaitSeconds)
      writeFileDurably(path, JSON.stringify({ ...all, [nameKey(username)]: { failures, until: clock.now().getTime() + wait * 1000 } }))
    },
    failures: (username) => Math.max(0, (read()[nameKey(username)]?.failures ?? 1) - 1),
    succeeded: (username) => {
      writeFileDurably(path, JSON.stringify(Object.fromEntries(Object.entries(read()).filter(([name]) => name !== nameKey(username)))))
    },

  }
}

function readOrEmpty(path: string): z.infer<typeof fileSchema> {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // A damaged counter must not lock everybody out for ever; the file is rewritten at the next try.
    return {}
  }
}

function nameKey(username: string): string {
  return createHash('sha256').update(normalUsername(username)).digest('hex').slice(0, 16)
}
