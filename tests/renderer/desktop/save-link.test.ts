import { describe, expect, it } from 'vitest'
import { createSaveLink } from '../../../renderer/src/features/desktop/save-link.ts'
import type { Shell } from '../../../shared/contract/shell.ts'
import type { Language } from '../../../shared/locales/index.ts'
import { speech } from '../desk/desk-harness.ts'

function open(can: Shell['can'], language: Language = 'it') {
  const saved: Parameters<Shell['saveFile']>[0][] = []
  const saveFile: Shell['saveFile'] = (file) => {
    saved.push(file)
    return Promise.resolve('saved')
  }
  return { ...createSaveLink({ can, saveFile }, speech(language).t), saved }
}

const customer = { to: 'customer', customerId: 'unogas:005007' } as const
const ticket = { to: 'ticket', code: 'T-2026-7K3M9QX' } as const

describe('a link file of a record', () => {
  it.each([
    ['it', 'cliente-005007.sportello', 'ticket-T-2026-7K3M9QX.sportello'],
    ['en', 'customer-005007.sportello', 'ticket-T-2026-7K3M9QX.sportello'],
  ] as const)('holds ids and nothing else, in its name too (%s)', async (language, ofCustomer, ofTicket) => {
    const { can, save, saved } = open(() => true, language)
    expect([can(customer), can(ticket)]).toEqual([true, true])
    await save(customer)
    await save(ticket)
    expect(saved.map(({ name, text }) => [name, text])).toEqual([
      [ofCustomer, 'sportello://customer/unogas/005007\n'],
      [ofTicket, 'sportello://ticket/T-2026-7K3M9QX\n'],
    ])
  })

  it('is not offered in a browser, nor for a code that no link can carry', async () => {
    const browser = open((ability) => ability === 'print' || ability === 'saveFile')
    const desktop = open(() => true)
    const odd = { to: 'customer', customerId: 'unogas:Rossi Mario' } as const
    for (const [{ can, save, saved }, target] of [[browser, customer], [desktop, odd], [desktop, null]] as const) {
      expect(can(target)).toBe(false)
      await save(target)
      expect(saved).toEqual([])
    }
  })
})
