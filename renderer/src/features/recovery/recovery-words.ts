import { assertNever } from '../../../../shared/domain/result.ts'
import type { ErrorOf } from '../../../../shared/contract/call.ts'
import type { RecoveryCopy, recoveryCalls, RecoveryNote, RecoveryState, StorageState } from '../../../../shared/contract/recovery.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Format } from '../../ui/format.ts'
import type { Translate } from '../../ui/i18n.ts'
import { commonReasons } from '../desk/call-errors.ts'
import type { Reasons } from '../desk/call-errors.ts'

/** A screen for every state there is; a forgotten one does not compile. */
export type Screen = { readonly title: string; readonly what: string; readonly todo: string }
type Shown = Exclude<RecoveryState, { kind: 'none' }>

export function screenOf(state: Shown, t: Translate): Screen {
  switch (state.kind) {
    case 'damaged':
      return { title: t('recovery.title.damaged'), what: t(state.unlocked ? damageWords[state.found] : 'recovery.what.locked'), todo: state.unlocked ? copiesWords(state.copies, t) : t('recovery.enter') }
    case 'key_slots':
      return { title: t('recovery.title.keySlots'), what: t(slotWords[state.found]), todo: t('recovery.todo.slots') }
    case 'from_future':
      return { title: t('recovery.title.fromFuture'), what: t('recovery.what.fromFuture', { version: state.version, known: state.known }), todo: t('recovery.todo.fromFuture') }
    case 'read_only':
      return { title: t('recovery.title.readOnly'), what: t('recovery.what.readOnly'), todo: t('recovery.todo.readOnly') }
    case 'disk_full':
      return { title: t('recovery.title.diskFull'), what: t('recovery.what.diskFull'), todo: t('recovery.todo.diskFull') }
    case 'second_instance':
      return { title: t('recovery.title.secondInstance'), what: t('recovery.what.secondInstance'), todo: t('recovery.todo.secondInstance') }
    default:
      return assertNever(state)
  }
}

const damageWords: Readonly<Record<Extract<RecoveryState, { kind: 'damaged' }>['found'], MessageKey>> = {
  missing: 'recovery.what.missing',
  empty: 'recovery.what.empty',
  unreadable: 'recovery.what.unreadable',
  pages: 'recovery.what.pages',
}
const slotWords: Readonly<Record<Extract<RecoveryState, { kind: 'key_slots' }>['found'], MessageKey>> = {
  missing: 'recovery.what.slotsMissing',
  damaged: 'recovery.what.slotsDamaged',
  mismatch: 'recovery.what.slotsMismatch',
}

/** Nothing is offered before it was read, and where nothing is good that is said. */
function copiesWords(copies: readonly RecoveryCopy[], t: Translate): string {
  if (copies.some(({ state }) => state === 'good')) return t('recovery.todo.copies')
  return t(copies.some(({ state }) => state === 'checking') ? 'recovery.todo.checking' : 'recovery.todo.noCopy')
}

const reasonWords: Readonly<Record<RecoveryCopy['reason'], MessageKey>> = { daily: 'recovery.copy.daily', before_version: 'recovery.copy.beforeVersion', before_joining: 'recovery.copy.beforeJoining' }

/** What a copy is, and what is known of it. */
export function copyWords(copy: RecoveryCopy, t: Translate, format: Format): { readonly when: string; readonly about: string } {
  const when = `${format.dayLong(copy.at)}, ${format.time(copy.at)}`
  const reason = t(reasonWords[copy.reason])
  switch (copy.state) {
    case 'checking': return { when, about: `${reason}, ${t('recovery.copy.checking')}` }
    case 'damaged': return { when, about: `${reason}, ${t('recovery.copy.damaged')}` }
    case 'too_new': return { when, about: `${reason}, ${t('recovery.copy.tooNew')}` }
    case 'good': return { when, about: `${reason}, ${t('recovery.copy.customers', { n: copy.customers ?? 0, count: format.number(copy.customers ?? 0) })}` }
    default: return assertNever(copy.state)
  }
}

/** The sentences of a note: what was found, what came back, and what did not. */
export function noteWords(note: RecoveryNote, t: Translate, format: Format): readonly string[] {
  const count = (n: number, key: MessageKey) => (n > 0 ? [t(key, { n })] : [])
  return [
    headOf(note, t, format),
    t('recovery.note.recovered', { n: note.recovered }),
    ...count(note.drafts, 'recovery.note.drafts'),
    ...count(note.withoutEffect, 'recovery.note.withoutEffect'),
    ...count(note.missing, 'recovery.note.missing'),
    ...(note.joined ? [t('recovery.note.hub')] : note.kind === 'restored' ? [t('recovery.note.extracts')] : []),
    ...(note.aside === null ? [] : [t('recovery.note.aside', { folder: note.aside })]),
  ]
}

function headOf({ kind, copyAt }: RecoveryNote, t: Translate, format: Format): string {
  switch (kind) {
    case 'restored': return t('recovery.note.restored', { date: format.date(copyAt ?? ''), time: format.time(copyAt ?? '') })
    case 'rebuilt': return t('recovery.note.rebuilt')
    case 'old_copy': return t('recovery.note.oldCopy')
    case 'log_lost': return t('recovery.note.logLost')
    default: return assertNever(kind)
  }
}

export const bannerWords: Readonly<Record<Exclude<StorageState, 'ok'>, { readonly what: MessageKey; readonly todo: MessageKey }>> = {
  full: { what: 'recovery.banner.full', todo: 'recovery.banner.todoFull' },
  read_only: { what: 'recovery.banner.readOnly', todo: 'recovery.banner.todoReadOnly' },
  damaged: { what: 'recovery.banner.damaged', todo: 'recovery.banner.todoDamaged' },
}

export const recoveryReasons: Reasons<ErrorOf<(typeof recoveryCalls)['restore' | 'rebuild']>> = {
  ...commonReasons,
  not_unlocked: 'recovery.error.notUnlocked',
  copy_unusable: 'recovery.error.copyUnusable',
  not_joined: 'recovery.error.notJoined',
}
