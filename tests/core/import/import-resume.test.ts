import { spawn } from 'node:child_process'
import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportSummary } from '../../../electron/core/import/import-types.ts'
import { openStore } from '../../../electron/core/store/store.ts'
import { openBench, tableHashes, testKey } from './support/import-store.ts'
import type { ImportBench } from './support/import-store.ts'
import { smallExtracts, writeExtracts } from './support/small-extracts.ts'
import type { Extracts } from './support/small-extracts.ts'

/** A few in `npm test`, more through the environment in `npm run test:long`. */
const kills = Math.ceil(Number(process.env['SPORTELLO_KILLS'] ?? 20) / 4)
const child = fileURLToPath(new URL('./support/import-child.ts', import.meta.url))

/** Big enough to be interrupted, with lines to refuse and to warn about all along. */
function extracts(): Extracts {
  const files = smallExtracts(2500)
  for (let i = 100; i < 2500; i += 250) {
    files.readings.splice(i * 5, 0, `etra;water;NOWHERE${i};2025-01-15;company;acquired;12`)
    files.customers.splice(i, 0, `etra;W${i};person;Verdi;Anna;;;;;;;;;N;;NOWHERE`)
  }
  return files
}

const lists = (folder: string) => Object.fromEntries(readdirSync(folder).toSorted().map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
const counted = (summary: ImportSummary) => summary.files.map((file) => file.counts)

describe('a load that was interrupted', () => {
  let whole: { hashes: Record<string, string>; lists: Record<string, string>; counts: unknown }
  const files = extracts()
  beforeAll(async () => {
    const bench = await openBench()
    writeExtracts(bench.folder, files)
    const summary = await bench.load()
    whole = { hashes: tableHashes(bench.store), lists: lists(bench.rejects), counts: counted(summary) }
    await bench.close()
  })

  it('by cancelling, at any point, goes on there and ends as if it had never stopped', async () => {
    const bench = await openBench()
    writeExtracts(bench.folder, files)
    let cancelled = 0
    let summary: ImportSummary | null = null
    for (let i = 0; summary?.state !== 'done'; i++) {
      const stop = new AbortController()
      let heard = 0
      // Every run hears something, so every run gets on.
      summary = await bench.load({ resume: true, signal: stop.signal, onProgress: () => heard++ === i % 3 && i < 12 && stop.abort() })
      if (summary.state === 'cancelled') cancelled++
    }
    expect(cancelled).toBeGreaterThan(0)
    expect(tableHashes(bench.store)).toEqual(whole.hashes)
    expect(lists(bench.rejects)).toEqual(whole.lists)
    expect(summary && counted(summary)).toEqual(whole.counts)
    await bench.close()
  })

  it('before it began, at once, keeps everything as it was', async () => {
    const bench = await openBench()
    writeExtracts(bench.folder, files)
    const summary = await bench.load({ signal: AbortSignal.abort() })
    expect(summary).toMatchObject({ state: 'cancelled', records: 0 })
    await bench.close()
  })

  it('begins anew from the first file that changed meanwhile', async () => {
    const bench = await openBench()
    writeExtracts(bench.folder, files)
    const stop = new AbortController()
    const first = await bench.load({ signal: stop.signal, onProgress: ({ fileName }) => fileName === 'readings.csv' && stop.abort() })
    expect(first.state).toBe('cancelled')
    appendFileSync(join(bench.folder, 'contracts.csv'), 'etra;NEW-01;000001;water;W000001;S;2011-03-14;;active;N;paper\n')
    const second = await bench.load({ resume: true })
    expect(second.files.slice(0, 4).map((file) => file.state)).toEqual(['done_before', 'done_before', 'done_before', 'done'])
    expect(second.files[3]?.counts).toMatchObject({ read: 2501, loaded: 1, unchanged: 2500 })
    expect(second.files[4]?.counts).toMatchObject({ read: 2500, unchanged: 2500 })
    await bench.close()
  })

  describe(`by killing the process, ${kills} times`, () => {
    let bench: ImportBench
    beforeAll(async () => {
      bench = await openBench()
      writeExtracts(bench.folder, files)
      await bench.store.close()
    })

    afterAll(() => rmSync(bench.dir, { recursive: true, force: true }))

    it('loses no batch and ends as if it had never stopped', async () => {
      for (let i = 0; i < kills; i++) await killAfter(20 + ((i * 97) % 400))
      expect(await killAfter(null)).toContain('done')
      const store = await openStore(bench.store.path, testKey, { create: false })
      expect(store.rawReader.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(tableHashes(store)).toEqual(whole.hashes)
      expect(lists(bench.rejects)).toEqual(whole.lists)
      expect(store.rawReader.prepare('SELECT count(*) FROM search_doc').pluck().get()).toBe(Number(store.rawReader.prepare('SELECT count(*) FROM customer').pluck().get()))
      await store.close()
    }, 300_000)

    /** Runs the load in a process of its own; kills it hard some milliseconds after rows began to come, or lets it end. */
    function killAfter(delay: number | null): Promise<string> {
      return new Promise((resolve, reject) => {
        const process_ = spawn(process.execPath, [child, bench.store.path, bench.folder, bench.rejects], { stdio: ['ignore', 'pipe', 'pipe'] })
        let text = ''
        let errors = ''
        process_.stdout.on('data', (chunk: Buffer) => {
          if (delay !== null && text === '') setTimeout(() => process_.kill('SIGKILL'), delay)
          text += chunk.toString()
        })
        process_.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
        process_.on('error', reject)
        process_.on('close', (code, signal) => {
          if (code === 0 || signal === 'SIGKILL') resolve(text)
          else reject(new Error(`the load failed: ${errors.slice(-2000)}`))
        })
      })
    }
  })
})
