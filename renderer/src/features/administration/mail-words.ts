import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Translate } from '../../ui/i18n.ts'

type Status = 'ok' | 'attention' | 'breach' | 'info' | 'neutral'
const STATES: Readonly<Record<string, { readonly key: MessageKey; readonly status: Status }>> = {
  waiting: { key: 'administration.mail.state.waiting', status: 'neutral' },
  queued: { key: 'administration.mail.state.queued', status: 'info' },
  sent: { key: 'administration.mail.state.sent', status: 'ok' },
  failed: { key: 'administration.mail.state.failed', status: 'attention' },
  refused: { key: 'administration.mail.state.refused', status: 'breach' },
}
const TEMPLATES: Readonly<Record<string, MessageKey>> = { ticket_answered: 'administration.mail.template.ticket_answered' }

/** How far a message has come; a state of a later version is named as it is. */
export function mailState(t: Translate, state: string): { readonly words: string; readonly status: Status } {
  const known = STATES[state]
  return known === undefined ? { words: state, status: 'neutral' } : { words: t(known.key), status: known.status }
}

/** What the mail server made of the last attempt, with its own code; nothing while there was none. */
export function mailReason(t: Translate, lastCode: string | null): string {
  if (lastCode === null) return ''
  const key: MessageKey = /^4\d\d$/u.test(lastCode) ? 'administration.mail.later' : /^5\d\d$/u.test(lastCode) ? 'administration.mail.refusedBy' : 'administration.mail.noAnswer'
  return `${t(key)} (${lastCode})`
}

/** Which text it is; never to whom, nor what it says. */
export function mailTemplate(t: Translate, template: string): string {
  const key = TEMPLATES[template]
  return key === undefined ? template : t(key)
}

/** Worth another attempt by hand. */
export function mayRetry(state: string): boolean {
  return state === 'failed' || state === 'refused'
}
