import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { documentKeys } from '../../../electron/core/search/document-keys.ts'
import { decodeDocument, encodeDocument } from '../../../electron/core/search/stored-document.ts'
import { address, count, find, found, openIndex, person, supply } from './search-support.ts'
import type { TestIndex } from './search-support.ts'

let index: TestIndex
const full = person(1, 'Rossi', 'Mario', {
  taxCode: 'RSSMRA80A01H501U', phones: ['3384219017'], email: 'lux@x.example', birthYear: 1980, vulnerable: true, emailUnreachable: true,
  address: address('Via Battisti', '14/A', 'Trieste', '34125', 'TS'),
  supplies: [
    supply({ commodity: 'gas', code: '00880000123456', serviceCode: '77', serials: ['G1', 'G2'], address: address('Via Udine', '3', 'Gorizia') }),
    supply({ commodity: 'waste', code: 'R1', serviceCode: '78', active: false, endDay: '2024-01-31' }),
  ],
})

/** Every key in the store with the customers it leads to. */
function storedKeys(): string[] {
  return index.writer.prepare("SELECT term || ' ' || doc FROM search_key_row ORDER BY 1").pluck().all().map(String)
}

function terms(): string[] {
  return index.writer.prepare('SELECT term FROM search_term ORDER BY term').pluck().all().map(String)
}

beforeEach(() => {
  index = openIndex()
})
afterEach(() => index.close())

describe('the stored document', () => {
  it('comes back as it was', () => {
    expect(decodeDocument(1, encodeDocument(full))).toEqual(full)
    expect(decodeDocument(2, encodeDocument(person(2, 'Hu', 'Li')))).toEqual(person(2, 'Hu', 'Li'))
  })
})

describe('indexing', () => {
  it('stores exactly the keys of the document, however often it is put', () => {
    const wanted = [...new Set(documentKeys(full))].map(key => `${key} 1`).toSorted()
    index.indexer.put(full)
    expect(storedKeys().toSorted()).toEqual(wanted)
    index.indexer.put(full)
    index.indexer.putMany([full, full])
    expect(storedKeys().toSorted()).toEqual(wanted)
  })

  it('leaves nothing behind of what was replaced or taken out, not even the words for corrections', () => {
    index.indexer.put(full)
    index.indexer.put(person(2, 'Rossi', 'Anna'))
    index.indexer.put({ ...full, lastName: 'Zanier', phones: [], supplies: [] })
    expect(storedKeys().toSorted()).toEqual([...documentKeys({ ...full, lastName: 'Zanier', phones: [], supplies: [] }).map(key => `${key} 1`), ...documentKeys(person(2, 'Rossi', 'Anna')).map(key => `${key} 2`)].toSorted())
    for (const text of ['rossi mario', '3384219017', '00880000123456', 'udine']) expect(found(index.lookup, text), text).toEqual([])
    expect(index.indexer.remove(1)).toBe(true)
    expect(index.indexer.remove(1)).toBe(false)
    expect(terms()).toEqual(['anna', 'rossi'])
    index.indexer.remove(2)
    expect(storedKeys()).toEqual([])
    expect(terms()).toEqual([])
    while (index.indexer.tidy(-16)) continue
    expect(index.writer.prepare('SELECT count(*) FROM search_doc').pluck().get()).toBe(0)
  })

  it('finds the same in many pieces as in one', () => {
    for (let n = 1; n <= 300; n++) index.indexer.putMany([person(n, n % 3 === 0 ? 'Rossi' : 'Bianchi', `Maria${n}`)])
    const before = find(index.lookup, 'ros mar', 200).rows.map(row => row.n)
    while (index.indexer.tidy(-4)) continue
    expect(find(index.lookup, 'ros mar', 200).rows.map(row => row.n)).toEqual(before)
    expect(before).toHaveLength(100)
    expect(count(index.lookup, 'bian mar')).toBe(200)
  })

  it('keeps within bounds for a customer with hundreds of supplies', () => {
    const many = person(1, 'Amministratore', 'Ugo', {
      supplies: Array.from({ length: 400 }, (_, i) => supply({ code: `P${i}X`, serviceCode: `S${i}X`, serials: [`M${i}X`], address: address(`Via Numero${i}`, String(i), 'Trieste') })),
    })
    expect(documentKeys(many).length).toBeLessThan(400 * 40)
    index.indexer.put(many)
    expect(find(index.lookup, 'P399X').rows.map(row => row.matched?.serviceCode)).toEqual(['S399X'])
    expect(find(index.lookup, 'trieste').rows).toHaveLength(1)
    expect(count(index.lookup, 'trieste via')).toBe(1)
  })
})
