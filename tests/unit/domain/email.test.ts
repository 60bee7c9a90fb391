import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEmail } from '../../../shared/domain/email.ts'

describe('e-mail', () => {
  it.each([
    ['mario.rossi@example.it', 'mario.rossi@example.it'], [' Mario.Rossi@Example.IT ', 'mario.rossi@example.it'], ['mailto:a@b.it', 'a@b.it'],
    ['Mario Rossi <mario@example.it>', 'mario@example.it'], ['mario@example.it.', 'mario@example.it'], ["d'angelo+luce@posta-pec.comune.it", "d'angelo+luce@posta-pec.comune.it"],
  ])('%j is accepted as %s', (typed, value) => {
    expect(checkEmail(typed)).toEqual({ ok: true, value })
  })
  it.each([
    ['', 'email_empty'], ['mario', 'email_format'], ['mario@', 'email_format'], ['@example.it', 'email_format'], ['mario@example', 'email_format'], ['ma rio@example.it', 'email_format'],
    ['mario..rossi@example.it', 'email_format'], ['mario@-example.it', 'email_format'], ['a@b@example.it', 'email_format'], ['mario@example.1', 'email_format'],
    [`${'a'.repeat(65)}@example.it`, 'email_length'], [`a@${'b.'.repeat(130)}it`, 'email_length'], ['a'.repeat(500), 'email_length'],
  ])('%j is refused: %s', (typed, reason) => {
    expect(checkEmail(typed)).toEqual({ ok: false, reason })
  })
  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => { checkEmail(text) }))
  })
})
