import type { TicketHolder } from '../../../../shared/contract/tickets.ts'
import type { Translate } from '../../ui/i18n.ts'

/** Who is at work and where; and since when, apart from it, because that changes by the minute. `now` in milliseconds. */
export function atWorkWords(t: Translate, { person, desk, since }: TicketHolder, now: number): { readonly who: string; readonly since: string } {
  const minutes = Math.floor((now - Date.parse(since)) / 60_000)
  return { who: t('tickets.atWork.who', { name: person, desk }), since: minutes < 1 ? t('tickets.atWork.justNow') : t('tickets.atWork.since', { n: minutes }) }
}
