import { describe, expect, it } from 'vitest'
import { erasureIssues } from '../../../renderer/src/features/administration/erasure-rules.ts'
import { useErasure } from '../../../renderer/src/features/administration/erasure-store.ts'
import { mailReason } from '../../../renderer/src/features/administration/mail-words.ts'
import { openDesk, speech } from '../desk/desk-harness.ts'

const { t } = speech('it')

describe('erasing a customer', () => {
  it('waits for a reason of ten characters and for the code of this very customer', () => {
    expect(erasureIssues({ reason: 'sì', code: '' }, '10001234')).toEqual({ reason: 'administration.erase.reasonShort', code: 'administration.erase.confirmWrong' })
    expect(erasureIssues({ reason: '   richiesta   ', code: ' 10001234 ' }, '10001234')).toEqual({ reason: 'administration.erase.reasonShort' })
    expect(erasureIssues({ reason: 'richiesta scritta', code: '10001235' }, '10001234')).toEqual({ code: 'administration.erase.confirmWrong' })
    expect(erasureIssues({ reason: 'richiesta scritta', code: '10001234' }, '10001234')).toEqual({})
  })

  it('hands the hub the customer and the reason, and answers what it said', async () => {
    const given: unknown[] = []
    const { pinia } = openDesk({ administration: { eraseCustomer: (input) => (given.push(input), { ok: false, error: { code: 'not_found' } }) } })
    expect(await useErasure(pinia).erase('c1', 'richiesta scritta')).toEqual({ ok: false, error: { code: 'not_found' } })
    expect(given).toEqual([{ customerId: 'c1', reason: 'richiesta scritta' }])
  })
})

it('what the mail server said is told in words, with its code', () => {
  expect(mailReason(t, null)).toBe('')
  expect(mailReason(t, '421')).toBe('Il server l’ha rimandata (421)')
  expect(mailReason(t, '550')).toBe('Il server l’ha rifiutata (550)')
  expect(mailReason(t, 'ETIMEDOUT')).toBe('Non è partita (ETIMEDOUT)')
})
