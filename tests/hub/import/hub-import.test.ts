import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { badFiles, refusedFile, writeBadExtract } from '../../../scripts/demo/bad-extract.ts'
import type { PoolClient } from 'pg'
import { eraseCustomer } from '../../../hub/conflicts/erasure.ts'
import { inTransaction } from '../../../hub/database/pool.ts'
import { appendAudit } from '../../../hub/identity/audit.ts'
import type { HubImportSummary } from '../../../hub/import/run.ts'
import { rowCount, smallExtracts, writeExtracts } from '../../core/import/support/small-extracts.ts'
import { openHubImport } from './hub-import-bench.ts'
import type { HubImportBench } from './hub-import-bench.ts'

let bench: HubImportBench
beforeEach(async () => {
  bench = await openHubImport()
})
afterEach(() => bench.close())

const total = (summary: HubImportSummary, count: 'read' | 'loaded' | 'unchanged' | 'kept' | 'rejected' | 'warned') => summary.files.reduce((sum, file) => sum + file.counts[count], 0)
const file = (summary: HubImportSummary, kind: string) => summary.files.find((each) => each.kind === kind)

describe('extracts at the hub', () => {
  it('bring every row of the nine files, and change nothing when they come again', async () => {
    const files = smallExtracts(50)
    writeExtracts(bench.folder, files)
    const progress: string[] = []
    const first = await bench.load({ onProgress: ({ fileName, phase }) => progress.push(`${fileName} ${phase}`) })
    expect(first).toMatchObject({ state: 'done', records: rowCount(files) })
    expect(total(first, 'loaded')).toBe(rowCount(files))
    expect(progress).toEqual(expect.arrayContaining(['readings.csv reading', 'readings.csv judging', 'readings.csv writing']))
    expect(await bench.all(`SELECT phone, since_day, address_id, updated_at FROM customer WHERE id = 'etra:000007'`)).toEqual([
      { phone: '+390403721188', since_day: '2011-03-14', address_id: 'etra:A000007', updated_at: '2026-03-10T09:00:00.000Z' },
    ])
    // Counted, so that what is asked next is planned for what is there.
    for (const table of ['customer', 'reading', 'customer_territory']) expect(await bench.one(`SELECT reltuples::bigint FROM pg_class WHERE relname = '${table}'`), table).toBe(await bench.one(`SELECT count(*) FROM ${table}`))
    const before = await bench.hashes()
    const second = await bench.load()
    expect(total(second, 'loaded')).toBe(0)
    expect(total(second, 'unchanged')).toBe(rowCount(files))
    expect(await bench.hashes()).toEqual(before)
  })

  it('do not bring back who was erased, nor what hung on them', async () => {
    const files = smallExtracts(5)
    writeExtracts(bench.folder, files)
    await bench.database.asOwner(`INSERT INTO erased (customer_id, erased_at, erased_by, reason, pos) VALUES ('etra:000002', now(), 'p-1', 'richiesta del cliente', 0)`)
    await bench.load()
    expect(await bench.one('SELECT count(*) FROM customer')).toBe(4)
    for (const table of ['contract', 'invoice', 'ticket']) expect(await bench.one(`SELECT count(*) FROM ${table} WHERE customer_id = 'etra:000002'`)).toBe(0)
    expect(await bench.one(`SELECT count(*) FROM ticket_event e WHERE NOT EXISTS (SELECT 1 FROM ticket t WHERE t.id = e.ticket_id)`)).toBe(0)
  })

  it('do not bring back the points, meters and addresses of who was erased, but for who took them over', async () => {
    const files = smallExtracts(5)
    writeExtracts(bench.folder, files)
    await bench.load()
    const transaction = <T>(work: (tx: PoolClient) => Promise<T>) => inTransaction(bench.database.pool, work)
    await eraseCustomer({ transaction, clock: { now: () => new Date() }, audit: appendAudit }, { customerId: 'etra:000002', reason: 'richiesta', by: 'p-1', deviceId: null })
    const left = async () => Promise.all(['supply_point', 'meter', 'address', 'reading'].map((table) => bench.one(`SELECT count(*) FROM ${table} t WHERE t::text LIKE '%000002%'`)))
    expect(await left()).toEqual([0, 0, 0, 0])
    await bench.load()
    expect(await left()).toEqual([0, 0, 0, 0])
    expect(await bench.one('SELECT count(*) FROM customer')).toBe(4)
    // A new holder of the same point: what is needed for the service comes with the contract.
    files.contracts.push('etra;000000-02;000000;water;W000002;S;2026-01-01;;active;N;paper')
    writeExtracts(bench.folder, files)
    await bench.load()
    // And nothing of what was read before that.
    expect(await left()).toEqual([1, 1, 1, 0])
    expect(await bench.one(`SELECT count(*) FROM contract WHERE supply_point_id LIKE '%000002'`)).toBe(1)
    expect(await bench.one('SELECT count(*) FROM customer')).toBe(4)
  })

  it('are judged by a dry run that changes nothing', async () => {
    const files = smallExtracts(10)
    files.contracts[3] = files.contracts[3]!.replace('W000002', 'W999999')
    writeExtracts(bench.folder, files)
    const empty = await bench.hashes()
    const dry = await bench.load({ dryRun: true })
    expect(await bench.hashes()).toEqual(empty)
    expect(await bench.one('SELECT count(*) FROM import_run')).toBe(0)
    const real = await bench.load()
    expect(dry.files).toEqual(real.files)
    expect(file(real, 'contracts')?.counts.rejected).toBe(1)
    expect(file(real, 'invoices')?.counts.rejected).toBe(4)
  })

  it('with every kind of defect are listed line by line as at a desk', async () => {
    writeBadExtract(bench.folder)
    const summary = await bench.load()
    const listed = (name: string, cells: number) => {
      const path = join(bench.rejects, name)
      return existsSync(path) ? readFileSync(path, 'utf8').replace('\uFEFF', '').trimEnd().split('\r\n').slice(1).map((line) => line.split(';').slice(0, cells).join(' ')) : []
    }
    for (const { name, issues } of badFiles()) {
      const base = name.replace('.csv', '')
      const refused = issues.filter(({ outcome }) => outcome === 'refused').map(({ line, column, reason }) => `${line} ${column} ${reason}`)
      const warned = issues.filter(({ outcome }) => outcome !== 'refused').map(({ line, column, reason, outcome }) => `${line} ${column} ${reason} ${outcome}`)
      expect(listed(`${base}.rejects.csv`, 3), name).toEqual(refused)
      expect(listed(`${base}.warnings.csv`, 4).toSorted(), name).toEqual(warned.toSorted())
      const counts = summary.files.find(({ fileName }) => fileName === name)?.counts
      expect([counts?.rejected, counts?.warned], name).toEqual([new Set(refused.map((line) => line.split(' ')[0])).size, new Set(warned.map((line) => line.split(' ')[0])).size])
    }
    expect(file(summary, 'customers')?.unknownColumns).toEqual(['shoe_size'])
    expect(summary.files.find(({ fileName }) => fileName === refusedFile().name)).toMatchObject({ state: 'refused', refusal: { missing: refusedFile().missing } })
    expect(await bench.all(`SELECT day, value FROM reading WHERE meter_id = 'etra:W:18-204417' ORDER BY day`)).toEqual([
      { day: '2026-05-08', value: 1000 }, { day: '2026-07-01', value: 1223000 }, { day: '2026-09-02', value: 1318000 },
    ])
    expect((await bench.all('SELECT id FROM ticket ORDER BY id')).map(({ id }) => id)).toEqual(['etra:P-1', 'etra:P-2', 'etra:P-4', 'etra:P-6'])
  })

  it('leave a ticket that is worked on here, and a step that was told', async () => {
    const files = smallExtracts(3)
    writeExtracts(bench.folder, files)
    await bench.load()
    await bench.database.asOwner(`UPDATE ticket SET state = 'answered' WHERE id = 'etra:P-000001'`)
    await bench.database.asOwner(`INSERT INTO ticket_event (id, ticket_id, at, actor, kind, to_state, seq) VALUES ('op-1', 'etra:P-000001', '2026-03-10T08:00:00.000Z', 'p', 'answered', 'answered', 3)`)
    files.ticket_events[1] = files.ticket_events[1]!.replace('Chiamata.', 'Riscritta.')
    files.tickets[2] = files.tickets[2]!.replace('Bolletta raddoppiata', 'Altro oggetto')
    files.tickets[3] = files.tickets[3]!.replace('Bolletta raddoppiata', 'Oggetto corretto')
    writeExtracts(bench.folder, files)
    const summary = await bench.load()
    expect(file(summary, 'tickets')?.counts).toMatchObject({ loaded: 1, kept: 1, unchanged: 1 })
    expect(file(summary, 'ticket_events')?.counts).toMatchObject({ loaded: 0, kept: 1 })
    expect(await bench.one(`SELECT subject FROM ticket WHERE id = 'etra:P-000001'`)).toBe('Bolletta raddoppiata')
    expect(await bench.one(`SELECT state FROM ticket WHERE id = 'etra:P-000001'`)).toBe('answered')
    expect(await bench.one(`SELECT subject FROM ticket WHERE id = 'etra:P-000002'`)).toBe('Oggetto corretto')
    expect(await bench.one(`SELECT text FROM ticket_event WHERE id = 'etra:P-000000:1'`)).toBe('Chiamata.')
  })

  it('leave what was changed here until the billing system says the same', async () => {
    const files = smallExtracts(2)
    writeExtracts(bench.folder, files)
    await bench.load()
    await bench.database.pool.query(`UPDATE customer SET mobile = '+393384219017' WHERE id = 'etra:000001'`)
    const phone = (number: string) => {
      files.customers[2] = files.customers[2]!.replace(/N;2011-03-14/, 'N;2012-03-14').replace(/040 372 1188;[^;]*;/, `040 372 1188;${number};`)
      writeExtracts(bench.folder, files)
    }
    phone('339 111 2222')
    await bench.load()
    expect(await bench.all(`SELECT mobile, since_day FROM customer WHERE id = 'etra:000001'`)).toEqual([{ mobile: '+393384219017', since_day: '2012-03-14' }])
    phone('338 421 9017')
    await bench.load()
    expect(await bench.one('SELECT count(*) FROM field_owner')).toBe(0)
    phone('339 111 2222')
    await bench.load()
    expect(await bench.one(`SELECT mobile FROM customer WHERE id = 'etra:000001'`)).toBe('+393391112222')
  })

  it('refuse a day whose reading a desk has entered, and go on with the others', async () => {
    const files = smallExtracts(2)
    writeExtracts(bench.folder, files)
    await bench.load()
    await bench.database.pool.query(`INSERT INTO reading (meter_id, day, entry, source, state, value) VALUES ('etra:W:M000000', '2026-03-09', 'op-9', 'desk', 'pending', 5000)`)
    files.readings.push('etra;water;M000000;2026-03-09;desk;pending;6', 'etra;water;M000001;2026-03-09;desk;pending;7')
    writeExtracts(bench.folder, files)
    expect(file(await bench.load(), 'readings')?.counts).toMatchObject({ rejected: 1, loaded: 1 })
  })

  it('that were broken off are gone on with, and a changed file begins anew', async () => {
    const files = smallExtracts(30)
    writeExtracts(bench.folder, files)
    const stop = new AbortController()
    const broken = await bench.load({ signal: stop.signal, sizes: { withFeed: 10, withoutFeed: 10 }, onProgress: ({ fileName, phase }) => (fileName === 'contracts.csv' && phase === 'writing' ? stop.abort() : undefined) })
    expect(broken.state).toBe('cancelled')
    expect([file(broken, 'contracts')?.state, file(broken, 'meters')?.state]).toEqual(['stopped', 'not_reached'])
    expect(await bench.one('SELECT count(*) FROM contract')).toBe(10)
    const rest = await bench.load()
    expect([file(rest, 'customers')?.state, file(rest, 'contracts')?.state, file(rest, 'contracts')?.counts.loaded]).toEqual(['done_before', 'done', 20])
    expect(file(await bench.load(), 'customers')?.state).toBe('done')
  })

  it('are brought in by one process at a time', async () => {
    writeExtracts(bench.folder, smallExtracts(30))
    const [one, two] = await Promise.allSettled([bench.load(), bench.load()])
    expect([one.status, two.status].toSorted()).toEqual(['fulfilled', 'rejected'])
    expect([one, two].find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'HubImportRunningError' } })
  })

  it('need a folder with at least one of them', async () => {
    await expect(bench.load()).rejects.toMatchObject({ name: 'HubNoExtractsError' })
  })
})
