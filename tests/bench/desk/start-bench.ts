/** Process start to sign-in page, and sign-in to lookup, with the password's hash measured beside it. */
import { hashRaw } from '@node-rs/argon2'
import { randomBytes } from 'node:crypto'
import { deskHashCost } from '../../../electron/core/people/key-slots.ts'
import type { BenchOptions } from '../bench-options.ts'
import { line, stats } from '../stats.ts'
import { bigStore } from './big-store.ts'
import { openBrowserDesk } from './browser-desk.ts'

const rounds = 8

export async function run(options: BenchOptions): Promise<void> {
  const customers = options.customers ?? 1_000_000
  const dataDir = await bigStore(customers, options.seed, (text) => void (options.json || process.stdout.write(`${text}\n`)))
  const toPage: number[] = []
  const toLookup: number[] = []
  const hashing: number[] = []
  for (let i = 0; i < rounds; i++) {
    const hashed = performance.now()
    await hashRaw('a password', { salt: randomBytes(16), memoryCost: deskHashCost.memoryKiB, timeCost: deskHashCost.passes, parallelism: 1, outputLen: 32 })
    hashing.push(performance.now() - hashed)
    const desk = await openBrowserDesk(dataDir)
    const pageShown = await desk.page.evaluate(() => performance.now())
    toPage.push(desk.timings.processToAddress + pageShown)
    toLookup.push(await desk.signIn())
    await desk.close()
  }
  const report = { customers, signInPage: stats(toPage), signInToLookup: stats(toLookup), passwordHash: stats(hashing) }
  process.stdout.write(
    options.json
      ? `${JSON.stringify(report)}\n`
      : line('process start to sign-in page', report.signInPage) + line('sign-in to lookup, hash incl.', report.signInToLookup) + line('the password hash alone', report.passwordHash),
  )
}
