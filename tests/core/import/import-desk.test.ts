import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIds, silentLog } from '../../../electron/core/ports.ts'
import { createUnitOfWork } from '../../../electron/core/store/unit-of-work.ts'
import type { Actor, UnitOfWork } from '../../../electron/core/store/unit-of-work.ts'
import type { ImportProgress } from '../../../electron/core/import/import-types.ts'
import { changeContact } from '../../../shared/operations/customers.ts'
import { openTicket, takeTicket } from '../../../shared/operations/tickets.ts'
import { asId } from '../../../shared/domain/ids.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { countRows, fixedClock, openBench } from './support/import-store.ts'
import type { ImportBench } from './support/import-store.ts'
import { smallExtracts, writeExtracts } from './support/small-extracts.ts'

const agent: Actor = { id: asId<PersonId>('p1'), name: 'Anna', role: 'agent' }
const ticketOf = (customerId: string) => ({
  customerId, supplyPointId: null, area: 'water' as const, type: 'report' as const, channel: 'phone' as const, receivedDay: '2026-03-09' as never,
  subject: 'Perdita in strada', text: '', priority: 'normal' as const,
})

let bench: ImportBench
let work: UnitOfWork
beforeEach(async () => {
  bench = await openBench()
  work = createUnitOfWork({ store: bench.store, clock: fixedClock, ids: createIds(fixedClock), desk: () => 'TS-01', log: silentLog, onWritten: () => undefined })
})
afterEach(() => bench.close())

describe('the desk while a load is running', () => {
  it('saves between the batches, and what it saved is still there afterwards', async () => {
    writeExtracts(bench.folder, smallExtracts(50))
    await bench.load()
    writeExtracts(bench.folder, smallExtracts(4000))
    let running = true
    const load = bench.load().finally(() => {
      running = false
    })
    const opened: string[] = []
    let duringLoad = 0
    while (running) {
      const written = await work.write(openTicket, ticketOf('etra:000007'), agent, 'wrote')
      if (!written.ok) throw new Error(written.error.code)
      opened.push(written.value.subject.id)
      if (running) duringLoad++
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const summary = await load
    expect(summary.state).toBe('done')
    expect(summary.files.every((file) => file.counts.rejected === 0)).toBe(true)
    expect(duringLoad).toBeGreaterThan(3)
    const stored = new Set(bench.store.rawReader.prepare(`SELECT id FROM ticket WHERE origin = 'desk'`).pluck().all())
    expect(opened.filter((id) => !stored.has(id))).toEqual([])
    expect(countRows(bench.store, 'customer')).toBe(4000)
  })

  it('finds customers by the index as soon as the load has ended, also those that changed', async () => {
    const files = smallExtracts(30)
    writeExtracts(bench.folder, files)
    const first = await bench.load()
    expect(first.index).toMatchObject({ customers: 30, finished: true })
    const indexed = () => bench.store.rawReader.prepare('SELECT count(*) FROM search_doc').pluck().get()
    expect(indexed()).toBe(30)
    const doc = () => bench.store.rawReader.prepare(`SELECT doc FROM search_doc WHERE n = (SELECT n FROM customer WHERE code = '000004')`).pluck().get()
    const before = doc()
    writeExtracts(bench.folder, { ...files, meters: files.meters.map((row) => row.replace('M000004;W000004', 'X999;W000004')) })
    await bench.load()
    expect(doc()).not.toEqual(before)
    expect(countRows(bench.store, 'search_dirty')).toBe(0)
  })

  it('hears of the load and then of the index, up to the end of both', async () => {
    writeExtracts(bench.folder, smallExtracts(2000))
    const heard: ImportProgress[] = []
    await bench.load({ onProgress: (progress) => heard.push(progress) })
    const load = heard.filter((progress) => progress.phase === 'load')
    expect(load.at(-1)).toMatchObject({ fileName: 'ticket_events.csv', records: 36_000 })
    expect(load.at(-1)?.done).toBe(load.at(-1)?.total)
    expect(heard.at(-1)?.phase).toBe('index')
    expect(heard.every((progress, i) => i === 0 || progress.phase === 'index' || progress.done >= (heard[i - 1]?.done ?? 0))).toBe(true)
  })
})

describe('what the desk wrote', () => {
  it('is not overwritten: a ticket of the former system that was worked on here keeps its state', async () => {
    const files = smallExtracts(3)
    files.tickets = files.tickets.map((row) => row.replace('in_charge', 'new'))
    writeExtracts(bench.folder, files)
    await bench.load()
    const taken = await work.write(takeTicket, { ticketId: 'etra:P-000001', text: '' }, agent, 'wrote')
    expect(taken.ok).toBe(true)
    writeExtracts(bench.folder, { ...files, tickets: files.tickets.map((row) => row.replace(';new;', ';closed;')) })
    const summary = await bench.load()
    expect(summary.files.find((file) => file.kind === 'tickets')?.counts).toMatchObject({ read: 3, loaded: 2, kept: 1 })
    expect(bench.store.rawReader.prepare('SELECT state FROM ticket ORDER BY id').pluck().all()).toEqual(['closed', 'in_charge', 'closed'])
  })

  it('of a customer stands over every extract, until one has said the same', async () => {
    const files = smallExtracts(3)
    writeExtracts(bench.folder, files)
    await bench.load()
    const phone = () => bench.store.rawReader.prepare(`SELECT phone FROM customer WHERE code = '000001'`).pluck().get() as string
    const billed = phone()
    const extractOf = (to: string) => writeExtracts(bench.folder, { ...files, customers: files.customers.map((row) => (row.includes(';000001;') ? row.replace('040 372 1188', to) : row)) })
    const changed = await work.write(changeContact, { customerId: 'etra:000001', changes: [{ field: 'phone', from: billed, to: '+390498098001' }] }, agent, 'wrote')
    expect(changed.ok).toBe(true)
    await bench.load()
    expect(phone()).toBe('+390498098001')
    // The billing system knows it now, and later its word counts.
    extractOf('0498098001')
    await bench.load()
    expect(phone()).toBe('+390498098001')
    extractOf('0498098002')
    await bench.load()
    expect(phone()).toBe('+390498098002')
  })

  it('stands beside the billing system’s reading of the same day', async () => {
    const files = smallExtracts(2)
    writeExtracts(bench.folder, files)
    await bench.load()
    await work.local((db) =>
      db.prepare(`INSERT INTO reading (meter_id, day, entry, source, state, value) VALUES ('etra:W:M000001', '2025-01-15', 'op-1', 'desk', 'pending', 999000)`).run())
    await bench.load()
    const entries = bench.store.rawReader.prepare(`SELECT entry, state, value FROM reading WHERE meter_id = 'etra:W:M000001' AND day = '2025-01-15' ORDER BY entry`).raw().all()
    expect(entries).toEqual([['b', 'acquired', 1_001_000], ['op-1', 'pending', 999_000]])
  })
})
