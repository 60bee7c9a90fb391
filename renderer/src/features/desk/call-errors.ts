import type { CommonError } from '../../../../shared/contract/call.ts'
import type { RefusalDetails } from '../../../../shared/domain/result.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Translate } from '../../ui/i18n.ts'

/** A message for every way a call can be refused; a forgotten one does not compile. */
export type Reasons<E extends string = never> = Readonly<Record<E | CommonError, MessageKey>>

/** What any call may answer. */
export const commonReasons: Reasons = {
  invalid_input: 'desk.error.invalidInput',
  unknown_call: 'desk.error.unknownCall',
  not_signed_in: 'desk.error.notSignedIn',
  forbidden: 'desk.error.forbidden',
  internal: 'desk.error.internal',
  storage_full: 'desk.error.storageFull',
  storage_read_only: 'desk.error.storageReadOnly',
  storage_damaged: 'desk.error.storageDamaged',
  newer_version: 'desk.error.newerVersion',
  closing: 'desk.error.closing',
}

/** What `ErrorNote` shows. */
export type RefusalWords = { readonly what: string; readonly reference: string | undefined }

/** The words of a refusal, with its numbers filled in and the reference number of an unexpected one. */
export function refusalWords<E extends string>(t: Translate, reasons: Reasons<E>, error: { readonly code: E | CommonError; readonly details?: RefusalDetails }): RefusalWords {
  const { code, details = {} } = error
  // No answer came at all: there is no reference to quote.
  if (code === 'internal' && details['reason'] === 'unreachable') return { what: t('desk.error.unreachable'), reference: undefined }
  const { reference } = details
  return { what: t(reasons[code], messageParams(details)), reference: typeof reference === 'string' ? reference : undefined }
}

function messageParams(details: RefusalDetails): Record<string, string | number> {
  return Object.fromEntries(Object.entries(details).filter((entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number'))
}
