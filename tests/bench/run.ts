/** `npm run bench -- <name> [--json] [--seed S] [--customers N]`: prints figures; nothing here passes or fails. */
import { cpus, totalmem } from 'node:os'
import type { BenchOptions } from './bench-options.ts'

type Bench = { readonly run: (options: BenchOptions) => Promise<unknown> }

const benches: { readonly [name: string]: () => Promise<Bench> } = {
  lookup: () => import('./lookup/lookup-bench.ts'),
  import: () => import('./import/import-bench.ts'),
  keystroke: () => import('./desk/keystroke-bench.ts'),
  sheet: () => import('./desk/sheet-bench.ts'),
  start: () => import('./desk/start-bench.ts'),
  sync: () => import('./sync/sync-bench.ts'),
}

const [name = '', ...rest] = process.argv.slice(2)
const load = benches[name]
if (load) {
  const options: BenchOptions = { json: rest.includes('--json'), seed: numberAfter('--seed') ?? 1, customers: numberAfter('--customers'), rest }
  if (!options.json) process.stdout.write(`machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform}\n`)
  await (await load()).run(options)
} else {
  process.stdout.write(`Which one? npm run bench -- ${Object.keys(benches).join(' | ')} [--json] [--seed S] [--customers N]\n`)
  process.exitCode = 2
}

function numberAfter(flag: string): number | null {
  const index = rest.indexOf(flag)
  const value = index < 0 ? Number.NaN : Number(rest[index + 1])
  return Number.isFinite(value) ? value : null
}
