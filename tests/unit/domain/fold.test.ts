import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, foldTokens, foldWithMap, matchMarks } from '../../../shared/domain/fold.ts'

describe('folding', () => {
  it.each([
    ['ROSSI Mario', 'rossi mario'], ["NICOLO'", 'nicolo'], ['Nicolò', 'nicolo'], ['Nicolo\u0300', 'nicolo'], ['D’Angelo', 'd angelo'], ["d'angelo", 'd angelo'],
    ['Groß', 'gross'], ['Søren Đurić', 'soren duric'], ['Łukasz Æther', 'lukasz aether'], ['  A.B.  S.r.l. ', 'a b s r l'], ['İstanbul ığdır', 'istanbul igdir'],
    ['ＦＵＬＬ　ｗｉｄｔｈ', 'full width'], ['coo\u00adperativa', 'cooperativa'], ['Ｏﬃcina', 'officina'], ['', ''], ['—', ''], ['Иван', 'иван'], ['李明', '李明'], ['\ud800', ''],
    ['a\ud800b', 'a b'], ['n° 12/B', 'n 12 b'], ['rossi ', 'rossi'], ['rossi  mario', 'rossi mario'],
  ])('%j becomes %j', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  it('gives words', () => {
    expect(foldTokens(" D'Angelo  Nicolò ")).toEqual(['d', 'angelo', 'nicolo'])
    expect(foldTokens('...')).toEqual([])
  })

  it('is idempotent, trimmed, and the same with and without the map', () => {
    fc.assert(fc.property(fc.string({ unit: fc.oneof(fc.constantFrom(...'aZ0 \'’.-'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.constantFrom('\ud800', '\udc00', '\u0301', 'ß', 'Æ', 'ﬃ')) }), text => {
      const folded = fold(text)
      expect(fold(folded)).toBe(folded)
      expect(folded).not.toMatch(/^ | $| {2}/)
      const mapped = foldWithMap(text)
      expect(mapped.text).toBe(folded)
      expect(mapped.starts.length).toBe(folded.length)
      expect(mapped.ends.length).toBe(folded.length)
      mapped.starts.forEach((start, i) => {
        const end = mapped.ends[i] ?? -1
        expect(start).toBeGreaterThanOrEqual(mapped.starts[i - 1] ?? 0)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(text.length)
      })
    }), { numRuns: 1000 })
  })

  it('is idempotent for every character there is', () => {
    for (let codePoint = 0; codePoint < 0x30000; codePoint++) {
      const folded = fold(String.fromCodePoint(codePoint))
      if (fold(folded) !== folded) expect.fail(`U+${codePoint.toString(16)}`)
    }
  })
})

describe('highlighting', () => {
  const marked = (text: string, typed: string): string[] => matchMarks(text, foldTokens(typed)).map(([start, end]) => text.slice(start, end))

  it('marks the original spelling', () => {
    expect(marked('Nicolò D’Angelò', 'nicolo ang')).toEqual(['Nicolò', 'Ang'])
    expect(marked('Nicolo\u0300 Rossi', 'nicolo')).toEqual(['Nicolo\u0300'])
    expect(marked('Groß', 'gros')).toEqual(['Groß'])
    expect(marked('ROSSI Rosa', 'ros')).toEqual(['ROS', 'Ros'])
    expect(marked('Mario', 'ario')).toEqual([])
    expect(marked('Rossi', 'ros rossi')).toEqual(['Rossi'])
  })
})
