import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLookup } from '../../../electron/core/search/lookup.ts'
import { line, stats } from '../stats.ts'
import type { Stats } from '../stats.ts'
import { buildIndex, buildPeers, openEncrypted, openPeers } from './bench-store.ts'
import type { BuildFigures } from './bench-store.ts'
import { benchQueries } from './data.ts'

export type LookupBenchOptions = { readonly json: boolean; readonly seed: number; readonly customers: number | null }

export type LookupFigures = {
  readonly customers: number
  readonly ranked: Stats
  readonly exact: Stats
  readonly typo: Stats
  /** Null beyond the size at which the peers are still worth waiting for. */
  readonly like: Stats | null
  readonly bm25: Stats | null
  readonly build: BuildFigures
}

const usualSizes = [10_000, 100_000, 1_000_000] as const
const MAX_PEERS = 1_000_000
const ROUNDS = 1500
const LIKE_QUERIES = 40
const BM25_QUERIES = 400
const PAGE = 20

function timed(texts: readonly string[], run: (text: string) => void): Stats {
  return stats(texts.map((text) => {
    const began = performance.now()
    run(text)
    return performance.now() - began
  }))
}

function measure(customers: number, seed: number, say: (text: string) => void): LookupFigures {
  const folder = mkdtempSync(join(process.env['SPORTELLO_BENCH_DIR'] ?? tmpdir(), 'sportello-lookup-'))
  try {
    say(`${customers} customers: building\n`)
    const store = join(folder, 'lookup.db')
    const build = buildIndex(store, customers, seed, say)
    const queries = benchQueries(customers, ROUNDS, seed)
    const db = openEncrypted(store, 'read')
    const lookup = createLookup(db)
    const search = (text: string): void => { lookup.search({ text, limit: PAGE }) }
    // A desk that has been searching for a minute, not one that has just been started.
    for (const texts of Object.values(benchQueries(customers, 200, seed + 7))) for (const text of texts) search(text)
    const ranked = timed(queries.ranked, search)
    const exact = timed(queries.exact, search)
    const typo = timed(queries.typo, search)
    db.close()
    let like: Stats | null = null
    let bm25: Stats | null = null
    if (customers <= MAX_PEERS) {
      say('  building the peers\n')
      const path = join(folder, 'peers.db')
      buildPeers(path, customers, seed)
      const peers = openPeers(path)
      like = timed(queries.ranked.slice(0, LIKE_QUERIES), peers.like)
      bm25 = timed(queries.ranked.slice(0, BM25_QUERIES), peers.bm25)
      peers.close()
    }
    return { customers, ranked, exact, typo, like, bm25, build }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function report(figures: LookupFigures): string {
  const { customers, ranked, exact, typo, like, bm25, build } = figures
  return [
    `${customers} customers, encrypted, ${build.megabytes} MB, ${build.microsPerCustomer} µs per customer to index\n`,
    line('ranked, 20 rows', ranked), line('whole codes', exact), line('one slip in a name', typo),
    like ? line("LIKE '%…%', not ranked", like) : '', bm25 ? line('FTS5 ordered by bm25', bm25) : '', '\n',
  ].join('')
}

/**
 * Milliseconds in the core per search over generated customers with two supply points each, beside what one would otherwise use, over
 * the same rows. Prints, and returns the figures of the largest size with the smaller ones as `growth`.
 */
export function run(options: LookupBenchOptions): Promise<LookupFigures & { readonly growth: readonly LookupFigures[] }> {
  const say = options.json ? (): void => undefined : (text: string): void => { process.stdout.write(text) }
  const sizes = options.customers === null ? usualSizes : [options.customers]
  const all = sizes.map((customers) => {
    const figures = measure(customers, options.seed, say)
    say(report(figures))
    return figures
  })
  const largest = all.at(-1)
  if (!largest) throw new Error('no size to measure')
  const result = { ...largest, growth: all.slice(0, -1) }
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`)
  return Promise.resolve(result)
}

if (import.meta.main) {
  const after = (flag: string): number | null => {
    const at = process.argv.indexOf(flag)
    const value = at < 0 ? Number.NaN : Number(process.argv[at + 1])
    return Number.isFinite(value) ? value : null
  }
  await run({ json: process.argv.includes('--json'), seed: after('--seed') ?? 1, customers: after('--customers') })
}
