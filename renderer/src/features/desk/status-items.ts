import { mdiAccountOutline, mdiCalendarOutline, mdiCloudOffOutline, mdiCloudOutline, mdiContentSaveCheckOutline, mdiDatabaseSearchOutline, mdiHistory, mdiLogoutVariant, mdiMonitor, mdiTrayArrowUp } from '@mdi/js'
import type { IndexProgress } from '../../../../shared/contract/lookup.ts'
import type { OutboxStatus } from '../../../../shared/contract/outbox.ts'
import type { SessionStatus } from '../../../../shared/contract/session.ts'
import type { StatusItem } from '../../shell/shell-types.ts'
import type { Format } from '../../ui/format.ts'
import type { Translate } from '../../ui/i18n.ts'

type Facts = { readonly outbox: OutboxStatus | null; readonly index: IndexProgress | null; readonly now: number; readonly today: string }
type Speech = { readonly t: Translate; readonly format: Format }

const minuteMs = 60_000
/** Younger data are told by their age in minutes, older ones by their time. */
const freshMinutes = 60

/** How old the newest master data are; `null` where nothing was ever loaded. */
export function dataAge(dataAsOf: string | null, now: number, today: string, { t, format }: Speech): string {
  if (dataAsOf === null) return t('desk.status.noData')
  const minutes = Math.floor((now - Date.parse(dataAsOf)) / minuteMs)
  if (minutes >= 0 && minutes < freshMinutes) return t('ui.status.dataAge', { n: minutes })
  const time = format.time(dataAsOf)
  return format.date(dataAsOf) === format.date(today) ? t('ui.status.dataSince', { time }) : t('desk.status.dataOf', { date: format.date(dataAsOf), time })
}

/** From 0 to 1 in whole hundredths; never 1 before the index is whole. */
export function indexShare({ done, total, finished }: IndexProgress): number {
  if (finished) return 1
  return total === 0 ? 0 : Math.min(99, Math.floor((done / total) * 100)) / 100
}

/** `Indice 42 %: 123.000 di 300.000`. */
export function indexWords(index: IndexProgress, { t, format }: Speech): string {
  return t('desk.status.index', { share: format.percent(indexShare(index)), done: format.number(index.done), total: format.number(index.total) })
}

/** The left half of the status bar: saved, queued, hub, age of the data, index. */
export function workItems({ outbox, index, now, today }: Facts, speech: Speech): StatusItem[] {
  const { t, format } = speech
  const items: StatusItem[] = []
  if (outbox !== null) {
    const saved = outbox.lastSavedAt === null ? t('ui.status.savedNothingYet') : t('ui.status.saved', { time: format.timeExact(outbox.lastSavedAt) })
    items.push({ id: 'saved', icon: mdiContentSaveCheckOutline, words: saved })
    items.push({ id: 'queued', icon: mdiTrayArrowUp, words: t('ui.status.queued', { n: outbox.queued }), pressable: true, title: t('desk.status.openOutbox') })
    items.push(hubItem(outbox, speech))
    items.push({ id: 'age', icon: mdiHistory, words: dataAge(outbox.dataAsOf, now, today, speech) })
  }
  if (index !== null && !index.finished) items.push({ id: 'index', icon: mdiDatabaseSearchOutline, words: indexWords(index, speech), tone: 'paused' })
  return items
}

function hubItem(outbox: OutboxStatus, { t, format }: Speech): StatusItem {
  switch (outbox.hub) {
    case 'none':
      return { id: 'hub', icon: mdiCloudOffOutline, words: t('desk.status.noHub'), title: t('desk.status.noHubWhy') }
    case 'unreachable':
      return { id: 'hub', icon: mdiCloudOffOutline, words: outbox.lastDeliveredAt === null ? t('ui.top.offline') : t('ui.status.offlineSince', { time: format.time(outbox.lastDeliveredAt) }), tone: 'paused' }
    case 'connected':
      return { id: 'hub', icon: mdiCloudOutline, words: outbox.lastDeliveredAt === null ? t('ui.status.notDelivered') : t('ui.status.delivered', { time: format.time(outbox.lastDeliveredAt) }) }
  }
}

/** The right half: day, desk, person, and the way out. */
export function placeItems(status: Pick<SessionStatus, 'today' | 'deskName' | 'person'>, { t, format }: Speech): StatusItem[] {
  return [
    { id: 'day', icon: mdiCalendarOutline, words: format.dayLong(status.today) },
    { id: 'desk', icon: mdiMonitor, words: status.deskName },
    { id: 'person', icon: mdiAccountOutline, words: status.person?.displayName ?? '' },
    { id: 'sign-out', icon: mdiLogoutVariant, words: t('desk.signOut'), pressable: true },
  ]
}
