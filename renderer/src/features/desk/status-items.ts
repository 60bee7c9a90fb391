import { mdiAccountOutline, mdiCalendarOutline, mdiCheckAll, mdiCloudAlertOutline, mdiCloudDownloadOutline, mdiCloudOffOutline, mdiCloudOutline, mdiContentSaveCheckOutline, mdiDatabaseSearchOutline, mdiHistory, mdiLogoutVariant, mdiMonitor, mdiTrayArrowUp } from '@mdi/js'
import type { HubStatus } from '../../../../shared/contract/hub.ts'
import type { IndexProgress } from '../../../../shared/contract/lookup.ts'
import type { OutboxStatus } from '../../../../shared/contract/outbox.ts'
import type { SessionStatus } from '../../../../shared/contract/session.ts'
import type { StatusItem } from '../../shell/shell-types.ts'
import type { Format } from '../../ui/format.ts'
import type { Translate } from '../../ui/i18n.ts'
import { behind, snapshotShare, whenWords } from '../sync/sync-words.ts'

type Facts = { readonly outbox: OutboxStatus | null; readonly hub: HubStatus | null; readonly index: IndexProgress | null; readonly now: number; readonly today: string }
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

/** The left half of the status bar: saved here → queued → delivered → confirmed n°, hub, age of the data, index. */
export function workItems({ outbox, hub, index, now, today }: Facts, speech: Speech): StatusItem[] {
  const { t, format } = speech
  const items: StatusItem[] = []
  const joined = hub !== null && hub.state !== 'none'
  if (outbox !== null) {
    const saved = outbox.lastSavedAt === null ? t('ui.status.savedNothingYet') : t('ui.status.saved', { time: format.timeExact(outbox.lastSavedAt) })
    items.push({ id: 'saved', icon: mdiContentSaveCheckOutline, words: saved, yields: true })
    items.push(joined ? queueItem(hub, speech) : { id: 'queued', icon: mdiTrayArrowUp, words: t('ui.status.queued', { n: outbox.queued }), pressable: true, title: t('sync.status.open') })
    if (joined) items.push({ id: 'confirmed', icon: mdiCheckAll, words: outbox.lastConfirmed === null ? t('sync.status.nothingConfirmed') : t('sync.status.confirmedUpTo', { number: format.number(outbox.lastConfirmed) }), pressable: true, title: t('sync.status.open') })
  }
  if (hub !== null) items.push(hubItem(hub, today, speech))
  // While the first copy comes, how far it is says it all.
  if (outbox !== null && !(joined && hub.snapshot !== null)) items.push({ id: 'age', icon: mdiHistory, words: joined && hub.currentAsOf === null ? t('sync.status.arriving') : dataAge(joined ? hub.currentAsOf : outbox.dataAsOf, now, today, speech) })
  if (index !== null && !index.finished) items.push({ id: 'index', icon: mdiDatabaseSearchOutline, words: indexWords(index, speech), tone: 'paused' })
  return items
}

/** What is on its way; the refused are told apart, since somebody has to look at them. */
function queueItem({ queued, delivered, refused, files }: HubStatus, { t }: Speech): StatusItem {
  // Where the bar is narrow the end is cut off: what somebody has to look at stands first.
  const words = [
    ...(refused === 0 ? [] : [t('sync.status.refusedCount', { n: refused })]),
    t('ui.status.queued', { n: queued }),
    ...(delivered === 0 ? [] : [t('sync.status.delivered', { n: delivered })]),
    ...(files.queued + files.failed === 0 ? [] : [t('sync.status.files', { n: files.queued + files.failed })]),
  ].join(', ')
  return { id: 'queued', icon: mdiTrayArrowUp, words, pressable: true, title: `${words}. ${t('sync.status.open')}`, ...(refused === 0 ? {} : { tone: 'attention' as const }) }
}

function hubItem(hub: HubStatus, today: string, { t, format }: Speech): StatusItem {
  const item = { id: 'hub', pressable: true, title: t('sync.status.open') } as const
  if (hub.stuck) return { ...item, icon: mdiCloudAlertOutline, words: t('sync.status.stuck'), tone: 'attention' }
  switch (hub.state) {
    case 'none':
      return { ...item, icon: mdiCloudOffOutline, words: t('desk.status.noHub'), title: t('desk.status.noHubWhy') }
    case 'connecting':
      return { ...item, icon: mdiCloudOutline, words: t('sync.status.connecting') }
    case 'connected': {
      if (hub.snapshot !== null) return { ...item, icon: mdiCloudDownloadOutline, words: t('sync.status.snapshot', { share: format.percent(snapshotShare(hub.snapshot)) }), tone: 'paused' }
      const left = behind(hub)
      return { ...item, icon: mdiCloudOutline, words: left === 0 ? t('sync.status.connected') : t('sync.status.behind', { n: left, count: format.number(left) }) }
    }
    case 'unreachable':
      return { ...item, icon: mdiCloudOffOutline, words: hub.lastContactAt === null ? t('sync.status.unreachable') : t('sync.status.unreachableSince', { time: whenWords(hub.lastContactAt, today, format) }), tone: 'paused' }
    case 'refused':
      return { ...item, icon: mdiCloudAlertOutline, words: t('sync.status.refused'), tone: 'attention' }
  }
}

/** The right half: day, desk, person, and the way out. */
export function placeItems(status: Pick<SessionStatus, 'today' | 'deskName' | 'person'>, { t, format }: Speech): StatusItem[] {
  return [
    { id: 'day', icon: mdiCalendarOutline, words: format.dayLong(status.today), yields: true },
    { id: 'desk', icon: mdiMonitor, words: status.deskName },
    { id: 'person', icon: mdiAccountOutline, words: status.person?.displayName ?? '' },
    { id: 'sign-out', icon: mdiLogoutVariant, words: t('desk.signOut'), pressable: true },
  ]
}
