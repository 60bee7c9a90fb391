/** Records per second into the encrypted and indexed store, while the event loop is watched and the desk keeps saving. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { importExtracts } from '../../../electron/core/import/import-extracts.ts'
import type { ImportSummary } from '../../../electron/core/import/import-types.ts'
import { createIds, silentLog, systemClock } from '../../../electron/core/ports.ts'
import { openStore } from '../../../electron/core/store/store.ts'
import type { Store } from '../../../electron/core/store/store.ts'
import { createUnitOfWork } from '../../../electron/core/store/unit-of-work.ts'
import { line, stats } from '../stats.ts'
import type { Stats } from '../stats.ts'

type Options = { readonly json: boolean; readonly seed: number; readonly customers: number | null; readonly rest: readonly string[] }

type Watched = { readonly summary: ImportSummary; readonly loopDelay: Stats; readonly saves: Stats; readonly rssMB: number; readonly logMB: number; readonly cpuSeconds: number }

const defaultCustomers = 100_000
const saveEveryMs = 1000
const rssEveryMs = 20
const demo = fileURLToPath(new URL('../../../scripts/demo.ts', import.meta.url))

/** `npm run bench -- import [--customers N] [--seed S] [--json] [--from DIR] [--once]`; `--from` takes extracts that are there already, `--once` does not load them again. */
export async function run(options: Options): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'sportello-import-bench-'))
  const key = randomBytes(32)
  try {
    const customers = options.customers ?? defaultCustomers
    const folder = valueAfter(options.rest, '--from') ?? (await generate(join(dir, 'extracts'), customers, options.seed))
    const store = await openStore(join(dir, 'desk.db'), key, { create: true })
    const first = await watch(store, key, folder)
    if (!options.json) print('first load', first)
    const again = options.rest.includes('--once') ? first : await watch(store, key, folder)
    await store.close()
    if (options.json) process.stdout.write(`${JSON.stringify(figures(first, again))}\n`)
    else if (again !== first) print('the same again', again)
  } finally {
    key.fill(0)
    rmSync(dir, { recursive: true, force: true })
  }
}

function figures(first: Watched, again: Watched) {
  return {
    recordsPerSecond: first.summary.recordsPerSecond,
    loopDelayP99: first.loopDelay.p99,
    rssMB: first.rssMB,
    customers: first.summary.index.customers,
    records: first.summary.records,
    seconds: Number(first.summary.seconds.toFixed(1)),
    cpuSeconds: Number(first.cpuSeconds.toFixed(1)),
    logMB: first.logMB,
    indexSeconds: Number(first.summary.index.seconds.toFixed(1)),
    loopDelay: first.loopDelay,
    deskSave: first.saves,
    again: { recordsPerSecond: again.summary.recordsPerSecond, loopDelayP99: again.loopDelay.p99, rssMB: again.rssMB },
  }
}

function print(name: string, { summary, loopDelay, saves, rssMB, logMB, cpuSeconds }: Watched): void {
  process.stdout.write(`\n${name}: ${summary.records} records in ${summary.seconds.toFixed(1)} s = ${summary.recordsPerSecond} records/s, index ${summary.index.seconds.toFixed(1)} s of it, ${rssMB} MB at most, write-ahead log ${logMB} MB at most, ${cpuSeconds.toFixed(1)} s of processor in all threads\n`)
  process.stdout.write(`  ${summary.files.map((file) => `${file.kind} ${file.counts.read}`).join(', ')}\n`)
  process.stdout.write(line('event loop delay', loopDelay))
  process.stdout.write(line('desk save', saves))
}

/** One load, with a desk write every second. */
async function watch(store: Store, key: Uint8Array, folder: string): Promise<Watched> {
  const work = createUnitOfWork({ store, clock: systemClock, ids: createIds(systemClock), desk: () => 'bench', log: silentLog, onWritten: () => undefined })
  const saves: number[] = []
  let highest = 0
  let longest = 0
  let running = true
  const memory = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss())
    longest = Math.max(longest, statSync(`${store.path}-wal`).size)
  }, rssEveryMs)
  const loop = monitorEventLoopDelay({ resolution: 1 })
  loop.enable()
  const cpuBefore = process.cpuUsage()
  const save = async (): Promise<void> => {
    for (let i = 0; running; i++) {
      const began = performance.now()
      await work.local((db) => db.prepare(`INSERT INTO draft (person_id, key, text, saved_at) VALUES ('bench', ?, '', '') ON CONFLICT DO NOTHING`).run(String(i)))
      saves.push(performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, saveEveryMs))
    }
  }
  const saving = save()
  const summary = await importExtracts({ databasePath: store.path, key, gate: store.gate, deskWriter: store.rawWriter, folder, rejectFolder: join(store.path, '..', 'rejects') })
  running = false
  const cpu = process.cpuUsage(cpuBefore)
  loop.disable()
  clearInterval(memory)
  await saving
  const at = (share: number): number => Number((loop.percentile(share) / 1e6).toFixed(2))
  const loopDelay: Stats = { n: loop.count, p50: at(50), p95: at(95), p99: at(99), max: Number((loop.max / 1e6).toFixed(2)) }
  return { summary, loopDelay, saves: stats(saves), rssMB: Math.round(highest / 1e6), logMB: Math.round(longest / 1e6), cpuSeconds: (cpu.user + cpu.system) / 1e6 }
}

/** In a process of its own, so that its memory is not counted. */
function generate(folder: string, customers: number, seed: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [demo, '--customers', String(customers), '--out', folder, '--seed', String(seed), '--today', '2026-11-20'], { stdio: ['ignore', 'ignore', 'inherit'] })
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve(folder) : reject(new Error(`the generator ended with code ${code}`))))
  })
}

function valueAfter(rest: readonly string[], flag: string): string | null {
  const index = rest.indexOf(flag)
  return index < 0 ? null : (rest[index + 1] ?? null)
}
