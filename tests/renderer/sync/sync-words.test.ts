import { describe, expect, it } from 'vitest'
import { workItems } from '../../../renderer/src/features/desk/status-items.ts'
import { reasonWords } from '../../../renderer/src/features/sync/outbox-words.ts'
import { refusalOf } from '../../../renderer/src/features/sync/refusal-codes.ts'
import { elsewhereReasons, joinReasons, sessionReasons, syncReasons } from '../../../renderer/src/features/sync/sync-reasons.ts'
import { healthWords, linkWords, sizeWords, snapshotShare, snapshotWords } from '../../../renderer/src/features/sync/sync-words.ts'
import type { HubStatus, LinkTrouble } from '../../../shared/contract/hub.ts'
import type { OutboxStatus } from '../../../shared/contract/outbox.ts'
import { languages } from '../../../shared/locales/index.ts'
import { messageOf, speech } from '../desk/desk-harness.ts'
import { following, standalone } from './sample-status.ts'

const it_ = speech('it')
const en = speech('en')
const today = '2026-11-20'
const link = (status: Partial<HubStatus>, customers: number | null = 400) => linkWords({ ...following, ...status }, customers, today, it_)

describe('the state of the link', () => {
  it('is one sentence in plain words', () => {
    expect(linkWords(standalone, 400, today, it_).title).toBe('Questa postazione lavora da sola')
    expect(link({}).title).toBe('Collegato a Hub di prova')
    expect(link({ head: 88_296 }).title).toBe('Collegato a Hub di prova, mancano ancora 100 modifiche')
    expect(link({ state: 'unreachable', trouble: 'unreachable' }).title).toBe('Fuori linea, ultimo contatto 10:42')
    expect(linkWords({ ...following, state: 'connecting' }, 1, today, en).title).toBe('Looking for Hub di prova…')
  })

  it('is no alarm while the line is down, and one when the desk is let in no more', () => {
    expect(link({ state: 'unreachable', trouble: 'unreachable' }).tone).toBe('paused')
    expect(link({ state: 'refused', trouble: 'revoked' }).tone).toBe('breach')
  })

  it('says that customers were taken off only when they were', () => {
    expect(link({ state: 'refused', trouble: 'revoked' }, 400).text).not.toContain('tolti')
    expect(link({ state: 'refused', trouble: 'revoked' }, null).text).not.toContain('tolti')
    expect(link({ state: 'refused', trouble: 'revoked' }, 0).text).toContain('tolti')
  })

  it.each(['unreachable', 'revoked', 'too_old', 'feed_changed', 'unsafe_database', 'clock', 'not_a_hub', 'internal'] satisfies LinkTrouble[])('has a reason and something to do for %s', (trouble) => {
    const words = link({ state: trouble === 'revoked' || trouble === 'too_old' ? 'refused' : 'unreachable', trouble })
    expect(words.text.length).toBeGreaterThan(10)
    expect(words.todo).not.toBe('')
    expect(words.todo).toBeDefined()
  })
})

describe('the first copy', () => {
  it('has an honest share, never whole before it is', () => {
    expect(snapshotShare({ phase: 'loading', customers: 420_000, ofCustomers: 1_000_000, records: 5 })).toBe(0.42)
    expect(snapshotShare({ phase: 'loading', customers: 999_999, ofCustomers: 1_000_000, records: 5 })).toBe(0.99)
    expect(snapshotShare({ phase: 'loading', customers: 1_200_000, ofCustomers: 1_000_000, records: 5 })).toBe(0.99)
    expect(snapshotShare({ phase: 'loading', customers: 0, ofCustomers: 0, records: 0 })).toBe(0)
    expect(snapshotShare({ phase: 'catching_up', customers: 5, ofCustomers: 5, records: 9 })).toBe(1)
  })

  it('says how many there are, and that they can be searched', () => {
    expect(snapshotWords({ phase: 'loading', customers: 420_000, ofCustomers: 1_000_000, records: 5 }, it_)).toBe('420.000 di 1.000.000 clienti; si cerca già in ciò che c’è')
    expect(snapshotWords({ phase: 'loading', customers: 12, ofCustomers: 10, records: 5 }, en)).toBe('12 of 12 customers; what is here can be searched already')
  })
})

describe('health', () => {
  const check = { at: '2026-11-20T09:00:00.000Z', tables: 16, rows: 123_456, differing: [] } as const
  it('is what a comparison has found, and nothing without one', () => {
    expect(healthWords(null, it_).tone).toBe('plain')
    expect(healthWords({ ...check, result: 'same' }, it_)).toEqual({ tone: 'ok', text: 'Uguale all’hub: 16 tabelle, 123.456 righe.' })
    expect(healthWords({ ...check, result: 'differs', differing: ['ticket', 'reading'] }, it_)).toEqual({ tone: 'attention', text: 'Diverso dall’hub: ticket e letture. Le righe diverse vengono rilette.' })
    expect(healthWords({ ...check, result: 'repaired', differing: ['something_new'] }, en).text).toContain('something_new')
  })
})

describe('what is not confirmed', () => {
  const item = { state: 'queued', reason: null, outcome: null } as const
  it('gives the reason of where it stands', () => {
    expect(reasonWords(it_.t, item, 'connected')).toBe('In partenza')
    expect(reasonWords(it_.t, item, 'refused')).toBe('L’hub non lascia entrare la postazione')
    expect(reasonWords(it_.t, { ...item, state: 'delivered', outcome: 'merged', reason: 'same_reading' }, 'connected')).toBe('C’era già la stessa lettura: contano come una')
    expect(reasonWords(it_.t, { ...item, state: 'confirmed', outcome: 'merged', reason: 'field_conflict' }, 'connected')).toBe('Ha preso il posto di ciò che un’altra postazione aveva scritto: quel valore è fra i conflitti')
    expect(reasonWords(it_.t, { ...item, state: 'confirmed', outcome: 'superseded' }, 'connected')).toBe('Resta nella storia, senza effetto')
    expect(reasonWords(it_.t, { ...item, state: 'refused', reason: 'from_the_future' }, 'connected')).toBe('Rifiutata dall’hub (codice from_the_future)')
  })

  it('says for every refusal what can be done', () => {
    for (const code of ['actor_unknown', 'outside_territory', 'customer_not_found', 'review', 'newer_version', 'from_the_future']) expect(refusalOf(en.t, code).todo.length).toBeGreaterThan(10)
  })
})

describe('the status bar of a desk that follows a hub', () => {
  const outbox: OutboxStatus = { hub: 'connected', lastSavedAt: '2026-11-20T09:42:07.000Z', queued: 6, lastDeliveredAt: null, lastConfirmed: 88_190, dataAsOf: null, customers: 5000 }
  const bar = (hub: HubStatus, confirmed = outbox.lastConfirmed) => workItems({ outbox: { ...outbox, lastConfirmed: confirmed }, hub, index: null, now: Date.parse('2026-11-20T09:42:30.000Z'), today }, it_)
  it('goes from saved here over queued and delivered to confirmed', () => {
    expect(bar({ ...following, queued: 3, delivered: 2 }).map((item) => item.words)).toEqual(['Tutto salvato alle 10:42:07', '3 in coda, 2 consegnate', 'Confermato n° 88.190', 'Collegato', 'Dati di adesso'])
    expect(bar(following, null).map((item) => item.words)).toContain('Niente ancora confermato')
  })

  it('is coloured only where somebody has to act', () => {
    expect(bar({ ...following, queued: 3 }).every((item) => item.tone === undefined)).toBe(true)
    expect(bar({ ...following, refused: 1 }).find((item) => item.id === 'queued')).toMatchObject({ words: '1 rifiutata, niente in coda', tone: 'attention' })
    expect(bar({ ...following, state: 'unreachable' }).find((item) => item.id === 'hub')).toMatchObject({ words: 'Fuori linea dalle 10:42', tone: 'paused' })
  })

  it('says that nothing leaves although the hub answers, and the page says since when and what to do', () => {
    const stuck: HubStatus = { ...following, stuck: true, queued: 12, oldestQueuedAt: '2026-11-20T09:30:00.000Z' }
    expect(bar(stuck).find((item) => item.id === 'hub')).toMatchObject({ words: 'Invio fermo', tone: 'attention' })
    const said = linkWords(stuck, null, today, it_)
    expect(said).toMatchObject({ tone: 'attention', title: 'Collegato a Hub di prova, ma non parte niente dal 10:30' })
    expect(said.text).toContain('12 registrazioni')
    expect(said.todo).toContain('Invia ora')
  })

  it('tells how far the first copy is, and what is still to come', () => {
    expect(bar({ ...following, snapshot: { phase: 'loading', customers: 42, ofCustomers: 100, records: 1 } }).find((item) => item.id === 'hub')?.words).toBe('Prima copia 42\u00a0%')
    expect(bar({ ...following, head: 88_197 }).find((item) => item.id === 'hub')?.words).toBe('una modifica da ricevere')
  })
})

describe('refusals of the hub', () => {
  it.each(languages)('have words: %s', (language) => {
    for (const table of [joinReasons, sessionReasons, elsewhereReasons, syncReasons]) for (const key of Object.values(table)) expect(messageOf(language, key)).not.toBe('')
  })
})

it('sizes are told in the unit that fits', () => {
  expect(sizeWords(999, it_.format)).toBe('999\u00a0B')
  expect(sizeWords(1_800_000, it_.format)).toBe('1,8\u00a0MB')
})
