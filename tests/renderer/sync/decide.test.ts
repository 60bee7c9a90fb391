import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../../shared/domain/json.ts'
import { correctionForms, fieldOf } from '../../../renderer/src/features/sync/decide/correction-forms.ts'
import type { Fields } from '../../../renderer/src/features/sync/decide/correction-forms.ts'
import { wordDiff } from '../../../renderer/src/features/sync/decide/word-diff.ts'

const inputs = {
  'ticket.open': { customerId: 'c', supplyPointId: 'p', area: 'water', type: 'report', channel: 'phone', receivedDay: '2026-11-19', subject: 'Perdita', text: 'Acqua\nin strada', priority: 'high' },
  'ticket.note': { ticketId: 't', text: 'Una nota  con spazi' },
  'ticket.attach': { ticketId: 't', name: 'foto.png', mediaType: 'image/png', size: 1, sha256: 'x' },
  'reading.enter': { customerId: 'c', meterId: 'm', value: 1_331_000, value2: null, value3: null, correctorValue: 12_000, reason: 'detta' },
  'portal.unlink': { linkId: 'l', reason: 'chiesto' },
  'customer.settle-conflict': { conflictId: 'k', choice: 'restore' },
} as const satisfies { readonly [kind: string]: Fields }

describe('the form in which something is written again', () => {
  it.each(Object.entries(inputs))('%s: nothing of what was typed is lost on its way through the form', (kind, input) => {
    const form = correctionForms[kind as keyof typeof inputs]
    const sent = form?.send(form.values(input), input)
    expect(sent).toMatchObject({ ok: true })
    if (sent?.ok !== true) return
    for (const [name, value] of Object.entries(sent.fields)) expect(value, name).toEqual((input as { readonly [name: string]: Json })[name])
  })

  it('keeps an emptied value of a customer apart from one that was never named', () => {
    const input = { customerId: 'c', changes: [{ field: 'phone', from: '+39040123456', to: null }, { field: 'email', from: null, to: 'a@example.it' }] }
    const form = correctionForms['customer.change-contact']
    expect(form?.fields(input, [], {}).map(({ name, change }) => [name, change?.from])).toEqual([['phone', '+39040123456'], ['email', null]])
    expect(form?.send(form.values(input), input)).toEqual({ ok: true, fields: { changes: [{ field: 'phone', from: null, to: '' }, { field: 'email', from: null, to: 'a@example.it' }] } })
  })

  it('asks for bands and a corrector only where they were written, or the hub misses them', () => {
    const shown = (input: Fields, code: string, typed = {}) => correctionForms['reading.enter']?.fields(input, [code], typed).map(({ name }) => name)
    const plain = { value: 1_331_000, value2: null, value3: null, correctorValue: null, reason: null }
    expect(shown(plain, 'day_taken')).toEqual(['value', 'reason'])
    expect(shown({ ...plain, value2: 2_000, value3: 3_000 }, 'day_taken')).toEqual(['value', 'value2', 'value3', 'reason'])
    expect(shown(plain, 'bands_mismatch')).toEqual(['value', 'value2', 'value3', 'reason'])
    expect(shown(plain, 'corrector_missing')).toEqual(['value', 'correctorValue', 'reason'])
    expect(shown(plain, 'day_taken', { correctorValue: '12' })).toEqual(['value', 'correctorValue', 'reason'])
  })

  it('says where something cannot be read', () => {
    const form = correctionForms['reading.enter']
    expect(form?.send({ value: 'non so', value2: '', value3: '', correctorValue: '', reason: '' }, {})).toEqual({ ok: false, wrong: { value: 'inbox.correct.wholeOnly' } })
    expect(correctionForms['ticket.open']?.send({ receivedDay: 'ieri' }, {})).toEqual({ ok: false, wrong: { receivedDay: 'inbox.correct.dayFormat' } })
  })

  it('puts the hub’s reason at its field: the one it names, otherwise the one its code is about', () => {
    const fields = correctionForms['portal.link']?.fields({}, [], {}) ?? []
    expect(fieldOf(fields, 'tax_code_mismatch', null)).toBe('taxCode')
    expect(fieldOf(correctionForms['customer.change-contact']?.fields({ changes: [{ field: 'mobile', from: null, to: '1' }, { field: 'phone', from: null, to: '2' }] }, [], {}) ?? [], 'phone_invalid', { field: 'phone' })).toBe('phone')
    expect(fieldOf(fields, 'internal', null)).toBe(null)
  })
})

describe('two texts side by side', () => {
  it('tell apart what only one of them has', () => {
    expect(wordDiff('La prendo io, richiamo domani', 'La prendo io, richiamo lunedì')).toEqual({
      left: [{ text: 'La prendo io, richiamo ', mark: 'same' }, { text: 'domani', mark: 'only' }],
      right: [{ text: 'La prendo io, richiamo ', mark: 'same' }, { text: 'lunedì', mark: 'only' }],
    })
  })
  it('lose no letter, and have the same words in common', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'ciao', ' ', '\n', '  '), { maxLength: 30 }).map((parts) => parts.join(''))
    fc.assert(fc.property(text, text, (left, right) => {
      const diff = wordDiff(left, right)
      expect(diff.left.map((part) => part.text).join('')).toBe(left)
      expect(diff.right.map((part) => part.text).join('')).toBe(right)
      const words = (side: typeof diff.left) => side.filter(({ mark }) => mark === 'same').flatMap((part) => part.text.split(/\s+/u)).filter(Boolean)
      expect(words(diff.left)).toEqual(words(diff.right))
    }))
  })
})
