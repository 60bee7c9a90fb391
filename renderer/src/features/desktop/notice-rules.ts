import type { CoreEvent } from '../../../../shared/contract/events.ts'
import type { Notice } from '../../../../shared/contract/shell.ts'
import type { OpenTab } from '../desk/workspace-store.ts'

/**
 * Which events of the core are worth a notification; the shell shows it only to somebody who is looking elsewhere.
 *
 * @param tabs what this person has open
 * @returns hears one event after the other; the whole index is news once, after it was not whole
 */
export function createNoticeRules(tabs: () => readonly OpenTab[]): (event: CoreEvent) => Notice | null {
  let growing = false
  return (event) => {
    if (event.kind === 'index') {
      const ready = growing && event.progress.finished
      growing = !event.progress.finished
      return ready ? { notice: 'indexReady', target: { to: 'area', area: 'lookup' } } : null
    }
    if (event.kind !== 'changed' || event.entity !== 'ticket') return null
    const tab = tabs().find((one) => one.kind === 'ticket' && event.ids.includes(one.recordId))
    return tab === undefined ? null : { notice: 'ticketChanged', target: { to: 'tab', tabId: tab.id } }
  }
}
