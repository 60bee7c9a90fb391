import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIndexBuilder } from '../../../electron/core/search/index-builder.ts'
import type { BuildState } from '../../../electron/core/search/index-builder.ts'
import { createIndexMarks } from '../../../electron/core/search/index-marks.ts'
import { find, found, openIndex } from './search-support.ts'
import type { TestIndex } from './search-support.ts'

let index: TestIndex

beforeEach(() => {
  index = openIndex()
})
afterEach(() => index.close())

function addAddress(id: string, street: string, town: string): void {
  index.writer.prepare(`INSERT INTO address (id, street, house_number, postal_code, town, province) VALUES (?, ?, '7', '34125', ?, 'TS')
    ON CONFLICT (id) DO UPDATE SET street = excluded.street, town = excluded.town`).run(id, street, town)
}

function addCustomer(code: string, lastName: string, firstName: string, addressId: string | null = null): void {
  index.writer.prepare(`INSERT INTO customer (id, brand_id, code, kind, last_name, first_name, phone, mobile, birth_day, address_id, updated_at)
    VALUES (?, 'enercasa', ?, 'person', ?, ?, '040 123456', '338 4219017', '1980-01-01', ?, '')
    ON CONFLICT (id) DO UPDATE SET last_name = excluded.last_name, first_name = excluded.first_name`).run(`enercasa:${code}`, code, lastName, firstName, addressId)
}

function addSupply(code: string, customer: string, pod: string, addressId: string, serial: string, state = 'active'): void {
  index.writer.prepare("INSERT INTO supply_point (id, brand_id, commodity, code, address_id) VALUES (?, 'enercasa', 'electricity', ?, ?)").run(`p:${pod}`, pod, addressId)
  index.writer.prepare(`INSERT INTO contract (id, brand_id, service_code, customer_id, supply_point_id, domestic, start_day, state, direct_debit, bill_delivery)
    VALUES (?, 'enercasa', ?, ?, ?, 1, '2020-01-01', ?, 0, 'paper')`).run(`enercasa:${code}`, code, `enercasa:${customer}`, `p:${pod}`, state)
  index.writer.prepare("INSERT INTO meter (id, supply_point_id, serial, kind, digits, decimals, corrector, corrector_serial) VALUES (?, ?, ?, 'direct', 6, 0, 0, NULL)")
    .run(`m:${serial}`, `p:${pod}`, serial)
}

/** Steps of no time at all, each by a builder of its own: as if the process had been killed after every one. */
function buildInPieces(limit = 10_000): BuildState {
  let state: BuildState = { done: 0, total: 0, finished: false }
  for (let i = 0; i < limit && !state.finished; i++) state = createIndexBuilder(index.writer).step(1)
  return state
}

describe('building the index from the stored records', () => {
  it('makes everything of a customer searchable: names, telephones, addresses, supplies, meters', () => {
    addAddress('a1', 'Via Battisti', 'Trieste')
    addAddress('a2', 'Salita di Gretta', 'Muggia')
    addCustomer('005007', 'Rossi', 'Mario', 'a1')
    addSupply('700123', '005007', 'IT001E12345678', 'a2', 'AB12345678', 'closed')
    addCustomer('005008', 'Bianchi', 'Anna')
    expect(buildInPieces()).toEqual({ done: 2, total: 2, finished: true })
    for (const text of ['mario rossi', '5007', 'IT001E12345678', '700123', 'AB12345678', 'battisti 7 trieste', 'gretta muggia', 'rossi 1980']) expect(found(index.lookup, text), text).toEqual([1])
    expect(found(index.lookup, '338 4219017').toSorted()).toEqual([1, 2])
    expect(find(index.lookup, 'rossi').rows[0]).toMatchObject({ active: [], closed: ['electricity'] })
    expect(find(index.lookup, 'rossi').index).toEqual({ done: 2, total: 2 })
  })

  it('searches what is there while the rest is being built, says how far it is, and goes on after a kill', () => {
    for (let i = 1; i <= 600; i++) addCustomer(String(i).padStart(6, '0'), i % 2 === 0 ? 'Rossi' : 'Bianchi', `Nome${String.fromCharCode(97 + i % 26)}`)
    let state = createIndexBuilder(index.writer).step(0.5)
    for (let i = 0; i < 1000 && state.done < 20; i++) state = createIndexBuilder(index.writer).step(0.5)
    expect(state.total).toBe(600)
    expect(state.done).toBeLessThan(600)
    expect(state.finished).toBe(false)
    expect(find(index.lookup, '000010').rows.map(row => row.code)).toEqual(['000010'])
    expect(find(index.lookup, '000600').rows).toEqual([])
    expect(find(index.lookup, 'rossi').index).toEqual({ done: state.done, total: 600 })
    expect(buildInPieces()).toEqual({ done: 600, total: 600, finished: true })
    expect(find(index.lookup, 'rossi', 200).cursor).not.toBeNull()
    expect(found(index.lookup, '000600')).toEqual([600])
  })

  it('takes up what changes later, through whichever record', () => {
    addAddress('a1', 'Via Battisti', 'Trieste')
    addCustomer('1', 'Rossi', 'Mario', 'a1')
    addSupply('S1', '1', 'IT001E11111111', 'a1', 'M1111')
    addCustomer('2', 'Verdi', 'Ugo')
    buildInPieces()
    const marks = createIndexMarks(index.writer)
    addCustomer('1', 'Rosso', 'Mario')
    marks.customer('enercasa:1')
    addSupply('S2', '2', 'IT001E22222222', 'a1', 'M2222')
    marks.contract('enercasa:2')
    marks.meter('p:IT001E22222222')
    addCustomer('3', 'Neri', 'Ada')
    expect(createIndexBuilder(index.writer).state().finished).toBe(false)
    expect(buildInPieces()).toEqual({ done: 3, total: 3, finished: true })
    expect(find(index.lookup, 'rossi mario').corrected?.to).toBe('rosso mario')
    expect(found(index.lookup, 'rosso')).toEqual([1])
    expect(found(index.lookup, 'M2222')).toEqual([2])
    expect(found(index.lookup, 'neri')).toEqual([3])
    addAddress('a1', 'Via Cavour', 'Gorizia')
    createIndexMarks(index.writer).address('a1')
    expect(buildInPieces().finished).toBe(true)
    expect(found(index.lookup, 'battisti')).toEqual([])
    expect(found(index.lookup, 'cavour gorizia').toSorted()).toEqual([1, 2])
  })

  it('brings one customer up to date at once when the desk changes it', () => {
    addCustomer('1', 'Rossi', 'Mario')
    const builder = createIndexBuilder(index.writer)
    while (!builder.step(50).finished) continue
    addCustomer('1', 'Rossi', 'Ugo')
    builder.refreshCustomer('enercasa:1')
    builder.refreshCustomer('enercasa:nobody')
    expect(found(index.lookup, 'rossi ugo')).toEqual([1])
    expect(found(index.lookup, 'rossi mario')).toEqual([])
    builder.restart()
    expect(buildInPieces()).toEqual({ done: 1, total: 1, finished: true })
    expect(found(index.lookup, 'rossi ugo')).toEqual([1])
  })

  it('makes an index of older rules anew', () => {
    addCustomer('1', 'Rossi', 'Mario')
    buildInPieces()
    index.writer.exec("DELETE FROM search_key WHERE rowid = 1; UPDATE search_state SET value = 0 WHERE name = 'rules'")
    expect(found(index.lookup, 'rossi')).toEqual([])
    expect(createIndexBuilder(index.writer).state().finished).toBe(false)
    expect(buildInPieces()).toEqual({ done: 1, total: 1, finished: true })
    expect(found(index.lookup, 'rossi')).toEqual([1])
  })

  it('has nothing to do in an empty store', () => {
    expect(createIndexBuilder(index.writer).step(5)).toEqual({ done: 0, total: 0, finished: true })
  })
})
