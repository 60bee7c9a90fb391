import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Translate } from '../../ui/i18n.ts'

type Refusal = { readonly why: MessageKey; readonly todo: MessageKey }

const gone: Refusal = { why: 'sync.refusal.gone', todo: 'sync.remedy.rewrite' }
const done: Refusal = { why: 'sync.refusal.alreadyDone', todo: 'sync.remedy.nothing' }

/** Codes of the hub (`reliability.md` 3.6) and of the operations, grouped by what a person can do about them. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  actor_unknown: { why: 'sync.refusal.actorUnknown', todo: 'sync.remedy.askAdmin' },
  actor_disabled: { why: 'sync.refusal.actorDisabled', todo: 'sync.remedy.askAdmin' },
  role: { why: 'sync.refusal.role', todo: 'sync.remedy.askAdmin' },
  outside_territory: { why: 'sync.refusal.outsideTerritory', todo: 'sync.remedy.askSupervisor' },
  erased: { why: 'sync.refusal.erased', todo: 'sync.remedy.nothing' },
  unknown_kind: { why: 'sync.refusal.unknownKind', todo: 'sync.remedy.update' },
  newer_version: { why: 'sync.refusal.newerVersion', todo: 'sync.remedy.update' },
  internal: { why: 'sync.refusal.internal', todo: 'sync.remedy.askSupervisor' },
  review: { why: 'sync.refusal.review', todo: 'sync.remedy.askSupervisor' },
  customer_not_found: gone,
  ticket_not_found: gone,
  meter_not_found: gone,
  reading_not_found: gone,
  link_not_found: gone,
  service_not_found: gone,
  conflict_not_found: gone,
  person_not_found: gone,
  changed_meanwhile: { why: 'sync.refusal.changedMeanwhile', todo: 'sync.remedy.rewrite' },
  nothing_changed: done,
  already_linked: done,
  already_unlinked: done,
  already_deleted: done,
  already_settled: done,
  not_contested: done,
  already_acquired: { why: 'sync.refusal.acquired', todo: 'sync.remedy.nothing' },
  day_taken: { why: 'sync.refusal.dayTaken', todo: 'sync.remedy.rewrite' },
  outside_window: { why: 'sync.refusal.outsideWindow', todo: 'sync.remedy.rewrite' },
  step_not_allowed: { why: 'sync.refusal.stepNotAllowed', todo: 'sync.remedy.rewrite' },
  username_taken: { why: 'sync.refusal.usernameTaken', todo: 'sync.remedy.askAdmin' },
  last_administrator: { why: 'sync.refusal.lastAdministrator', todo: 'sync.remedy.askAdmin' },
}

/** Why the hub refused, and what can be done; a code of a later version is at least named. */
export function refusalOf(t: Translate, code: string): { readonly why: string; readonly todo: string } {
  const known = REFUSALS[code]
  if (known === undefined) return { why: t('sync.refusal.code', { code }), todo: t('sync.remedy.tell') }
  return { why: t(known.why), todo: t(known.todo) }
}
