import { describe, expect, it } from 'vitest'
import { administrationReasons } from '../../../renderer/src/features/administration/administration-reasons.ts'
import { useAdministration } from '../../../renderer/src/features/administration/administration-store.ts'
import { auditKindWords } from '../../../renderer/src/features/administration/audit-words.ts'
import { groupedCode, secondsUntil } from '../../../renderer/src/features/administration/code-words.ts'
import { mailState, mayRetry } from '../../../renderer/src/features/administration/mail-words.ts'
import { draftOf, priorityOf, provincesOf, ruleOf, townsOf, wrongProvince } from '../../../renderer/src/features/administration/territory-draft.ts'
import { useHub } from '../../../renderer/src/features/sync/hub-store.ts'
import type { TeamView } from '../../../shared/contract/administration.ts'
import { languages } from '../../../shared/locales/index.ts'
import { messageOf, openDesk, settle, speech } from '../desk/desk-harness.ts'
import { later } from '../support/fake-core.ts'
import { following } from '../sync/sample-status.ts'

const ok = <T>(value: T) => ({ ok: true, value }) as const
const team = (name: string): TeamView => ({ id: 't1', name, people: 2 })

describe('a list of the hub', () => {
  it('says that a session is needed, and asks for nothing by itself', async () => {
    const { pinia } = openDesk({ administration: { teams: () => ({ ok: false, error: { code: 'hub_session' } }) } })
    const store = useAdministration(pinia)
    await store.read('teams')
    expect(store.list('teams').refusal).toEqual({ code: 'hub_session' })
    expect(useHub(pinia).asking).toBeNull()
  })

  it('is read once the password was given', async () => {
    let open = false
    const { pinia } = openDesk({ hub: { openSession: () => ((open = true), ok(following)) }, administration: { teams: () => (open ? ok([team('Reclami')]) : { ok: false, error: { code: 'hub_session' } }) } })
    const store = useAdministration(pinia)
    const hub = useHub(pinia)
    await store.read('teams')
    const entering = store.enter('teams')
    await hub.openSession('una password')
    hub.asking?.answer(true)
    await entering
    expect(store.list('teams')).toMatchObject({ rows: [team('Reclami')], known: true, refusal: null })
  })

  it('keeps what was read when the hub goes away', async () => {
    let away = false
    const { pinia } = openDesk({ administration: { teams: () => (away ? { ok: false, error: { code: 'hub_unreachable' } } : ok([team('Reclami')])) } })
    const store = useAdministration(pinia)
    await store.read('teams')
    away = true
    await store.read('teams')
    expect(store.list('teams')).toMatchObject({ rows: [team('Reclami')], refusal: { code: 'hub_unreachable' } })
  })

  it('shows what was saved, whatever an older answer says', async () => {
    const slow = later<{ readonly ok: true; readonly value: readonly TeamView[] }>()
    let first = true
    const { pinia } = openDesk({ administration: { teams: () => (first ? ((first = false), ok([team('Reclami')])) : slow.answer), saveTeam: ({ name }) => ok(team(name)) } })
    const store = useAdministration(pinia)
    await store.read('teams')
    void store.read('teams')
    const saved = await store.change('saveTeam', { id: 't1', name: 'Reclami scritti' })
    if (saved.ok) store.put('teams', saved.value, (one) => one.id === saved.value.id)
    slow.give(ok([team('Reclami')]))
    await settle()
    expect(store.list('teams').rows).toEqual([team('Reclami scritti')])
  })
})

describe('rules of a territory', () => {
  it('are typed freely and saved as lists', () => {
    expect(provincesOf(' ts, go;UD  ts')).toEqual(['TS', 'GO', 'UD'])
    expect(townsOf('Muggia\n  San  Dorligo della Valle \n\nmuggia')).toEqual(['Muggia', 'San Dorligo della Valle'])
    expect(ruleOf({ ...draftOf({ brandIds: ['a'], provinces: ['TS'], towns: ['Muggia', 'Trieste'] }) })).toEqual({ brandIds: ['a'], provinces: ['TS'], towns: ['Muggia', 'Trieste'] })
  })

  it('name what cannot be a province', () => {
    expect(wrongProvince('TS Trieste')).toBe('TRIESTE')
    expect(wrongProvince('ts go')).toBeUndefined()
    expect(wrongProvince('')).toBeUndefined()
  })

  it('have a whole precedence', () => {
    expect(['0', ' 1000 ', '100'].map(priorityOf)).toEqual([0, 1000, 100])
    expect(['', '1001', '-1', '1.5', 'dieci'].map(priorityOf)).toEqual([null, null, null, null, null])
  })
})

describe('a one-time code', () => {
  it('is grouped as it is read aloud', () => {
    expect(groupedCode('12345678')).toBe('1234 5678')
    expect(groupedCode('ABCDE-FGHIJ-KLMNO-PQRST-UVWXY-Z')).toBe('ABCDE FGHIJ KLMNO PQRST UVWXY Z')
    expect(groupedCode('ABCDEFGHIJKLMNOPQRSTUVWXYZ')).toBe('ABCDE FGHIJ KLMNO PQRST UVWXY Z')
  })
  it('counts down to nothing and no further', () => {
    expect(secondsUntil('2026-11-20T09:10:00.000Z', Date.parse('2026-11-20T09:00:00.500Z'))).toBe(600)
    expect(secondsUntil('2026-11-20T09:10:00.000Z', Date.parse('2026-11-20T10:00:00.000Z'))).toBe(0)
  })
})

describe('words', () => {
  it.each(languages)('there are some for every refusal: %s', (language) => {
    for (const key of Object.values(administrationReasons)) expect(messageOf(language, key)).not.toBe('')
  })
  it('say something true of what a later hub may say', () => {
    const { t } = speech('it')
    expect(auditKindWords(t, 'something_new')).toBe('something new')
    expect(mailState(t, 'sent').words).toBe('Spedita')
    expect(mailState(t, 'held').words).toBe('held')
    expect([mayRetry('failed'), mayRetry('sent')]).toEqual([true, false])
  })
})
