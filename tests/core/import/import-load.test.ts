import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportSummary } from '../../../electron/core/import/import-types.ts'
import { countRows, openBench, tableHashes } from './support/import-store.ts'
import type { ImportBench } from './support/import-store.ts'
import { rowCount, smallExtracts, writeExtracts } from './support/small-extracts.ts'
import type { WriteOptions } from './support/small-extracts.ts'

let bench: ImportBench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const total = (summary: ImportSummary, count: 'read' | 'loaded' | 'unchanged' | 'kept' | 'rejected' | 'warned') =>
  summary.files.reduce((sum, file) => sum + file.counts[count], 0)

describe('loading extracts', () => {
  it('brings every row of the nine files into the store', async () => {
    const files = smallExtracts(50)
    writeExtracts(bench.folder, files)
    const summary = await bench.load()
    expect(summary.state).toBe('done')
    expect(summary.records).toBe(rowCount(files))
    expect(total(summary, 'loaded')).toBe(rowCount(files))
    expect(countRows(bench.store, 'customer')).toBe(50)
    expect(countRows(bench.store, 'reading')).toBe(300)
    expect(countRows(bench.store, 'ticket_event')).toBe(100)
    expect(bench.store.rawReader.prepare(`SELECT phone, since_day, address_id FROM customer WHERE id = 'etra:000007'`).get()).toEqual({
      phone: '+390403721188', since_day: '2011-03-14', address_id: 'etra:A000007',
    })
    expect(bench.store.rawReader.prepare(`SELECT amount_cents, estimated FROM invoice WHERE id = 'etra:2025/0000072'`).get()).toEqual({ amount_cents: 4712, estimated: 0 })
    expect(bench.store.rawReader.prepare('SELECT count(*) FROM brand').pluck().get()).toBe(4)
  })

  it('changes nothing when the same files come again', async () => {
    const files = smallExtracts(40)
    writeExtracts(bench.folder, files)
    await bench.load()
    const before = tableHashes(bench.store)
    const second = await bench.load()
    expect(total(second, 'unchanged')).toBe(rowCount(files))
    expect(total(second, 'loaded')).toBe(0)
    expect(tableHashes(bench.store)).toEqual(before)
  })

  it('takes over what changed, counts the rest as unchanged, and never deletes what is missing', async () => {
    const files = smallExtracts(20)
    writeExtracts(bench.folder, files)
    await bench.load()
    const customers = files.customers.filter((row) => !row.includes(';000003;')).map((row) => row.replace('etra;000005;person;Rossi', 'etra;000005;person;Bianchi'))
    writeExtracts(bench.folder, { ...files, customers })
    const summary = await bench.load({ clock: { now: () => new Date('2026-05-01T08:00:00.000Z') } })
    const loaded = summary.files.find((file) => file.kind === 'customers')?.counts
    expect(loaded).toMatchObject({ read: 19, loaded: 1, unchanged: 18 })
    expect(countRows(bench.store, 'customer')).toBe(20)
    const changed = bench.store.rawReader.prepare(`SELECT last_name, updated_at FROM customer WHERE code IN ('000005', '000006') ORDER BY code`).all()
    expect(changed).toEqual([
      { last_name: 'Bianchi', updated_at: '2026-05-01T08:00:00.000Z' },
      { last_name: 'Rossi', updated_at: '2026-03-10T09:00:00.000Z' },
    ])
  })

  it('loads the files that are there and says which are not', async () => {
    const { addresses, customers } = smallExtracts(5)
    writeExtracts(bench.folder, { addresses, customers })
    const summary = await bench.load()
    expect(summary.files.filter((file) => file.state === 'done').map((file) => file.kind)).toEqual(['addresses', 'customers'])
    expect(summary.files.filter((file) => file.state === 'absent')).toHaveLength(7)
  })

  it('refuses a folder without extracts', async () => {
    await expect(bench.load()).rejects.toMatchObject({ name: 'NoExtractsError' })
  })

  it('refuses a second load while one is running', async () => {
    writeExtracts(bench.folder, smallExtracts(5))
    const first = bench.load()
    await expect(bench.load()).rejects.toMatchObject({ name: 'ImportRunningError' })
    await expect(first).resolves.toMatchObject({ state: 'done' })
  })
})

describe('every form an extract may have', () => {
  const forms: [string, WriteOptions][] = [
    ['commas', { delimiter: ',' }],
    ['a byte-order mark', { mark: true }],
    ['CRLF', { lineBreak: '\r\n' }],
    ['mixed line ends, mark and commas', { lineBreak: 'mixed', mark: true, delimiter: ',' }],
  ]
  it.each(forms)('gives the same store with %s', async (_name, options) => {
    const files = smallExtracts(30)
    writeExtracts(bench.folder, files)
    await bench.load()
    const plain = tableHashes(bench.store)
    const other = await openBench()
    try {
      writeExtracts(other.folder, files, options)
      const summary = await other.load()
      expect(total(summary, 'rejected')).toBe(0)
      expect(tableHashes(other.store)).toEqual(plain)
    } finally {
      await other.close()
    }
  })
})

describe('a dry run', () => {
  it('gives the same report as the real one and writes nothing', async () => {
    const files = smallExtracts(30)
    files.readings.push('etra;water;NOWHERE;2025-01-15;company;acquired;12', 'etra;water;M000001;2025-01-15;company;acquired;13')
    files.customers.push('etra;900001;person;;;;;;;;;;;N;;')
    files.contracts.push('etra;900001-01;900001;water;W000001;S;2011-03-14;;active;N;paper')
    files.tickets.push('unogas;P-000001;000001;;;water;complaint;phone;Altro;2025-03-01;new;')
    writeExtracts(bench.folder, files)
    const empty = tableHashes(bench.store)
    const dry = await bench.load({ dryRun: true })
    expect(tableHashes(bench.store)).toEqual(empty)
    expect(countRows(bench.store, 'import_run')).toBe(0)
    const real = await bench.load()
    expect(dry.files).toEqual(real.files)
    const again = await bench.load({ dryRun: true })
    expect(total(again, 'loaded')).toBe(2)
    expect(total(again, 'rejected')).toBe(total(real, 'rejected'))
  })
})
