import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { companies, documentOf, firsts, mailboxes, matches, streets, surnames, towns } from './oracle.ts'
import type { Seed } from './oracle.ts'
import { count, openIndex, scroll } from './search-support.ts'

const index = fc.nat({ max: 59 })
const seed: fc.Arbitrary<Seed> = fc.record({
  person: fc.integer({ min: 0, max: 3 }).map(x => x > 0), surname: index, first: index, company: index, mailbox: index,
  places: fc.array(fc.tuple(index, index, index), { maxLength: 3 }), code: fc.integer({ min: 1, max: 99_999 }), year: fc.integer({ min: 1950, max: 1954 }),
  active: fc.boolean(),
})

const vocabulary = [
  ...[...surnames, ...firsts, ...companies].flatMap(item => [...item.words, ...item.whole]), ...[...streets, ...towns].flatMap(item => item.words),
  ...mailboxes.flatMap(([, words]) => words), 'via', 'zzz',
]
const word = fc.tuple(fc.constantFrom(...vocabulary), fc.integer({ min: 1, max: 10 })).map(([text, letters]) => text.slice(0, letters))
const number = fc.constantFrom('1', '14', '14a', '1950', '1953')
/** Alone, such a beginning may also be that of a tax code or the like; in this world there are none. */
const text = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 4 }).map(words => words.join(' ')),
  fc.tuple(fc.array(word, { minLength: 1, maxLength: 3 }), number).map(([words, figure]) => [...words, figure].join(' ')),
)

const oneSeedOnly = { numRuns: 10 } as const

describe('scrolling to the end', () => {
  it('gives every match exactly once, in a stable order, and the count agrees', () => {
    fc.assert(fc.property(
      fc.array(seed, { minLength: 1, maxLength: 150 }), fc.array(seed, { maxLength: 30 }), fc.array(fc.nat({ max: 149 }), { maxLength: 20 }),
      fc.array(text, { minLength: 10, maxLength: 30 }), fc.integer({ min: 1, max: 40 }),
      (first, changed, gone, texts, limit) => {
        const store = openIndex()
        try {
          const world = new Map(first.map((item, i) => [i + 1, item]))
          store.indexer.putMany([...world].map(([n, item]) => documentOf(n, item)))
          // Some are replaced, some taken out: nothing of what they were may be found any more.
          changed.forEach((item, i) => {
            const n = (i * 7) % (first.length + 3) + 1
            world.set(n, item)
            store.indexer.put(documentOf(n, item))
          })
          for (const n of gone) {
            world.delete(n + 1)
            store.indexer.remove(n + 1)
          }
          for (const query of texts) {
            const wanted = [...world].filter(([, item]) => matches(item, query)).map(([n]) => n).toSorted((a, b) => a - b)
            const rows = scroll(store.lookup, query, limit).filter(row => !row.why.includes('typo'))
            expect(rows.map(row => row.n).toSorted((a, b) => a - b), query).toEqual(wanted)
            if (wanted.length === 0) continue
            expect(count(store.lookup, query), query).toBe(wanted.length)
            expect(scroll(store.lookup, query, 7).map(row => row.n), query).toEqual(rows.map(row => row.n))
          }
        } finally {
          store.close()
        }
      },
    ), oneSeedOnly)
  })

  it('puts active customers before closed ones among equal reasons, and those in alphabetical order', () => {
    const store = openIndex()
    try {
      const people: Seed[] = ['Mario', 'Marco', 'Li'].flatMap((_, first) => [true, false].map(active => ({
        person: true, surname: 0, first: first === 0 ? 0 : first === 1 ? 2 : 3, company: 0, mailbox: 2, places: [[0, 0, 0], [1, 1, 1]] as const, code: first * 2 + (active ? 1 : 2), year: 1950, active,
      })))
      store.indexer.putMany(people.map((item, i) => documentOf(i + 1, item)))
      expect(scroll(store.lookup, 'rossi', 4).map(row => row.name + (row.closedYear === null ? '' : ' †'))).toEqual(
        ['Rossi Li', 'Rossi Marco', 'Rossi Mario', 'Rossi Li †', 'Rossi Marco †', 'Rossi Mario †'])
    } finally {
      store.close()
    }
  })
})

describe('any text at all', () => {
  it('is answered without an error', () => {
    const store = openIndex()
    try {
      store.indexer.putMany([documentOf(1, { person: true, surname: 4, first: 4, company: 0, mailbox: 1, places: [[2, 2, 1]], code: 5007, year: 1950, active: true })])
      fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ maxLength: 3000 })), (garbage) => {
        expect(store.lookup.search({ text: garbage, limit: 20 }).rows.length).toBeLessThanOrEqual(20)
        store.lookup.count(garbage).step(0)
        expect(store.lookup.search({ text: garbage, limit: 20, cursor: garbage }).rows.length).toBeLessThanOrEqual(20)
      }), { numRuns: 400 })
      for (const hostile of ['%', '_', '"', "'", '*', 'NEAR(a b)', 'a AND', '\u0000', '\ud800', '!!!', 's0', 'q', '1'.repeat(2000), 'a '.repeat(1000), '((((((((', '-'.repeat(500)]) {
        expect(() => store.lookup.search({ text: hostile, limit: 20 }), hostile).not.toThrow()
      }
    } finally {
      store.close()
    }
  })
})
