import { describe, expect, it } from 'vitest'
import { copyWords, noteWords, recoveryReasons, screenOf } from '../../../renderer/src/features/recovery/recovery-words.ts'
import type { RecoveryCopy, RecoveryNote, RecoveryState } from '../../../shared/contract/recovery.ts'
import { damageKinds } from '../../../shared/contract/recovery.ts'
import { languages } from '../../../shared/locales/index.ts'
import { speech } from '../desk/desk-harness.ts'

const good: RecoveryCopy = { id: 'daily-20261119T180500Z.db', at: '2026-11-19T18:05:00.000Z', reason: 'daily', state: 'good', customers: 1_200 }
const damaged = (copies: readonly RecoveryCopy[], unlocked = true): Extract<RecoveryState, { kind: 'damaged' }> => ({ kind: 'damaged', found: 'unreadable', unlocked, joined: false, copies, journaled: 3 })
const note: RecoveryNote = { id: 'n', at: '2026-11-20T09:00:00.000Z', kind: 'restored', copyAt: '2026-11-19T18:05:00.000Z', recovered: 2, drafts: 1, withoutEffect: 0, missing: 0, aside: 'corrupt-20261120T090000Z', joined: false }

const states: readonly Exclude<RecoveryState, { kind: 'none' }>[] = [
  ...damageKinds.map((found) => ({ ...damaged([good]), found })),
  damaged([], false), damaged([]), damaged([{ ...good, state: 'checking' }]),
  ...(['missing', 'damaged', 'mismatch'] as const).map((found) => ({ kind: 'key_slots', found, joined: false }) as const),
  { kind: 'from_future', version: 9, known: 5 }, { kind: 'read_only' }, { kind: 'disk_full' }, { kind: 'second_instance' },
]

describe('the screen of a desk that does not open', () => {
  it.each(languages)('has words for every state in %s', (language) => {
    const { t } = speech(language)
    for (const state of states) for (const words of Object.values(screenOf(state, t))) expect(words, state.kind).toMatch(/\p{L}{3}/u)
  })

  it('offers a copy only when one is good, says when they are still being read, and when there is none', () => {
    const { t } = speech('it')
    const todo = (copies: readonly RecoveryCopy[]) => screenOf(damaged(copies), t).todo
    expect(todo([{ ...good, state: 'damaged' }, good])).toContain('Rimetti una copia')
    expect(todo([{ ...good, state: 'checking' }])).toContain('Leggo le copie')
    expect(todo([{ ...good, state: 'damaged' }])).toContain('non c’è una copia buona')
  })

  it('names a copy by its day in Rome, and says what is in it', () => {
    const { t, format } = speech('it')
    expect(copyWords(good, t, format)).toEqual({ when: 'giovedì 19 novembre 2026, 19:05', about: 'Copia del giorno, 1.200 clienti' })
    expect(copyWords({ ...good, state: 'too_new', customers: null }, t, format).about).toContain('versione più nuova')
  })

  it.each(languages)('has words for every refusal in %s', (language) => {
    const { t } = speech(language)
    for (const key of Object.values(recoveryReasons)) expect(t(key)).not.toBe(key)
  })
})

describe('what was put right', () => {
  it('says what came back, and leaves out what did not happen', () => {
    const { t, format } = speech('it')
    expect(noteWords(note, t, format)).toEqual([
      'In uso c’è la copia del 19/11/2026, ore 19:05.', '2 registrazioni sono state rimesse.', 'Un testo a metà è stato rimesso.',
      'Ciò che era stato caricato dagli estratti dopo quella data va caricato di nuovo.', 'I file danneggiati sono nella cartella corrupt-20261120T090000Z.',
    ])
  })

  it('says what is missing', () => {
    const { t, format } = speech('en')
    expect(noteWords({ ...note, kind: 'old_copy', copyAt: null, recovered: 0, drafts: 0, missing: 3, aside: null }, t, format)).toEqual([
      'The store was older than what was known to be saved here: somebody put an old copy back, or part of it was lost.', 'Nothing to put back.',
      '3 entries were known to be saved and are nowhere on this desk: they have to be done again.',
    ])
  })

  it('at a desk of a hub says where the rest comes from', () => {
    const { t, format } = speech('it')
    expect(noteWords({ ...note, kind: 'rebuilt', copyAt: null, joined: true }, t, format)).toContain('Il resto arriva dall’hub.')
  })
})
