import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { company, count, find, found, openIndex, person, supply } from './search-support.ts'
import type { TestIndex } from './search-support.ts'

let index: TestIndex

beforeAll(() => {
  index = openIndex()
  index.indexer.putMany([
    person(1, 'Rossi', 'Mario', {
      code: '005007', taxCode: 'RSSMRA80A01H501U', phones: ['+39 338 421 9017', '040/123456'], email: 'Mario.Rossi@posta.example',
      supplies: [
        supply({ commodity: 'electricity', code: 'IT001E12345678', serviceCode: '700123', serials: ['02E5X1234567'] }),
        supply({ commodity: 'gas', code: '00880000123456', serviceCode: '700124', serials: ['AB12345678', '00098765'] }),
      ],
    }),
    person(2, 'Bianchi', 'Anna', { code: '5008', taxCode: 'BNCNNA85M41F205F', phones: ['3384219017'] }),
    company(3, 'Panificio Furlan S.n.c.', { code: '011842', vatNumber: '00743110157', taxCode: '00743110157', phones: ['+41 91 234 56 78'] }),
    person(4, 'Neri', 'Ugo', { code: '050070', supplies: [supply({ commodity: 'water', code: 'ACQ-0042', serviceCode: '12' })] }),
    person(5, 'Gallo', 'Ada', { supplies: [supply({ code: 'IT012E87654321X', serviceCode: '55555' })] }),
  ])
  index.writer.exec(`
    INSERT INTO customer (n, id, brand_id, code, kind, updated_at) VALUES (1, 'enercasa:1', 'enercasa', '005007', 'person', ''), (2, 'enercasa:2', 'enercasa', '5008', 'person', '');
    INSERT INTO invoice (id, contract_id, customer_id, number, issue_day, due_day, amount_cents, paid_cents, estimated, has_pdf)
      VALUES ('i1', 'k1', 'enercasa:2', '2026/001234', '2026-01-01', '2026-02-01', 1, 0, 0, 0);
    INSERT INTO ticket (id, code, customer_id, area, type, channel, subject, received_day, state, priority, opened_at, updated_at, origin)
      VALUES ('t1', 'T-2026-00017', 'enercasa:1', 'energy', 'report', 'phone', '', '2026-01-01', 'new', 'normal', '', '', 'desk');`)
})
afterAll(() => index.close())

describe('codes of all kinds', () => {
  it.each([
    ['customer_code', 1, ['005007', '5007', '0005007', 'OO5OO7', 'codice cliente 005007', ' 005 007 ']],
    ['tax_code', 1, ['RSSMRA80A01H501U', 'rssmra80a01h501u', 'RSS MRA 80A01 H501U', 'RSSMRA8OAO1H5O1U', 'RSSMRA80A', 'CF: RSSMRA80A01H501U', 'RSSMRA']],
    ['tax_code', 3, ['00743110157', 'IT00743110157', '743110157', '007431', 'p.iva 00743110157', '0074 3110 157']],
    ['pod', 1, ['IT001E12345678', 'it 001 e 123 456 78', 'IT001E123456789', '001E12345678', '1T0O1E12345678', 'IT001E1234', 'POD IT001E12345678']],
    ['pod', 5, ['IT012E87654321X', 'IT012E87654321', '87654321X', '87654321']],
    ['pdr', 1, ['00880000123456', '880000123456', '0088 0000 123456', '00880000']],
    ['meter_serial', 1, ['02E5X1234567', 'AB12345678', 'ab 1234 5678', '00098765', '98765', 'matricola 00098765']],
    ['service_code', 1, ['700123', '700 124']],
    ['service_code', 4, ['ACQ-0042', 'acq0042', '12']],
    ['phone', 3, ['+41 91 234 56 78', '0041912345678', '+4191234']],
    ['phone', 1, ['040123456', '040 12 34 56', '+39 040 123456', '0039 040/123456', '040123']],
    ['email', 1, ['mario.rossi@posta.example', 'MARIO.ROSSI@posta.example', 'mario.ro', '<mario.rossi@posta.example>']],
  ] as const)('finds by %s', (reason, n, texts) => {
    for (const text of texts) {
      const [row] = find(index.lookup, text).rows
      expect(row?.n, text).toBe(n)
      expect(row?.why, text).toEqual([reason])
      expect(row?.matched?.reason, text).toBe(reason)
    }
  })

  it('shows all customers of one telephone, however it is written, and opens none by itself', () => {
    for (const text of ['3384219017', '338 421 9017', '+39 338 4219017', '0039-338-4219017', '39 338 421 9017', '338.421.90.17', 'tel. 338/421 90 17', '3384219']) {
      expect(found(index.lookup, text).toSorted(), text).toEqual([1, 2])
      expect(count(index.lookup, text), text).toBe(2)
    }
  })

  it('puts the whole code before those that only begin with it', () => {
    expect(found(index.lookup, '5007')).toEqual([1, 4])
  })

  it('takes leading zeros at their word when they are typed', () => {
    expect(found(index.lookup, '05007')).toEqual([1, 4])
    expect(found(index.lookup, '0050')).toEqual([1])
  })

  it('marks the matched part of the code', () => {
    const matched = (text: string): string => {
      const hit = find(index.lookup, text).rows[0]?.matched
      return hit?.marks.map(([from, to]) => hit.value.slice(from, to)).join('|') ?? ''
    }
    expect(matched('5007')).toBe('5007')
    expect(matched('RSSMRA80')).toBe('RSSMRA80')
    expect(matched('3384219')).toBe('338 421 9')
    expect(matched('12345678')).toBe('12345678')
    expect(matched('880000123')).toBe('880000123')
    expect(matched('mario.ro')).toBe('Mario.Ro')
  })

  it('tells which contract a code belongs to', () => {
    expect(find(index.lookup, '00098765').rows[0]?.matched?.serviceCode).toBe('700124')
  })

  it('finds by the number of an invoice and the code of a ticket', () => {
    expect(find(index.lookup, '2026/001234').rows.map(row => [row.n, row.why])).toEqual([[2, ['invoice_number']]])
    expect(find(index.lookup, 't-2026-00017').rows.map(row => [row.n, row.why])).toEqual([[1, ['ticket_code']]])
    expect(count(index.lookup, 'T-2026-00017')).toBe(1)
  })

  it('searches only what the scope says', () => {
    const inScope = (text: string, scope: 'all' | 'customers' | 'supplies' | 'invoices' | 'tickets'): number[] => index.lookup.search({ text, limit: 20, scope }).rows.map(row => row.n)
    expect(inScope('IT001E12345678', 'supplies')).toEqual([1])
    expect(inScope('IT001E12345678', 'customers')).toEqual([])
    expect(inScope('rossi', 'customers')).toEqual([1])
    expect(inScope('rossi', 'supplies')).toEqual([])
    expect(inScope('2026/001234', 'invoices')).toEqual([2])
    expect(inScope('2026/001234', 'tickets')).toEqual([])
    expect(inScope('5007', 'customers')).toEqual([1, 4])
  })
})

describe('pasted text', () => {
  it('finds by the codes in a signature', () => {
    expect(found(index.lookup, 'Cordiali saluti, Mario Rossi\nC.F. RSSMRA80A01H501U\nvia Roma 12, Trieste')).toEqual([1])
  })

  it('finds the holders of a telephone with a name beside it', () => {
    expect(found(index.lookup, 'rossi 338 421 9017').toSorted()).toEqual([1, 2])
    expect(found(index.lookup, 'rossi 005007')).toEqual([1])
    expect(found(index.lookup, 'bianchi 005007')).toEqual([])
  })
})

describe('a tax code with one wrong character', () => {
  it('finds the customer through the check character and says what was put right', () => {
    for (const typed of ['RSSMRA80A01H501X', 'RSSMRA80A01H502U', 'RSSMRA80A10H501U', 'RSSMRB80A01H501U']) {
      const page = find(index.lookup, typed)
      expect(page.corrected, typed).toEqual({ from: typed, to: 'RSSMRA80A01H501U' })
      expect(page.rows.map(row => row.n), typed).toEqual([1])
      expect(page.suggestions.map(s => s.value), typed).toContain('RSSMRA80A01H501U')
      expect(count(index.lookup, typed), typed).toBe(1)
    }
  })
})
