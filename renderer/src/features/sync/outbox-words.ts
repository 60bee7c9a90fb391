import type { ErrorOf } from '../../../../shared/contract/call.ts'
import type { LinkState } from '../../../../shared/contract/hub.ts'
import type { OutboxItem, outboxCalls } from '../../../../shared/contract/outbox.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Translate } from '../../ui/i18n.ts'
import { commonReasons } from '../desk/call-errors.ts'
import type { Reasons } from '../desk/call-errors.ts'
import { refusalOf } from './refusal-codes.ts'

export const listReasons: Reasons<ErrorOf<(typeof outboxCalls)['list']>> = commonReasons

const KIND: Readonly<Record<string, MessageKey>> = {
  'ticket.open': 'outbox.kind.ticketOpen',
  'reading.enter': 'outbox.kind.readingEnter',
  'reading.delete': 'outbox.kind.readingDelete',
  'reading.settle': 'outbox.kind.readingSettle',
  'portal.link': 'outbox.kind.portalLink',
  'portal.unlink': 'outbox.kind.portalUnlink',
  'person.add': 'outbox.kind.personAdd',
  'person.set-active': 'outbox.kind.personActive',
  'customer.change-contact': 'outbox.kind.customerContact',
  'customer.correct-identity': 'outbox.kind.customerIdentity',
  'customer.settle-conflict': 'outbox.kind.customerSettle',
}

/** What was written, by the kind of its operation; kinds of later versions still say something true. */
export function kindWords(t: Translate, kind: string): string {
  const key = KIND[kind] ?? (kind.startsWith('ticket.') ? 'outbox.kind.ticketStep' : 'outbox.kind.other')
  return t(key)
}

const OUTCOME: Readonly<Record<string, MessageKey>> = {
  same_reading: 'sync.outcome.sameReading',
  reading_contested: 'sync.outcome.readingContested',
  ticket_moved_on: 'sync.outcome.ticketMovedOn',
}

/** What the hub made of it, where that differs from what was written. */
function outcomeWords(t: Translate, { outcome, reason }: Pick<OutboxItem, 'outcome' | 'reason'>): string | null {
  const known = reason === null ? undefined : OUTCOME[reason]
  if (known !== undefined) return t(known)
  if (outcome === 'merged') return t('sync.outcome.merged')
  return outcome === 'superseded' ? t('sync.outcome.superseded') : null
}

/** Why an entry stands where it stands, without any promise that the desk cannot keep. */
export function reasonWords(t: Translate, item: Pick<OutboxItem, 'state' | 'reason' | 'outcome'>, link: LinkState | undefined): string {
  switch (item.state) {
    case 'saved':
    case 'queued':
      if (link === 'none') return t('outbox.reason.noHub')
      if (link === 'refused') return t('outbox.reason.notAdmitted')
      return link === 'connected' ? t('outbox.reason.leaving') : t('outbox.reason.waiting')
    case 'delivered':
      return outcomeWords(t, item) ?? t('outbox.reason.delivered')
    case 'confirmed':
      return outcomeWords(t, item) ?? t('sync.outcome.applied')
    case 'refused':
      return item.reason === null ? t('outbox.reason.refused') : refusalOf(t, item.reason).why
  }
}
