import type { RefusalDetails } from '../../../../shared/domain/result.ts'
import type { Translate } from '../../ui/i18n.ts'

/** Length limits of a person's fields, as the contract checks them. */
export const personLimits = {
  username: { minimum: 2, maximum: 64 },
  displayName: { minimum: 2, maximum: 80 },
  password: { minimum: 8, maximum: 128 },
  deskName: { minimum: 1, maximum: 40 },
} as const
export type PersonField = keyof typeof personLimits
export type FieldIssues = { readonly [F in string]?: string }

/** What is wrong with a field's length, in words; `undefined` when nothing is. Passwords count their spaces. */
export function lengthIssue(t: Translate, field: PersonField, value: string): string | undefined {
  const { minimum, maximum } = personLimits[field]
  const { length } = field === 'password' ? value : value.trim()
  if (length === 0) return t('session.field.missing')
  if (length < minimum) return t('session.field.tooShort', { minimum })
  return length > maximum ? t('session.field.tooLong', { maximum }) : undefined
}

/** The fields the core found wrong (`invalid_input`), each with its words. */
export function issuesOf(t: Translate, details: RefusalDetails | undefined): FieldIssues {
  const issues = details?.['issues']
  if (!Array.isArray(issues)) return {}
  return Object.fromEntries((issues as readonly RefusalDetails[]).map((issue) => [typeof issue['path'] === 'string' ? issue['path'] : '', issueWords(t, issue)]))
}

function issueWords(t: Translate, { reason, minimum, maximum }: RefusalDetails): string {
  if (reason === 'too_small' && typeof minimum === 'number') return t('session.field.tooShort', { minimum })
  if (reason === 'too_big' && typeof maximum === 'number') return t('session.field.tooLong', { maximum })
  return t('desk.error.invalidInput')
}
