import type { ErrorOf } from '../../../../../shared/contract/call.ts'
import type { InboxItem, inboxCalls } from '../../../../../shared/contract/inbox.ts'
import type { Format } from '../../../ui/format.ts'
import type { Translate } from '../../../ui/i18n.ts'
import { commonReasons } from '../../desk/call-errors.ts'
import type { Reasons } from '../../desk/call-errors.ts'
import { eventKeys } from '../../tickets/ticket-words.ts'
import { kindWords } from '../outbox-words.ts'
import { refusalOf } from '../refusal-codes.ts'

type Calls = typeof inboxCalls

export const lookReasons: Reasons<ErrorOf<Calls['refused']> | ErrorOf<Calls['contested']> | ErrorOf<Calls['superseded']>> = {
  ...commonReasons,
  entry_not_found: 'inbox.error.notFound',
  reading_not_found: 'inbox.error.notFound',
  not_verified: 'inbox.correct.verify',
  forbidden_decision: 'inbox.error.forbidden',
}

export const settleReasons: Reasons<ErrorOf<Calls['letGo']> | ErrorOf<Calls['again']>> = {
  ...commonReasons,
  entry_not_found: 'inbox.error.notFound',
  already_settled: 'contact.error.alreadySettled',
  not_settled: 'inbox.error.notSettled',
  reason_missing: 'inbox.error.reasonMissing',
  forbidden_decision: 'inbox.error.forbidden',
  customer_not_found: 'customer.error.customer_not_found',
  ticket_not_found: 'tickets.error.ticketNotFound',
  step_not_allowed: 'tickets.error.stepNotAllowed',
  answer_missing: 'tickets.error.answerMissing',
  field_invalid: 'inbox.error.fieldInvalid',
}

/** What it is about, in one line. */
export function whatWords(t: Translate, item: InboxItem): string {
  if (item.kind === 'conflict' && item.field !== null) return t(`contact.${item.field}`)
  if (item.kind === 'superseded') {
    const event = Object.entries(eventKeys).find(([kind]) => `ticket.${kind}` === item.what)?.[1]
    return event === undefined ? kindWords(t, item.what) : t(event)
  }
  return item.reading === null ? kindWords(t, item.what) : `${kindWords(t, item.what)} ${item.reading.serial}`
}

/** Why it waits. */
export function whyWords(t: Translate, format: Format, item: InboxItem): string {
  switch (item.kind) {
    case 'refused':
      return refusalOf(t, item.reason ?? '').why
    case 'review':
      return t('inbox.why.review')
    case 'contested':
      return t('inbox.why.contested', { day: item.reading === null ? '' : format.date(item.reading.day) })
    case 'conflict':
      return t('inbox.why.conflict', { field: item.field === null ? '' : t(`contact.${item.field}`) })
    case 'superseded':
      return t('inbox.why.superseded')
  }
}

/** Who has to decide, by name. */
export function deciderWords(t: Translate, format: Format, item: InboxItem): string {
  if (item.kind !== 'contested' && item.kind !== 'review') return t('inbox.decides.mine', { names: format.list([...item.deciders]) })
  return item.deciders.length === 0 ? t('inbox.decides.nobody') : t('inbox.decides.supervisor', { names: format.list([...item.deciders]) })
}
