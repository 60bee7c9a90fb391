import { describe, expect, it } from 'vitest'
import { elsewhereInput, emptyElsewhere } from '../../../renderer/src/features/sync/elsewhere-form.ts'
import { hubCalls } from '../../../shared/contract/hub.ts'

describe('a lookup outside the territory', () => {
  it('begins with what was typed into the lookup', () => {
    expect(emptyElsewhere(' IT001E12345678 ')).toMatchObject({ by: 'code', code: 'IT001E12345678', name: '' })
    expect(emptyElsewhere('rossi mario')).toMatchObject({ by: 'facts', code: '', name: 'rossi mario' })
    expect(emptyElsewhere('')).toMatchObject({ by: 'code', code: '' })
  })

  it('takes one whole code or two facts, and no less', () => {
    const facts = { ...emptyElsewhere('rossi mario'), reason: 'complaint' as const }
    expect(elsewhereInput(facts)).toEqual({ ok: false, issue: 'criteria_missing' })
    expect(elsewhereInput({ ...facts, birthDay: '14/9/1976' })).toMatchObject({ ok: true, input: { reason: 'complaint', name: 'rossi mario', birthDay: '1976-09-14' } })
    expect(elsewhereInput({ ...facts, birthDay: '31/2/1976' })).toEqual({ ok: false, issue: 'birth_day_invalid' })
    expect(elsewhereInput(emptyElsewhere(''))).toEqual({ ok: false, issue: 'criteria_missing' })
  })

  it('sends nothing that is not in sight', () => {
    const asked = elsewhereInput({ ...emptyElsewhere('005007'), name: 'Rossi', town: 'Prato' })
    expect(asked).toEqual({ ok: true, input: { reason: 'caller', code: '005007' } })
    expect(hubCalls.lookupElsewhere.input.safeParse(asked.ok ? asked.input : null).success).toBe(true)
  })
})
