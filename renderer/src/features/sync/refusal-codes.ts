import type { OperationRefusal } from '../../../../shared/operations/all.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Translate } from '../../ui/i18n.ts'

type Refusal = { readonly why: MessageKey; readonly todo: MessageKey }
/** What the hub says besides what the operations themselves say. */
type HubCode = 'actor_unknown' | 'actor_disabled' | 'role' | 'outside_territory' | 'erased' | 'unknown_kind' | 'newer_version' | 'version_too_old' | 'internal' | 'review' | 'invalid_input' | 'hash_mismatch' | 'op_id_taken' | 'file_failed'

const gone: Refusal = { why: 'sync.refusal.gone', todo: 'sync.remedy.rewrite' }
const done: Refusal = { why: 'sync.refusal.alreadyDone', todo: 'sync.remedy.nothing' }
const field = (why: MessageKey): Refusal => ({ why, todo: 'sync.remedy.correct' })

/** Codes of the hub (`reliability.md` 3.6) and of the operations; one that an operation may answer and that is forgotten here does not compile. */
const REFUSALS: Readonly<Record<OperationRefusal | HubCode, Refusal>> = {
  actor_unknown: { why: 'sync.refusal.actorUnknown', todo: 'sync.remedy.askAdmin' },
  actor_disabled: { why: 'sync.refusal.actorDisabled', todo: 'sync.remedy.askAdmin' },
  role: { why: 'sync.refusal.role', todo: 'sync.remedy.askAdmin' },
  outside_territory: { why: 'sync.refusal.outsideTerritory', todo: 'sync.remedy.askSupervisor' },
  erased: { why: 'sync.refusal.erased', todo: 'sync.remedy.nothing' },
  unknown_kind: { why: 'sync.refusal.unknownKind', todo: 'sync.remedy.update' },
  newer_version: { why: 'sync.refusal.newerVersion', todo: 'sync.remedy.update' },
  version_too_old: { why: 'sync.refusal.unknownKind', todo: 'sync.remedy.update' },
  internal: { why: 'sync.refusal.internal', todo: 'sync.remedy.askSupervisor' },
  review: { why: 'sync.refusal.review', todo: 'sync.remedy.askSupervisor' },
  invalid_input: { why: 'inbox.refusal.invalid', todo: 'sync.remedy.rewrite' },
  hash_mismatch: { why: 'inbox.refusal.damaged', todo: 'sync.remedy.rewrite' },
  op_id_taken: { why: 'inbox.refusal.idTaken', todo: 'sync.remedy.rewrite' },
  file_failed: { why: 'inbox.refusal.file', todo: 'sync.remedy.tell' },
  customer_not_found: gone,
  ticket_not_found: gone,
  meter_not_found: gone,
  reading_not_found: gone,
  link_not_found: gone,
  service_not_found: { why: 'portal.error.service_not_found', todo: 'sync.remedy.correct' },
  conflict_not_found: gone,
  person_not_found: gone,
  changed_meanwhile: { why: 'sync.refusal.changedMeanwhile', todo: 'sync.remedy.rewrite' },
  nothing_changed: done,
  already_linked: done,
  already_unlinked: done,
  already_deleted: done,
  already_settled: done,
  already_attached: { why: 'inbox.refusal.attached', todo: 'sync.remedy.nothing' },
  not_settled: done,
  not_contested: done,
  already_acquired: { why: 'sync.refusal.acquired', todo: 'sync.remedy.nothing' },
  reading_contested: { why: 'inbox.refusal.contested', todo: 'sync.remedy.askSupervisor' },
  day_taken: { why: 'sync.refusal.dayTaken', todo: 'sync.remedy.rewrite' },
  outside_window: { why: 'sync.refusal.outsideWindow', todo: 'sync.remedy.rewrite' },
  not_of_customer: field('inbox.refusal.notOfCustomer'),
  meter_removed: field('inbox.refusal.meterRemoved'),
  service_closed: field('inbox.refusal.serviceClosed'),
  corrector_missing: field('inbox.refusal.correctorMissing'),
  corrector_not_expected: field('inbox.refusal.correctorNotExpected'),
  bands_mismatch: field('inbox.refusal.bandsMismatch'),
  too_many_digits: field('inbox.refusal.tooManyDigits'),
  decimals_not_shown: field('inbox.refusal.decimals'),
  supply_point_not_of_customer: field('inbox.refusal.supplyNotOfCustomer'),
  received_in_future: field('inbox.refusal.receivedInFuture'),
  answer_missing: { why: 'inbox.refusal.answerMissing', todo: 'sync.remedy.rewrite' },
  step_not_allowed: { why: 'sync.refusal.stepNotAllowed', todo: 'sync.remedy.rewrite' },
  phone_invalid: field('inbox.refusal.phone'),
  email_invalid: field('inbox.refusal.email'),
  tax_code_invalid: field('inbox.refusal.taxCode'),
  vat_number_invalid: field('inbox.refusal.vatNumber'),
  name_missing: field('inbox.refusal.nameMissing'),
  reason_missing: field('inbox.refusal.reasonMissing'),
  declaration_missing: field('portal.error.declaration_missing'),
  declaration_outdated: field('portal.error.declaration_outdated'),
  customer_code_mismatch: field('portal.error.customer_code_mismatch'),
  tax_code_required: field('portal.error.tax_code_required'),
  vat_number_required: field('portal.error.vat_number_required'),
  tax_code_must_be_empty: field('portal.error.tax_code_must_be_empty'),
  vat_number_not_for_domestic: field('portal.error.vat_number_not_for_domestic'),
  tax_code_mismatch: field('portal.error.tax_code_mismatch'),
  vat_number_mismatch: field('portal.error.vat_number_mismatch'),
  not_holder: field('portal.error.not_holder'),
  username_taken: { why: 'sync.refusal.usernameTaken', todo: 'sync.remedy.askAdmin' },
  last_administrator: { why: 'sync.refusal.lastAdministrator', todo: 'sync.remedy.askAdmin' },
}

/** Why the hub refused, and what can be done; a code of a later version is at least named. */
export function refusalOf(t: Translate, code: string): { readonly why: string; readonly todo: string } {
  const known = (REFUSALS as Readonly<Record<string, Refusal | undefined>>)[code]
  if (known === undefined) return { why: t('sync.refusal.code', { code }), todo: t('sync.remedy.tell') }
  return { why: t(known.why), todo: t(known.todo) }
}
