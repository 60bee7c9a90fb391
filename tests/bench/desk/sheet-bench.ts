/** Opening a customer: the core's call, and click to painted sheet in Chromium. */
import { createCore } from '../../../electron/core/core.ts'
import type { BenchOptions } from '../bench-options.ts'
import { line, stats } from '../stats.ts'
import { benchPerson, bigStore } from './big-store.ts'
import { openBrowserDesk } from './browser-desk.ts'
import { clickToPainted } from './painted.ts'

const opened = 1000

export async function run(options: BenchOptions): Promise<void> {
  const say = (text: string) => void (options.json || process.stdout.write(`${text}\n`))
  const customers = options.customers ?? 1_000_000
  const dataDir = await bigStore(customers, options.seed, say)
  const core = createCore({ dataDir })
  const send = async (call: string, input: unknown): Promise<unknown> => JSON.parse(await core.dispatch({ clientId: 'bench' }, JSON.stringify({ call, input })))
  await send('session.signIn', { username: benchPerson.username, password: benchPerson.password })
  const ids = core.desk.bulkParts().work.local((db) => {
    const most = Number(db.prepare('SELECT max(n) FROM customer').pluck().get())
    const one = db.prepare('SELECT id FROM customer WHERE n >= ? ORDER BY n LIMIT 1').pluck()
    return Array.from({ length: opened }, (_, i) => String(one.get(((i * 7_919_317 + options.seed) % most) + 1)))
  })
  const calls: number[] = []
  for (const customerId of await ids) {
    const begun = performance.now()
    await send('customers.open', { customerId })
    calls.push(performance.now() - begun)
  }
  await core.close()
  const desk = await openBrowserDesk(dataDir)
  await desk.signIn()
  const painted = await clickToPainted(desk.page)
  await desk.close()
  const report = { customers, core: stats(calls), painted: stats(painted) }
  process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : line('customers.open in the core', report.core) + line('click to painted sheet', report.painted))
}
