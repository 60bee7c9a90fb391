import type { ErrorOf } from '../../../../shared/contract/call.ts'
import type { OutboxItem, OutboxStatus, outboxCalls } from '../../../../shared/contract/outbox.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Translate } from '../../ui/i18n.ts'
import { commonReasons } from '../desk/call-errors.ts'
import type { Reasons } from '../desk/call-errors.ts'

export const listReasons: Reasons<ErrorOf<(typeof outboxCalls)['list']>> = commonReasons

const KIND: Readonly<Record<string, MessageKey>> = {
  'ticket.open': 'outbox.kind.ticketOpen',
  'reading.enter': 'outbox.kind.readingEnter',
  'reading.delete': 'outbox.kind.readingDelete',
  'portal.link': 'outbox.kind.portalLink',
  'portal.unlink': 'outbox.kind.portalUnlink',
  'person.add': 'outbox.kind.personAdd',
  'person.set-active': 'outbox.kind.personActive',
}

/** What was written, by the kind of its operation; kinds of later versions still say something true. */
export function kindWords(t: Translate, kind: string): string {
  const key = KIND[kind] ?? (kind.startsWith('ticket.') ? 'outbox.kind.ticketStep' : 'outbox.kind.other')
  return t(key)
}

/** Why an entry is not confirmed, without any promise that the desk cannot keep. */
export function reasonWords(t: Translate, item: Pick<OutboxItem, 'state' | 'reason'>, hub: OutboxStatus['hub'] | undefined): string {
  switch (item.state) {
    case 'saved':
    case 'queued':
      return hub === 'none' ? t('outbox.reason.noHub') : t('outbox.reason.waiting')
    case 'delivered':
      return t('outbox.reason.delivered')
    case 'refused':
      return item.reason === null ? t('outbox.reason.refused') : `${t('outbox.reason.refused')}: ${item.reason}`
    case 'confirmed':
      return ''
  }
}
