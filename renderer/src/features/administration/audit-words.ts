import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Translate } from '../../ui/i18n.ts'

const kinds = [
  'signed_in', 'signed_out', 'sign_in_failed', 'password_adopted', 'device_enrolled', 'device_changed', 'device_revoked', 'purged', 'enrolment_code_made', 'person_added', 'person_changed', 'office_added',
  'office_changed', 'team_added', 'team_changed', 'territory_added', 'territory_changed', 'session_ended', 'looked_up', 'relayed', 'mail_retried', 'readings_exported', 'export_downloaded', 'erased', 'epoch', 'feed_changed',
] as const
const KIND: ReadonlyMap<string, MessageKey> = new Map(kinds.map((kind) => [kind, `administration.audit.kind.${kind}`]))

/** What was done, by its kind; one the desk does not know is named as it is. */
export function auditKindWords(t: Translate, kind: string): string {
  const key = KIND.get(kind)
  return key === undefined ? kind.replaceAll('_', ' ') : t(key)
}
