import type { MessageKey } from '../../../../shared/locales/index.ts'

/** As the hub wants it (`administration.eraseCustomer`). */
const shortestReason = 10
export type ErasureIssues = { readonly reason?: MessageKey; readonly code?: MessageKey }

/** What is still missing before a customer may be erased; nothing when the reason is long enough and the code is theirs. */
export function erasureIssues(typed: { readonly reason: string; readonly code: string }, code: string): ErasureIssues {
  return {
    ...(typed.reason.trim().length < shortestReason ? { reason: 'administration.erase.reasonShort' as const } : {}),
    ...(typed.code.trim().toLowerCase() === code.toLowerCase() ? {} : { code: 'administration.erase.confirmWrong' as const }),
  }
}
