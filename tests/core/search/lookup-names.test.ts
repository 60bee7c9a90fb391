import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { address, company, count, find, found, openIndex, person, supply } from './search-support.ts'
import type { TestIndex } from './search-support.ts'

let index: TestIndex
const trieste = address('Via Battisti', '14', 'Trieste', '34125', 'TS')
const closed = [supply({ active: false, endDay: '2024-03-31', serviceCode: '77001' })]

beforeAll(() => {
  index = openIndex()
  index.indexer.putMany([
    person(1, 'Rossi', 'Mario', { birthYear: 1980, address: trieste }),
    person(2, 'Rossi', 'Mario', { birthYear: 1957, address: address('Strada di Fiume', '203', 'Trieste') }),
    person(3, 'Rossi', 'Maria Grazia'),
    person(4, 'Rossi', 'Anna', { supplies: closed }),
    person(5, 'Rossini', 'Marta'),
    company(6, 'Autofficina Rossi Marcello & C. S.n.c.'),
    person(7, 'De Rossi', 'Mariangela'),
    person(8, 'Ferri', 'Paola', { email: 'mar.rossi@studioferri.example' }),
    person(9, 'Bianchi', 'Luca', { address: address('Via Mario Rossi', '12', 'Monfalcone') }),
    person(10, "D'Amico", 'Nicolò'),
    person(11, 'Lo Bianco', 'Søren'),
    company(12, 'Panificio Furlan S.R.L.', { address: address("Via dell'Istria", '3/A', "Reggio nell'Emilia") }),
    person(13, 'Hu', 'Li'),
    person(14, 'Mario', 'Rosa'),
    person(15, 'Verdi', 'Rossano', { supplies: closed }),
    person(16, 'Kovačič', 'Jože', { address: address('Piazza Unità d’Italia', '1', "L'Aquila") }),
  ])
})
afterAll(() => index.close())

describe('finding people by name', () => {
  it('takes surname and first name in either order, half typed', () => {
    for (const text of ['rossi mario', 'mario rossi', 'ROSSI  Mario', 'rossi, mario', 'mar rossi', 'rossi ma', 'ross mari', 'mari ross', 'ro mar']) {
      expect(found(index.lookup, text).slice(0, 3).toSorted(), text).toEqual(expect.arrayContaining([1, 2]))
    }
  })

  it('puts the surname with first name before companies, compound surnames, e-mail and address', () => {
    expect(found(index.lookup, 'rossi mar')).toEqual([3, 1, 2, 5, 6, 7, 8, 9])
  })

  it('puts the exact full name first', () => {
    expect(found(index.lookup, 'mario rossi').slice(0, 2)).toEqual([1, 2])
    expect(found(index.lookup, 'hu li')).toEqual([13])
    expect(found(index.lookup, 'li hu')).toEqual([13])
  })

  it('puts customers with only closed contracts behind the others of the same rank', () => {
    expect(found(index.lookup, 'rossi').slice(0, 5)).toEqual([3, 1, 2, 4, 5])
  })

  it('says why a row is there', () => {
    const why = new Map(find(index.lookup, 'rossi mar').rows.map(row => [row.n, row.why]))
    expect(why.get(1)).toEqual(['name'])
    expect(why.get(6)).toEqual(['company'])
    expect(why.get(7)).toEqual(['other_name'])
    expect(why.get(8)).toEqual(['email'])
    expect(why.get(9)).toEqual(['address'])
    expect(find(index.lookup, 'rossan').rows[0]?.why).toEqual(['first_name'])
  })

  it('marks what was typed where it stands', () => {
    const rows = find(index.lookup, 'rossi mar').rows
    const marked = (text: string, marks: readonly (readonly [number, number])[]): string[] => marks.map(([from, to]) => text.slice(from, to))
    const mario = rows.find(row => row.n === 1)
    expect(marked(mario?.name ?? '', mario?.marks.name ?? [])).toEqual(['Rossi', 'Mar'])
    const street = rows.find(row => row.n === 9)
    expect(marked(street?.address?.street ?? '', street?.marks.street ?? [])).toEqual(['Mar', 'Rossi'])
    const mail = rows.find(row => row.n === 8)
    expect(mail?.matched?.value).toBe('mar.rossi@studioferri.example')
    const [apart] = find(index.lookup, 'damico').rows
    expect(marked(apart?.name ?? '', apart?.marks.name ?? [])).toEqual(['D', 'Amico'])
    expect(marked(mail?.matched?.value ?? '', mail?.matched?.marks ?? [])).toEqual(['mar', 'rossi'])
  })

  it('forgives diacritics, apostrophes and small words in all the ways they are written', () => {
    for (const text of ["d'amico", 'damico', 'd amico', 'D’AMICO', 'amico', 'nicolo damico', 'NICOLO’ D AMICO', 'Nicolò']) {
      expect(found(index.lookup, text), text).toContain(10)
    }
    for (const text of ['lo bianco', 'lobianco', 'soren lobianco', 'Søren']) expect(found(index.lookup, text), text).toContain(11)
    for (const text of ['kovacic', 'Kovačič Jože', 'joze kov']) expect(found(index.lookup, text), text).toEqual([16])
    expect(found(index.lookup, 'derossi')).toEqual([7])
    expect(found(index.lookup, 'de rossi')[0]).toBe(7)
  })

  it('finds companies by any word, with and without the legal form', () => {
    for (const text of ['furlan', 'panificio', 'panificio furlan srl', 'furlan panif', 'Panificio Furlan S.r.l.']) expect(found(index.lookup, text), text).toEqual([12])
    expect(found(index.lookup, 'autofficina rossi marcello & c snc')).toEqual([6])
  })

  it('needs every word, and each for itself', () => {
    expect(found(index.lookup, 'rossi rossi')).toEqual([])
    expect(found(index.lookup, 'rossi mario trieste').toSorted()).toEqual([1, 2])
    expect(found(index.lookup, 'rossi mario gorizia')).toEqual([])
    expect(found(index.lookup, 'grazia rossi')).toEqual([3])
    expect(found(index.lookup, 'maria grazia rossi')).toEqual([3])
  })

  it('tells homonyms apart by birth year, house number and postal code', () => {
    expect(found(index.lookup, 'rossi 1980')).toEqual([1])
    expect(found(index.lookup, 'mario rossi 1957')).toEqual([2])
    expect(found(index.lookup, 'rossi 203')).toEqual([2])
    expect(found(index.lookup, 'rossi 34125')).toEqual([1])
  })
})

describe('finding people by address', () => {
  it('takes street, house number and town in any order, whole or in part', () => {
    for (const text of ['via battisti 14', 'battisti 14', 'Via Battisti 14, 34125 Trieste (TS)', 'trieste battisti', 'batt trie', 'battisti 14 trieste', 'rossi battisti']) {
      expect(found(index.lookup, text), text).toEqual([1])
    }
    for (const text of ['istria 3', "via dell'Istria 3/a", 'istria 3a', 'emilia istria', 'reggio emilia furlan', 'nellemilia']) expect(found(index.lookup, text), text).toEqual([12])
    for (const text of ['aquila', "l'aquila", 'laquila', 'piazza unita ditalia', "unità d'italia"]) expect(found(index.lookup, text), text).toContain(16)
  })

  it('does not put together the street of one address with the town of another', () => {
    index.indexer.put(person(20, 'Zanier', 'Elena', {
      address: address('Via Udine', '66', 'Gorizia'), supplies: [supply({ address: address('Salita di Gretta', '38', 'Muggia'), serviceCode: '88' })],
    }))
    expect(found(index.lookup, 'udine gorizia')).toEqual([20])
    expect(found(index.lookup, 'gretta muggia')).toEqual([20])
    expect(found(index.lookup, 'udine muggia')).toEqual([])
    expect(found(index.lookup, 'zanier udine muggia')).toEqual([])
    expect(find(index.lookup, 'gretta').rows[0]?.address?.town).toBe('Muggia')
  })

  it('puts addresses first where a street type is typed', () => {
    expect(found(index.lookup, 'via rossi')[0]).toBe(9)
    expect(found(index.lookup, 'rossi')[0]).not.toBe(9)
  })
})

describe('one slip of the hand', () => {
  it('finds the name one edit away when nothing else matches, and says so', () => {
    for (const [typed, meant, n] of [['rosis mario', 'rossi mario', 1], ['rossi maroi', 'rossi mario', 1], ['ferrri', 'ferri', 8], ['feri paola', 'ferri paola', 8], ['furkan', 'furlan', 12], ['kovacix', 'kovacic', 16]] as const) {
      const page = find(index.lookup, typed)
      expect(page.corrected, typed).toEqual({ from: typed, to: meant })
      expect(page.rows.map(row => row.n), typed).toContain(n)
      expect(page.rows[0]?.why, typed).toContain('typo')
      expect(count(index.lookup, typed), typed).toBe(page.rows.length)
    }
  })

  it('leaves alone what finds something as it is typed', () => {
    expect(find(index.lookup, 'rossi').corrected).toBeUndefined()
    expect(find(index.lookup, 'zzzzzzz').corrected).toBeUndefined()
    expect(find(index.lookup, 'zzzzzzz').rows).toEqual([])
  })
})
