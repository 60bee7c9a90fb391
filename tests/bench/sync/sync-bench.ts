/** `npm run bench -- sync [--customers N] [--desks D] [--json]`: hub to desk, desk to hub, and a thousand desks at once. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runHubImport } from '../../../hub/import/run.ts'
import { createPool } from '../../../hub/database/pool.ts'
import { createCode } from '../../../hub/identity/enrolment-codes.ts'
import type { BenchOptions } from '../bench-options.ts'
import { line } from '../stats.ts'
import { office, startBenchHub } from './bench-hub.ts'
import type { BenchHub } from './bench-hub.ts'
import { steady, storm, throughput } from './push-phases.ts'
import { snapshot } from './snapshot-phase.ts'

const demo = fileURLToPath(new URL('../../../scripts/demo.ts', import.meta.url))
const cores = 2

export async function run(options: BenchOptions): Promise<void> {
  const customers = options.customers ?? 20_000
  const connected = Number(options.rest[options.rest.indexOf('--desks') + 1] ?? 1_000) || 1_000
  const tell = (text: string): void => void (options.json || process.stdout.write(`${text}\n`))
  const hub = await startBenchHub()
  try {
    const loaded = await load(hub, customers, options.seed)
    tell(`import into the hub             ${loaded.recordsPerSecond} records/s (${loaded.records} in ${loaded.seconds.toFixed(1)} s)`)
    const tx = await hub.database.pool.connect()
    const issued = await createCode(tx, { ids: { next: randomUUID }, clock: { now: () => new Date() } }, { officeId: office, kind: 'long', founding: true, createdBy: null }).finally(() => tx.release())
    const taken = await snapshot(hub, issued.code, 'rossi')
    tell(`snapshot to a searchable desk   ${taken.recordsPerSecond} records/s (${taken.records} in ${taken.seconds} s), first usable lookup ${taken.firstUsableSeconds} s, ${taken.rssMB} MB`)
    const [head] = await hub.database.asOwner('SELECT feed_id FROM feed_head')
    const rows = await hub.database.asOwner('SELECT id FROM customer ORDER BY id LIMIT 5000')
    const place = { hub, feedId: String(head?.['feed_id']), customers: rows.map(({ id }) => String(id)), random: seeded(options.seed) }
    const pushed = await measured(hub, () => throughput(place, 10))
    tell(`push, 50 desks                  ${pushed.result.opsPerSecond} operations/s, p95 of a push of 50: ${pushed.result.p95.toFixed(1)} ms; the generator took ${pushed.generator} % of the machine`)
    const steadily = await measured(hub, () => steady(place, connected, 500, 10))
    tell(line(`push, 500/s, ${steadily.result.connected} desks`, steadily.result.latency) + line('visible on another desk', steadily.result.visible) + `the generator took ${steadily.generator} % of the machine, the hub's process ${steadily.hub} %`)
    const back = await measured(hub, () => storm(place, connected, 200))
    tell(`storm, ${back.result.desks} desks × 200       lost ${back.result.lost}, doubled ${back.result.doubled}, ${back.result.seconds} s, hub ${back.result.rssMB} MB, told to wait ${back.result.toldToWait} times; the generator took ${back.generator} %`)
    if (!options.json) return
    const report = {
      import: { recordsPerSecond: Math.round(loaded.recordsPerSecond) },
      snapshot: taken,
      push: { opsPerSecond: pushed.result.opsPerSecond, p95: steadily.result.latency.p95 },
      visible: { p95: steadily.result.visible.p95 },
      storm: { lost: back.result.lost, seconds: back.result.seconds, rssMB: back.result.rssMB },
      generatorShare: { push: pushed.generator, steady: steadily.generator, storm: back.generator },
    }
    process.stdout.write(`${JSON.stringify(report)}\n`)
  } finally {
    await hub.stop()
  }
}

async function load(hub: BenchHub, customers: number, seed: number) {
  const dir = join(hub.folder, `extracts-${randomUUID()}`)
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [demo, '--customers', String(customers), '--seed', String(seed), '--out', dir], { stdio: 'ignore' })
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`the demo generator ended with ${String(code)}`))))
  })
  const pool = createPool({ url: hub.database.url })
  try {
    return await runHubImport({ pool, dir })
  } finally {
    await pool.end()
  }
}

/** With how much of the machine the load generator and the hub's process took meanwhile, in percent. */
async function measured<T>(hub: BenchHub, work: () => Promise<T>): Promise<{ result: T; generator: number; hub: number }> {
  const begun = performance.now()
  const own = process.cpuUsage()
  const theirs = await hub.usage()
  const result = await work()
  const spent = process.cpuUsage(own)
  const after = await hub.usage()
  const whole = (performance.now() - begun) * 1000 * cores
  const share = (microseconds: number): number => Math.round((microseconds / whole) * 100)
  return { result, generator: share(spent.user + spent.system), hub: share(after.cpu.user + after.cpu.system - theirs.cpu.user - theirs.cpu.system) }
}

/** Small and repeatable; nothing here is a secret. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
