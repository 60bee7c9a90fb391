import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFormat } from '../../../renderer/src/ui/format.ts'
import { dotsFor } from '../../../renderer/src/ui/masked.ts'
import { digitsOf, emptyDigits, filledFrom, missingIn, turned, valueOf } from '../../../renderer/src/ui/meter/digits.ts'
import { filterRows, nextSorting, sortRows, tableCsv } from '../../../renderer/src/ui/table/table-model.ts'
import type { Column } from '../../../renderer/src/ui/table/table-model.ts'
import { messages } from '../../../shared/locales/index.ts'
import type { MessageTree } from '../../../shared/locales/shape.ts'

describe('figures and dates', () => {
  const it_ = createFormat('it')
  const en = createFormat('en')
  it('are written as the desk writes them', () => {
    expect(it_.cents(48_620)).toBe('486,20\u00a0€')
    expect(it_.cents(-700)).toBe('−7,00\u00a0€')
    expect(en.cents(48_620)).toBe('€486.20')
    expect(it_.number(1311)).toBe('1.311')
    expect(it_.number(52.75, 1)).toBe('52,8')
    expect(it_.date('2026-11-20')).toBe('20/11/2026')
    expect(it_.dayShort('2026-11-25', '2026-11-20')).toBe('mer 25/11')
    expect(it_.dayShort('2027-01-13', '2026-11-20')).toBe('mer 13/01/2027')
    expect(it_.dayLong('2026-11-20')).toBe('venerdì 20 novembre 2026')
    expect(it_.percent(0.84)).toBe('84\u00a0%')
    expect(it_.duration(252)).toBe('04:12')
  })
  it('show Italian time whatever the machine says, and never slip a civil day', () => {
    expect(it_.time('2026-11-20T08:08:00Z')).toBe('9:08')
    expect(it_.time('2026-11-19T23:05:00Z')).toBe('0:05')
    expect(it_.timeExact('2026-11-20T09:42:07Z')).toBe('10:42:07')
    expect(it_.dateTime('2026-03-28T23:30:00Z')).toBe('29/03/2026 0:30')
    expect(it_.date('2026-03-29')).toBe('29/03/2026')
  })
  it('show nothing for what is no date', () => {
    expect(it_.date('soon')).toBe('')
  })
})

describe('the drums', () => {
  it('show any number of the meter and read it back', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(), (count, value) => {
      const fits = value % 10 ** count
      expect(valueOf(digitsOf(fits, count))).toBe(fits)
    }))
  })
  it('come back after ten turns', () => {
    fc.assert(fc.property(fc.nat(99_999), fc.nat(4), fc.constantFrom(1 as const, -1 as const), (value, index, step) => {
      let digits = digitsOf(value, 5)
      for (let turn = 0; turn < 10; turn += 1) digits = turned(digits, index, step)
      expect(valueOf(digits)).toBe(value)
    }))
  })
  it('read nothing while a digit is missing, and take what is pasted from the left', () => {
    expect(valueOf(emptyDigits(5))).toBeNull()
    expect(valueOf(filledFrom('45.913,204', 5))).toBe(45_913)
    expect(missingIn(filledFrom('45', 5))).toBe(3)
    expect(valueOf(filledFrom('letto 01 311 circa', 5))).toBe(1311)
  })
})

type Row = { readonly name: string; readonly amount: number | null }
const columns: readonly Column<Row>[] = [
  { id: 'name', title: 'Nome', value: (row) => row.name },
  { id: 'amount', title: 'Importo', value: (row) => row.amount, kind: 'num' },
]
const rows: readonly Row[] = [{ name: 'Zanièr', amount: 10 }, { name: 'Rossi', amount: null }, { name: 'rossi', amount: 9 }, { name: 'Dario', amount: -2 }]

describe('a table', () => {
  it('sorts figures as figures and keeps empty cells last both ways', () => {
    const names = (descending: boolean): string[] => sortRows(rows, columns, { column: 'amount', descending }).map(({ name }) => name)
    expect(names(false)).toEqual(['Dario', 'rossi', 'Zanièr', 'Rossi'])
    expect(names(true)).toEqual(['Zanièr', 'rossi', 'Dario', 'Rossi'])
    expect(nextSorting({ column: 'amount', descending: true }, 'amount')).toBeNull()
  })
  it('filters whatever the case, the accents and the order of words', () => {
    expect(filterRows(rows, columns, '10 zanier').map(({ name }) => name)).toEqual(['Zanièr'])
    expect(filterRows(rows, columns, ' ')).toHaveLength(4)
  })
  it('exports text that no spreadsheet runs', () => {
    const csv = tableCsv([{ name: '=HYPERLINK("x")', amount: -2.5 }, { name: 'a;b', amount: null }], columns)
    expect(csv).toBe('\ufeffNome;Importo\r\n"\'=HYPERLINK(""x"")";-2,5\r\na;b;\r\n'.replace('\r\na;b;', '\r\n"a;b";'))
  })
})

describe('masked text', () => {
  it('shows the class of the length, never the length', () => {
    expect(dotsFor(7)).toBe(dotsFor(10))
    expect(dotsFor(40)).toBe(16)
  })
})

describe('the words', () => {
  const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted()
  function leaves(tree: MessageTree, path = ''): [string, string][] {
    return Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`)))
  }
  it('have the same gaps and plural forms in both languages', () => {
    const english = new Map(leaves(messages.en))
    for (const [key, italian] of leaves(messages.it)) {
      const other = english.get(key) ?? ''
      expect([key, placeholders(other), other.split('|').length]).toEqual([key, placeholders(italian), italian.split('|').length])
    }
  })
})
