import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { homonymsOf, sharedContact } from '../../../renderer/src/features/lookup/lookup-notes.ts'
import { alertLook, reasonKeys, scopes, searchReasons, whyWords } from '../../../renderer/src/features/lookup/lookup-words.ts'
import { pieces } from '../../../renderer/src/features/lookup/marked.ts'
import { recentTime } from '../../../renderer/src/features/lookup/recent-time.ts'
import { noteHeight, rowAt, rowHeightFor, rowTop } from '../../../renderer/src/features/lookup/result-layout.ts'
import { lookupScopes, matchReasons } from '../../../shared/contract/lookup.ts'
import { languages } from '../../../shared/locales/index.ts'
import { messageOf, speech } from '../desk/desk-harness.ts'
import { sampleRow } from './sample-rows.ts'

const named = (...names: readonly string[]) => names.map((text, index) => sampleRow(`c${index}`, { name: { text, marks: [] } }))

describe('homonyms', () => {
  it('are pointed out below the last of them', () => {
    expect(homonymsOf(named('Rossi Mario', 'ROSSI MARIO', 'Rossi Maria'), true)).toEqual([{ after: 1, first: 0, count: 2, name: 'Rossi Mario', kind: 'person' }])
  })

  it('wait for their note while more of them may follow', () => {
    expect(homonymsOf(named('Bruni Ada', 'Rossi Mario', 'Rossi Mario'), false)).toEqual([])
    expect(homonymsOf(named('Bruni Ada', 'Rossi Mario', 'Rossi Mario'), true)).toHaveLength(1)
  })

  it('are not a person and a company of one name', () => {
    expect(homonymsOf([sampleRow('a', { name: { text: 'Rossi', marks: [] } }), sampleRow('b', { kind: 'company', name: { text: 'Rossi', marks: [] } })], true)).toEqual([])
  })

  it('are none in an empty list', () => {
    expect(homonymsOf([], true)).toEqual([])
  })
})

describe('several customers on one number', () => {
  it('are pointed out for telephones and e-mail addresses', () => {
    const by = (reason: 'phone' | 'email' | 'name', count: number) => Array.from({ length: count }, (_, index) => sampleRow(`c${index}`, { reasons: [reason] }))
    expect(sharedContact(by('phone', 3))).toBe('phone')
    expect(sharedContact(by('email', 2))).toBe('email')
    expect(sharedContact(by('phone', 1))).toBeNull()
    expect(sharedContact(by('name', 5))).toBeNull()
  })
})

describe('highlighted text', () => {
  it('is never changed by its marks', () => {
    const mark = fc.tuple(fc.integer({ min: -3, max: 30 }), fc.integer({ min: -3, max: 30 }))
    fc.assert(fc.property(fc.string({ maxLength: 20 }), fc.array(mark, { maxLength: 5 }), (text, marks) => {
      expect(pieces({ text, marks }).map((piece) => piece.text).join('')).toBe(text)
    }))
  })

  it('marks what matched', () => {
    expect(pieces({ text: 'Rossi Mario', marks: [[6, 9], [0, 5]] })).toEqual([
      { text: 'Rossi', marked: true },
      { text: ' ', marked: false },
      { text: 'Mar', marked: true },
      { text: 'io', marked: false },
    ])
  })
})

describe('the place of a row', () => {
  const layouts = fc.record({ count: fc.integer({ min: 1, max: 400 }), after: fc.uniqueArray(fc.integer({ min: 0, max: 399 }), { maxLength: 30 }), height: fc.constantFrom(44, 48, 54) })

  it('is found again from every pixel it covers', () => {
    fc.assert(fc.property(layouts, fc.nat(), ({ count, after, height }, seed) => {
      const notes = after.filter((index) => index < count).toSorted((one, other) => one - other)
      const index = seed % count
      const top = rowTop(index, height, notes)
      expect(rowAt(top, count, height, notes)).toBe(index)
      expect(rowAt(top + height - 1, count, height, notes)).toBe(index)
    }))
  })

  it('leaves room for the notes above it', () => {
    expect(rowTop(3, 48, [1])).toBe(3 * 48 + noteHeight)
    expect(rowTop(1, 48, [1])).toBe(48)
  })

  it('is higher on higher screens', () => {
    expect([720, 900, 1200].map(rowHeightFor)).toEqual([44, 48, 54])
  })
})

describe('words of the lookup', () => {
  it.each(languages)('say every reason, scope and refusal: %s', (language) => {
    for (const reason of matchReasons) expect(messageOf(language, reasonKeys[reason])).not.toBe('')
    for (const key of Object.values(searchReasons)) expect(messageOf(language, key)).not.toBe('')
    expect(scopes).toEqual([...lookupScopes])
  })

  it('give a company a company name', () => {
    const { t } = speech('it')
    expect(whyWords(t, sampleRow('a', { kind: 'company', reasons: ['name', 'town'] }))).toBe('Ragione sociale, Comune')
    expect(whyWords(t, sampleRow('a', { reasons: ['name'] }))).toBe('Nome e cognome')
  })

  it('name an alert with its amount or day, and keep red and amber for what must be done', () => {
    const { t, format } = speech('it')
    expect(alertLook({ kind: 'overdue', cents: 21_480 }, t, format)).toMatchObject({ status: 'breach', words: '214,80\u00a0€ scaduti' })
    expect(alertLook({ kind: 'complaint_open', receivedDay: '2026-11-17' }, t, format)).toMatchObject({ status: 'attention', words: 'Reclamo dal 17/11' })
    expect(alertLook({ kind: 'vulnerable' }, t, format).status).toBe('paused')
    expect(alertLook({ kind: 'closed', year: 2024 }, t, format)).toMatchObject({ status: 'neutral', words: 'Cessato 2024' })
  })

  it('tell when a customer was opened', () => {
    const { t, format } = speech('it')
    expect(recentTime('2026-11-20T09:24:00Z', '2026-11-20', format, t)).toBe('10:24')
    expect(recentTime('2026-11-19T22:30:00Z', '2026-11-20', format, t)).toBe('ieri')
    expect(recentTime('2026-11-17T09:00:00Z', '2026-11-20', format, t)).toBe('mar 17/11')
  })
})
