import { romeDay } from '../../../../shared/domain/civil-day.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Format } from '../../ui/format.ts'
import type { Translate } from '../../ui/i18n.ts'
import { formOf } from './draft-keys.ts'
import type { DraftForm } from './draft-keys.ts'

/** How old it is: the time for one of today, day and time for an older one. */
export function draftAge(t: Translate, format: Format, savedAt: string, now: number): string {
  return romeDay(Date.parse(savedAt)) === romeDay(now) ? t('drafts.saved', { time: format.timeExact(savedAt) }) : t('drafts.savedEarlier', { at: format.dateTime(savedAt) })
}

const formKeys: Readonly<Record<DraftForm, MessageKey>> = {
  'ticket.new': 'drafts.form.ticketNew',
  ticket: 'drafts.form.ticket',
  reading: 'drafts.form.reading',
  'portal-link': 'drafts.form.portalLink',
  'portal-unlink': 'drafts.form.portalUnlink',
  contact: 'drafts.form.contact',
  identity: 'drafts.form.identity',
  erase: 'drafts.form.erase',
  person: 'drafts.form.person',
  'local-person': 'drafts.form.localPerson',
  office: 'drafts.form.office',
  team: 'drafts.form.team',
  territory: 'drafts.form.territory',
  device: 'drafts.form.device',
  join: 'drafts.form.join',
  correct: 'drafts.form.correct',
  'let-go': 'drafts.form.letGo',
  contested: 'drafts.form.contested',
  late: 'drafts.form.late',
}

/** What kind of text it is, from its key or from the kind alone. */
export function formWords(t: Translate, key: string): string {
  const form = formOf(key)
  return t(form === null ? 'drafts.other' : formKeys[form])
}
