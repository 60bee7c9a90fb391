import type { Format } from '../../ui/format.ts'
import type { Translate } from '../../ui/i18n.ts'

const dayMs = 86_400_000

/** When a customer was opened: the time today, "yesterday", or the day. */
export function recentTime(at: string, today: string, format: Format, t: Translate): string {
  const day = format.date(at)
  if (day === format.date(today)) return format.time(at)
  const yesterday = new Date(Date.parse(`${today}T00:00:00Z`) - dayMs).toISOString().slice(0, 10)
  return day === format.date(yesterday) ? t('lookup.yesterday') : format.dayShort(at, today)
}
