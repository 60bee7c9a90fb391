import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBench } from './support/import-store.ts'
import type { ImportBench } from './support/import-store.ts'
import { smallExtracts, writeExtracts } from './support/small-extracts.ts'

let bench: ImportBench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

/** The lines of a list without its header. */
function list(name: string): string[] {
  return readFileSync(join(bench.rejects, name), 'utf8').replace('\uFEFF', '').trimEnd().split('\r\n').slice(1)
}

describe('lines that cannot be loaded', () => {
  it('are listed with line, field and reason in both languages, and the rest is loaded', async () => {
    const files = smallExtracts(10)
    files.contracts.splice(3, 0, 'etra;X-01;999999;water;W000001;S;2011-03-14;;active;N;paper', 'etra;X-02;000001;gas;033400097490210;S;2011-03-14;;active;N;paper')
    files.readings.push('etra;water;MISSING;2025-01-15;company;acquired;12', 'etra;water;M000001;2025-02-30;company;acquired;12')
    writeExtracts(bench.folder, files)
    const summary = await bench.load()
    expect(list('contracts.rejects.csv')).toEqual([
      '4;customer_code;reference_missing;Il record indicato non esiste;The record named here does not exist',
      '5;supply_point_code;pdr_length;Il PDR non ha 14 cifre;The PDR does not have 14 digits',
    ])
    expect(list('readings.rejects.csv').map((line) => line.split(';').slice(0, 3))).toEqual([
      ['62', 'serial', 'reference_missing'],
      ['63', 'day', 'day_not_in_calendar'],
    ])
    expect(summary.files.find((file) => file.kind === 'contracts')?.counts).toMatchObject({ read: 12, loaded: 10, rejected: 2 })
    expect(existsSync(join(bench.rejects, 'customers.rejects.csv'))).toBe(false)
  })

  it('name no value of the line', async () => {
    const files = smallExtracts(2)
    files.customers.push('etra;secret-code-1;person;;;;;;;;;;;N;;')
    writeExtracts(bench.folder, files)
    await bench.load()
    expect(readFileSync(join(bench.rejects, 'customers.rejects.csv'), 'utf8')).not.toContain('secret-code-1')
  })

  it('leave no list of an earlier load behind once they are mended', async () => {
    const files = smallExtracts(3)
    writeExtracts(bench.folder, { ...files, customers: [...files.customers, 'etra;x;person;;;;;;;;;;;N;;'] })
    await bench.load()
    expect(existsSync(join(bench.rejects, 'customers.rejects.csv'))).toBe(true)
    writeExtracts(bench.folder, files)
    await bench.load()
    expect(existsSync(join(bench.rejects, 'customers.rejects.csv'))).toBe(false)
  })

  it('do not stop at a file without its header: it is refused as a whole and the others are loaded', async () => {
    const files = smallExtracts(3)
    writeExtracts(bench.folder, { ...files, tickets: ['brand;code', 'etra;1'] })
    const summary = await bench.load()
    const tickets = summary.files.find((file) => file.kind === 'tickets')
    expect(tickets?.state).toBe('refused')
    expect(tickets?.refusal).toMatchObject({ reason: 'header_columns', repeated: [] })
    expect(summary.files.find((file) => file.kind === 'invoices')?.counts.loaded).toBe(12)
  })
})

describe('lines loaded with a warning', () => {
  it('a repeated key: the later row stands', async () => {
    const files = smallExtracts(5)
    files.addresses.push('etra;A000002;Via Carducci;1;34125;Trieste;TS;L424')
    writeExtracts(bench.folder, files)
    const summary = await bench.load()
    expect(bench.store.rawReader.prepare(`SELECT street FROM address WHERE id = 'etra:A000002'`).pluck().get()).toBe('Via Carducci')
    expect(list('addresses.warnings.csv').map((line) => line.split(';').slice(0, 4))).toEqual([['7', 'code', 'duplicate_key', 'changed']])
    expect(summary.files[0]?.counts).toMatchObject({ read: 6, loaded: 6, warned: 1, rejected: 0 })
  })

  it('a name of an address that is not there: the customer is loaded without it', async () => {
    const files = smallExtracts(2)
    files.customers.push('etra;900001;person;Verdi;Anna;;;;;;;;;N;;NOWHERE')
    writeExtracts(bench.folder, files)
    await bench.load()
    expect(bench.store.rawReader.prepare(`SELECT last_name, address_id FROM customer WHERE code = '900001'`).get()).toEqual({ last_name: 'Verdi', address_id: null })
    expect(list('customers.warnings.csv').map((line) => line.split(';').slice(0, 4))).toContainEqual(['4', 'address_code', 'reference_missing', 'dropped'])
  })
})

describe('tickets of the former system', () => {
  it('with a number that another brand has are refused', async () => {
    const files = smallExtracts(2)
    files.customers.push('unogas;000001;person;Verdi;Anna;;;;;;;;;N;;')
    files.tickets.push('unogas;P-000001;000001;;;energy;complaint;phone;Altro;2025-03-01;new;')
    writeExtracts(bench.folder, files)
    await bench.load()
    expect(list('tickets.rejects.csv').map((line) => line.split(';').slice(0, 3))).toEqual([['4', 'code', 'duplicate_key']])
  })

  it('keep their story: a step that was loaded is never rewritten', async () => {
    const files = smallExtracts(2)
    writeExtracts(bench.folder, files)
    await bench.load()
    writeExtracts(bench.folder, { ...files, ticket_events: files.ticket_events.map((row) => row.replace('Chiamata.', 'Altro.')) })
    const summary = await bench.load()
    expect(summary.files.find((file) => file.kind === 'ticket_events')?.counts).toMatchObject({ read: 4, unchanged: 2, kept: 2, loaded: 0 })
    expect(bench.store.rawReader.prepare(`SELECT count(*) FROM ticket_event WHERE text = 'Chiamata.'`).pluck().get()).toBe(2)
  })
})
