import type { HealthCheck, HubStatus, LinkTrouble, SnapshotProgress } from '../../../../shared/contract/hub.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Format } from '../../ui/format.ts'
import type { Translate } from '../../ui/i18n.ts'

type Speech = { readonly t: Translate; readonly format: Format }
export type LinkWords = { readonly tone: 'ok' | 'paused' | 'attention' | 'breach' | 'plain'; readonly title: string; readonly text: string; readonly todo: string | undefined }
type Trouble = { readonly why: MessageKey; readonly todo: MessageKey }

const TROUBLE: Readonly<Record<LinkTrouble, Trouble>> = {
  unreachable: { why: 'sync.trouble.unreachable.why', todo: 'sync.trouble.unreachable.todo' },
  revoked: { why: 'sync.trouble.revoked.why', todo: 'sync.trouble.revoked.todo' },
  too_old: { why: 'sync.trouble.tooOld.why', todo: 'sync.trouble.tooOld.todo' },
  feed_changed: { why: 'sync.trouble.feedChanged.why', todo: 'sync.trouble.feedChanged.todo' },
  unsafe_database: { why: 'sync.trouble.unsafeDatabase.why', todo: 'sync.trouble.unsafeDatabase.todo' },
  clock: { why: 'sync.trouble.clock.why', todo: 'sync.trouble.clock.todo' },
  not_a_hub: { why: 'sync.trouble.notAHub.why', todo: 'sync.trouble.notAHub.todo' },
  internal: { why: 'sync.trouble.internal.why', todo: 'sync.trouble.internal.todo' },
}
const purged: Trouble = { why: 'sync.trouble.revokedPurged.why', todo: 'sync.trouble.revokedPurged.todo' }

/** What stands between this desk and the hub's newest change; 0 when nothing does. */
export function behind(status: Pick<HubStatus, 'position' | 'head'>): number {
  return Math.max(0, status.head - status.position)
}

/** `10:42` of today, otherwise day and time. */
export function whenWords(iso: string, today: string, format: Format): string {
  return format.date(iso) === format.date(today) ? format.time(iso) : format.dateTime(iso)
}

/**
 * The state of the link in one sentence, what it means, and what to do. `customers` tells whether a revoked desk has been emptied; `null`
 * while that is not known, and then it is not said.
 */
export function linkWords(status: HubStatus, customers: number | null, today: string, { t, format }: Speech): LinkWords {
  const hub = status.hubName ?? t('sync.link.theHub')
  const trouble = status.trouble === null ? null : status.trouble === 'revoked' && customers === 0 ? purged : TROUBLE[status.trouble]
  const why = trouble === null ? null : t(trouble.why)
  const todo = trouble === null ? undefined : t(trouble.todo)
  if (status.stuck && status.oldestQueuedAt !== null) {
    const waiting = { n: status.queued, count: format.number(status.queued) }
    return { tone: 'attention', title: t('sync.link.stuck', { hub, when: whenWords(status.oldestQueuedAt, today, format) }), text: t('sync.link.stuckText', waiting), todo: t('sync.link.stuckTodo') }
  }
  switch (status.state) {
    case 'none':
      return { tone: 'paused', title: t('sync.alone.title'), text: t('outbox.noHub'), todo: undefined }
    case 'connecting':
      return { tone: 'plain', title: t('sync.link.connecting', { hub }), text: why ?? t('sync.link.connectingText'), todo }
    case 'connected': {
      const left = behind(status)
      const title = status.snapshot !== null ? t('sync.link.copying', { hub }) : left === 0 ? t('sync.link.connected', { hub }) : t('sync.link.catchingUp', { hub, n: left, count: format.number(left) })
      return { tone: why === null ? 'ok' : 'paused', title, text: why ?? t('sync.link.connectedText'), todo }
    }
    case 'unreachable': {
      const title = status.lastContactAt === null ? t('sync.link.unreachable') : t('sync.link.unreachableSince', { when: whenWords(status.lastContactAt, today, format) })
      return { tone: 'paused', title, text: why === null || status.trouble === 'unreachable' ? t('sync.link.unreachableText') : why, todo }
    }
    case 'refused':
      return { tone: 'breach', title: t('sync.link.refused'), text: why ?? t('sync.trouble.revoked.why'), todo: todo ?? t('sync.trouble.revoked.todo') }
  }
}

/** From 0 to 1 in whole hundredths; never 1 while customers are missing, 0 while the whole is not known. */
export function snapshotShare({ phase, customers, ofCustomers }: SnapshotProgress): number {
  if (phase === 'catching_up') return 1
  return ofCustomers === 0 ? 0 : Math.min(99, Math.floor((customers / ofCustomers) * 100)) / 100
}

/** `420.000 di 1.000.000 clienti; si cerca già in ciò che c’è`. */
export function snapshotWords(progress: SnapshotProgress, { t, format }: Speech): string {
  if (progress.phase === 'catching_up') return t('sync.snapshot.catchingUp')
  if (progress.customers === 0) return t('sync.snapshot.loadingNone')
  // The whole is an estimate of the hub: where more have come, it was more.
  const total = Math.max(progress.customers, progress.ofCustomers)
  return t('sync.snapshot.loading', { done: format.number(progress.customers), total: format.number(total) })
}

const TABLES: Readonly<Record<string, MessageKey>> = {
  brand: 'sync.table.brand', address: 'sync.table.address', customer: 'sync.table.customer', supply_point: 'sync.table.supply_point', contract: 'sync.table.contract', meter: 'sync.table.meter',
  reading: 'sync.table.reading', reading_window: 'sync.table.reading_window', invoice: 'sync.table.invoice', ticket: 'sync.table.ticket', ticket_event: 'sync.table.ticket_event',
  portal_profile: 'sync.table.portal_profile', contract_link: 'sync.table.contract_link', person: 'sync.table.person', field_conflict: 'sync.table.field_conflict', decision: 'sync.table.decision', attachment: 'sync.table.attachment',
}

/** The names of tables as people call them; one of a later version is called by its own. */
export function tableWords(tables: readonly string[], { t, format }: Speech): string {
  return format.list(tables.map((table) => {
    const key = TABLES[table]
    return key === undefined ? table : t(key)
  }))
}

/** What the comparison with the hub has found: counts and digests, not the absence of errors. */
export function healthWords(health: HealthCheck | null, { t, format }: Speech): { readonly tone: 'ok' | 'attention' | 'plain'; readonly text: string } {
  if (health === null) return { tone: 'plain', text: t('sync.health.none') }
  const list = tableWords(health.differing, { t, format })
  switch (health.result) {
    case 'running':
      return { tone: 'plain', text: t('sync.health.running') }
    case 'same':
      return { tone: 'ok', text: t('sync.health.same', { tables: format.number(health.tables), rows: format.number(health.rows) }) }
    case 'differs':
      return { tone: 'attention', text: t('sync.health.differs', { list }) }
    case 'repaired':
      return { tone: 'ok', text: t('sync.health.repaired', { list }) }
  }
}

/** Bytes as `1,8 MB`. */
export function sizeWords(bytes: number, format: Format): string {
  const units = ['B', 'kB', 'MB', 'GB'] as const
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${format.number(value, unit === 0 ? 0 : 1)}\u00a0${units[unit] ?? 'GB'}`
}
