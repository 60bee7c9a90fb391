import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Translate } from '../../ui/i18n.ts'

const kinds = [
  'signed_in', 'signed_out', 'set_up', 'searched', 'opened_customer', 'verified_caller', 'opened_ticket', 'listed', 'wrote', 'exported', 'administered', 'enrolled', 'revoked', 'purged', 'looked_up', 'refused', 'erased', 'session_ended',
] as const
const KIND: ReadonlyMap<string, MessageKey> = new Map(kinds.map((kind) => [kind, `administration.audit.kind.${kind}`]))

/** What was done, by its kind; one the desk does not know is named as it is. */
export function auditKindWords(t: Translate, kind: string): string {
  const key = KIND.get(kind)
  return key === undefined ? kind.replaceAll('_', ' ') : t(key)
}
