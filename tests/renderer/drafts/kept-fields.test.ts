import { describe, expect, it } from 'vitest'
import { fieldsText, fillFields } from '../../../renderer/src/features/drafts/kept-fields.ts'
import { fillTerritory, territoryText } from '../../../renderer/src/features/administration/territory-draft.ts'
import { leftReading } from '../../../renderer/src/features/readings/reading-draft.ts'
import { draftAge, formWords } from '../../../renderer/src/features/drafts/draft-words.ts'
import type { Format } from '../../../renderer/src/ui/format.ts'

const stands = { name: 'Trieste', active: true, territoryIds: ['a'], password: '' }

describe('the fields of a form', () => {
  it('are kept where they differ from the record, and never the secret ones', () => {
    expect(fieldsText({ ...stands }, stands, ['password'])).toBe('')
    expect(fieldsText({ ...stands, password: 'segreta' }, stands, ['password'])).toBe('')
    expect(fieldsText({ ...stands, name: 'Muggia', password: 'segreta' }, stands, ['password'])).toBe('{"name":"Muggia"}')
  })

  it('come back over what stands now, field by field', () => {
    const fields = { ...stands, name: 'Trieste centro', territoryIds: ['a', 'c'] }
    fillFields(fields, fieldsText({ ...stands, active: false }, stands))
    expect(fields).toEqual({ ...stands, name: 'Trieste centro', active: false, territoryIds: ['a', 'c'] })
  })

  it.each(['', 'x', '[]', 'null', '{"name":5}', '{"territoryIds":[1]}', '{"territoryIds":"a"}', '{"__proto__":{"name":"x"}}', '{"altro":"x"}', '{"password":"x"}'])('stay as they are where the draft is %j', (text) => {
    const fields = { ...stands }
    fillFields(fields, text, ['password'])
    expect(fields).toEqual(stands)
  })
})

describe('a territory', () => {
  it('comes back with its rules, and as it was where the text is none', () => {
    const rules = [{ key: 'k', brandIds: ['b'], provinces: 'TS GO', towns: 'Muggia\nTrieste' }]
    const text = territoryText({ name: 'Costa', priority: '7' }, rules)
    const fields = { name: '', priority: '100' }
    expect(fillTerritory(fields, text)).toMatchObject([{ brandIds: ['b'], provinces: 'TS GO', towns: 'Muggia\nTrieste' }])
    expect(fields).toEqual({ name: 'Costa', priority: '7' })
    for (const bad of ['', '{}', 'null', '{"name":"x","priority":"1","rules":[null]}', '{"name":"x","priority":"1","rules":[{"provinces":1}]}']) expect(fillTerritory(fields, bad)).toBeNull()
    expect(fields.name).toBe('Costa')
  })
})

describe('a reading that was typed and never saved', () => {
  const form = { today: '2026-11-20', meter: { meterId: 'm1' } } as never
  const kept = (change: object) => JSON.stringify({ day: '2026-11-20', meterId: 'm1', a1: [1, 2, null], a2: [], a3: [], corrector: [], reason: '', ...change })

  it('is said with its day and figures when it is not for today, or not for this meter', () => {
    expect(leftReading(kept({ day: '2026-11-19' }), form)).toEqual({ day: '2026-11-19', otherMeter: false, figures: '12·', reason: '' })
    expect(leftReading(kept({ meterId: 'm0', reason: 'rotto' }), form)).toMatchObject({ otherMeter: true, reason: 'rotto' })
  })

  it('is nothing to be said when it is today’s, empty, or no draft', () => {
    for (const draft of [kept({}), kept({ day: '2026-11-19', a1: [null, null, null] }), '', 'x', '{}']) expect(leftReading(draft, form)).toBeNull()
  })
})

describe('the age of a draft', () => {
  it('is a time of today, and day and time of an older one', () => {
    const format = { timeExact: () => '10:00:00', dateTime: () => '19/11/2026 10:00' } as unknown as Format
    const t = ((key: string, params: object) => `${key} ${JSON.stringify(params)}`) as never
    expect(draftAge(t, format, '2026-11-20T09:00:00.000Z', Date.parse('2026-11-20T20:00:00.000Z'))).toBe('drafts.saved {"time":"10:00:00"}')
    expect(draftAge(t, format, '2026-11-20T09:00:00.000Z', Date.parse('2026-11-21T20:00:00.000Z'))).toBe('drafts.savedEarlier {"at":"19/11/2026 10:00"}')
    expect(formWords((key: string) => key, 'di-domani:x')).toBe('drafts.other')
  })
})
