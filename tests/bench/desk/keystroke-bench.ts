/** Key press to painted rows in Chromium. */
import type { BenchOptions } from '../bench-options.ts'
import { line, stats } from '../stats.ts'
import { bigStore } from './big-store.ts'
import { openBrowserDesk } from './browser-desk.ts'
import { keysToPainted } from './painted.ts'

export async function run(options: BenchOptions): Promise<void> {
  const customers = options.customers ?? 1_000_000
  const dataDir = await bigStore(customers, options.seed, (text) => void (options.json || process.stdout.write(`${text}\n`)))
  const desk = await openBrowserDesk(dataDir)
  await desk.signIn()
  const report = { customers, keystroke: stats(await keysToPainted(desk.page, 30)) }
  await desk.close()
  process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : line('key press to painted rows', report.keystroke))
}
