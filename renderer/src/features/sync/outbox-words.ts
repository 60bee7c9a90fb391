import type { ErrorOf } from '../../../../shared/contract/call.ts'
import type { LinkState } from '../../../../shared/contract/hub.ts'
import type { OutboxItem, outboxCalls } from '../../../../shared/contract/outbox.ts'
import type { OperationKind } from '../../../../shared/operations/all.ts'
import type { MergeCode } from '../../../../shared/operations/operation.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Format } from '../../ui/format.ts'
import type { Translate } from '../../ui/i18n.ts'
import { commonReasons } from '../desk/call-errors.ts'
import type { Reasons } from '../desk/call-errors.ts'
import { refusalOf } from './refusal-codes.ts'
import { sizeWords } from './sync-words.ts'

export const listReasons: Reasons<ErrorOf<(typeof outboxCalls)['list']>> = commonReasons

const KIND: Readonly<Record<OperationKind, MessageKey>> = {
  'ticket.open': 'outbox.kind.ticketOpen',
  'ticket.take': 'outbox.kind.ticketStep',
  'ticket.note': 'outbox.kind.ticketStep',
  'ticket.wait': 'outbox.kind.ticketStep',
  'ticket.answer': 'outbox.kind.ticketStep',
  'ticket.close': 'outbox.kind.ticketStep',
  'ticket.reopen': 'outbox.kind.ticketStep',
  'ticket.cancel': 'outbox.kind.ticketStep',
  'ticket.attach': 'outbox.kind.ticketAttach',
  'reading.enter': 'outbox.kind.readingEnter',
  'reading.delete': 'outbox.kind.readingDelete',
  'reading.settle': 'outbox.kind.readingSettle',
  'reading.replace': 'outbox.kind.readingReplace',
  'portal.link': 'outbox.kind.portalLink',
  'portal.unlink': 'outbox.kind.portalUnlink',
  'person.add': 'outbox.kind.personAdd',
  'person.set-active': 'outbox.kind.personActive',
  'customer.change-contact': 'outbox.kind.customerContact',
  'customer.correct-identity': 'outbox.kind.customerIdentity',
  'customer.settle-conflict': 'outbox.kind.customerSettle',
  'entry.settle': 'outbox.kind.entrySettle',
}

/** What was written, by the kind of its operation; kinds of later versions still say something true. */
export function kindWords(t: Translate, kind: string): string {
  if (kind === 'file') return t('inbox.file.kind')
  return t((KIND as Readonly<Record<string, MessageKey | undefined>>)[kind] ?? (kind.startsWith('ticket.') ? 'outbox.kind.ticketStep' : 'outbox.kind.other'))
}

const OUTCOME: Readonly<Record<MergeCode, MessageKey>> = {
  same_reading: 'sync.outcome.sameReading',
  reading_contested: 'sync.outcome.readingContested',
  ticket_moved_on: 'sync.outcome.ticketMovedOn',
  field_conflict: 'sync.outcome.fieldConflict',
  same_value: 'sync.outcome.sameValue',
  settled_twice: 'sync.outcome.settledTwice',
}

/** What the hub made of it, where that differs from what was written. */
function outcomeWords(t: Translate, { outcome, reason }: Pick<OutboxItem, 'outcome' | 'reason'>): string | null {
  const known = reason === null ? undefined : (OUTCOME as Readonly<Record<string, MessageKey | undefined>>)[reason]
  if (known !== undefined) return t(known)
  if (outcome === 'merged') return t('sync.outcome.merged')
  return outcome === 'superseded' ? t('sync.outcome.superseded') : null
}

type Reasoned = Pick<OutboxItem, 'state' | 'reason' | 'outcome'> & Partial<Pick<OutboxItem, 'envelopedAt' | 'settled' | 'file'>>

/** Why an entry stands where it stands, without any promise that the desk cannot keep. */
export function reasonWords(t: Translate, item: Reasoned, link: LinkState | undefined, format?: Format): string {
  const { settled, file, envelopedAt } = item
  if (file && format) return t(item.state === 'refused' ? 'inbox.file.failed' : 'inbox.file.waiting', { name: file.name, sent: sizeWords(file.sent, format), size: sizeWords(file.size, format) })
  if (settled && format) return t(`inbox.written.${settled.choice}`, { by: settled.by, at: format.dateTime(settled.at), reason: settled.reason ?? '' })
  switch (item.state) {
    case 'saved':
    case 'queued':
      if (link === 'none') return t('outbox.reason.noHub')
      if (link === 'refused') return t('outbox.reason.notAdmitted')
      if (envelopedAt && format && link !== 'connected') return t('inbox.envelope', { when: format.dateTime(envelopedAt) })
      return link === 'connected' ? t('outbox.reason.leaving') : t('outbox.reason.waiting')
    case 'delivered':
      return outcomeWords(t, item) ?? t('outbox.reason.delivered')
    case 'confirmed':
      return outcomeWords(t, item) ?? t('sync.outcome.applied')
    case 'refused':
      return item.reason === null ? t('outbox.reason.refused') : refusalOf(t, item.reason).why
  }
}
