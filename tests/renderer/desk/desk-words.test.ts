import { describe, expect, it } from 'vitest'
import { commonReasons, refusalWords } from '../../../renderer/src/features/desk/call-errors.ts'
import { dataAge, indexWords, placeItems, workItems } from '../../../renderer/src/features/desk/status-items.ts'
import { railItems } from '../../../renderer/src/features/desk/desk-areas.ts'
import { kindWords, reasonWords } from '../../../renderer/src/features/sync/outbox-words.ts'
import { accessReasons, addReasons } from '../../../renderer/src/features/administration/local-people-reasons.ts'
import type { CivilDay } from '../../../shared/domain/civil-day.ts'
import { commonErrors } from '../../../shared/contract/call.ts'
import type { OutboxStatus } from '../../../shared/contract/outbox.ts'
import { standalone } from '../sync/sample-status.ts'
import { languages } from '../../../shared/locales/index.ts'
import { messageOf, speech } from './desk-harness.ts'

const it_ = speech('it')
const en = speech('en')
const alone: OutboxStatus = { hub: 'none', lastSavedAt: '2026-11-20T09:42:07.000Z', queued: 3, lastDeliveredAt: null, lastConfirmed: null, dataAsOf: '2026-11-20T09:40:00.000Z', customers: 5000 }
const facts = { outbox: alone, hub: standalone, index: null, now: Date.parse('2026-11-20T09:42:30.000Z'), today: '2026-11-20' }

describe('the status bar', () => {
  it('says what is saved and queued, and that there is no hub', () => {
    expect(workItems(facts, it_).map((item) => item.words)).toEqual(['Tutto salvato alle 10:42:07', '3 in coda', 'Postazione autonoma, nessun hub', 'Dati di 2 minuti fa'])
    expect(workItems(facts, en).map((item) => item.words)).toEqual(['All saved at 10:42:07', '3 queued', 'Standalone desk, no hub', 'Data 2 minutes old'])
  })

  it('promises no delivery on a desk without a hub', () => {
    expect(workItems(facts, it_).map((item) => item.words).join(' ')).not.toMatch(/[Cc]onsegna/)
  })

  it('says so when nothing was ever saved or loaded', () => {
    const words = workItems({ ...facts, outbox: { ...alone, lastSavedAt: null, queued: 0, dataAsOf: null } }, it_).map((item) => item.words)
    expect(words).toContain('Niente da salvare')
    expect(words).toContain('niente in coda')
    expect(words).toContain('Nessun dato caricato')
  })

  it('tells how far the index is while it grows, and not after', () => {
    expect(indexWords({ done: 123_000, total: 300_000, finished: false }, it_)).toBe('Indice 41\u00a0%: 123.000 di 300.000')
    expect(indexWords({ done: 0, total: 0, finished: false }, en)).toBe('Index 0%: 0 of 0')
    expect(workItems({ ...facts, index: { done: 1, total: 2, finished: false } }, it_)).toHaveLength(5)
    expect(workItems({ ...facts, index: { done: 2, total: 2, finished: true } }, it_)).toHaveLength(4)
  })

  it('never says a whole index before it is whole', () => {
    expect(indexWords({ done: 299_999, total: 300_000, finished: false }, it_)).toContain('99\u00a0%')
  })

  it('gives the age of the data in minutes, then the time, then the day', () => {
    const age = (dataAsOf: string): string => dataAge(dataAsOf, facts.now, facts.today, it_)
    expect(age('2026-11-20T09:42:00.000Z')).toBe('Dati di adesso')
    expect(age('2026-11-20T06:00:00.000Z')).toBe('Dati delle 7:00')
    expect(age('2026-11-18T06:00:00.000Z')).toBe('Dati del 18/11/2026, ore 7:00')
    // A clock that was put back does not make the data come from the future.
    expect(age('2026-11-20T10:00:00.000Z')).toBe('Dati delle 11:00')
  })

  it('names day, desk and person, and offers the way out', () => {
    const person = { id: 'p', displayName: 'Anna Prova', username: 'anna', role: 'agent' } as const
    expect(placeItems({ today: '2026-11-20' as CivilDay, deskName: 'Trieste · TS-04', person }, it_).map((item) => item.words)).toEqual(['venerdì 20 novembre 2026', 'Trieste · TS-04', 'Anna Prova', 'Esci'])
  })
})

describe('the rail', () => {
  it('has the administration for those who may enter it, and nothing that does not exist', () => {
    expect(railItems(it_.t, 0, false).map((item) => item.id)).toEqual(['lookup', 'tickets', 'outbox', 'settings'])
    expect(railItems(it_.t, 3, true).map((item) => item.id)).toEqual(['lookup', 'tickets', 'outbox', 'administration', 'settings'])
  })
})

describe('refusals', () => {
  it.each(languages)('have words for everything any call may answer: %s', (language) => {
    for (const code of commonErrors) expect(messageOf(language, commonReasons[code])).not.toBe('')
    for (const key of [...Object.values(addReasons), ...Object.values(accessReasons)]) expect(messageOf(language, key)).not.toBe('')
  })

  it('give the reference of what was not expected', () => {
    expect(refusalWords(it_.t, commonReasons, { code: 'internal', details: { reference: 'ab12' } })).toEqual({ what: 'Qualcosa non ha funzionato.', reference: 'ab12' })
  })

  it('say when no answer came, and quote no reference then', () => {
    expect(refusalWords(it_.t, commonReasons, { code: 'internal', details: { reason: 'unreachable' } })).toEqual({ what: messageOf('it', 'desk.error.unreachable'), reference: undefined })
  })
})

describe('the outbox', () => {
  it('says what was written, and something true of kinds it does not know', () => {
    expect(kindWords(it_.t, 'reading.enter')).toBe('Lettura inserita')
    expect(kindWords(it_.t, 'ticket.close')).toBe('Passo di un ticket')
    expect(kindWords(it_.t, 'something.new')).toBe('Registrazione')
  })

  it('gives the reason why an entry is there', () => {
    expect(reasonWords(it_.t, { state: 'queued', reason: null, outcome: null }, 'none')).toBe('Nessun hub')
    expect(reasonWords(it_.t, { state: 'queued', reason: null, outcome: null }, 'unreachable')).toBe('Aspetta la linea')
    expect(reasonWords(it_.t, { state: 'refused', reason: 'outside_window', outcome: 'rejected' }, 'connected')).toBe('La finestra per la lettura era chiusa')
  })
})
