import type { Router } from 'vue-router'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import { defineAction } from '../../ui/actions/registry.ts'
import type { Action } from '../../ui/actions/registry.ts'
import type { Shortcut } from '../../ui/actions/shortcut.ts'

/** A browser keeps Ctrl+Tab and Ctrl+W for itself; the first key is the one shown. */
export const tabKeys = {
  electron: { next: ['ctrl+tab', 'alt+pagedown'], previous: ['ctrl+shift+tab', 'alt+pageup'], close: ['mod+w', 'alt+w'] },
  serve: { next: ['alt+pagedown', 'ctrl+tab'], previous: ['alt+pageup', 'ctrl+shift+tab'], close: ['alt+w'] },
} as const satisfies Record<'electron' | 'serve', Record<'next' | 'previous' | 'close', readonly Shortcut[]>>
export type TabKeys = (typeof tabKeys)[keyof typeof tabKeys]

type Parts = {
  readonly router: Router
  readonly keys: TabKeys
  readonly tabCount: () => number
  readonly activeTab: () => string | null
  readonly mayAdminister: () => boolean
  readonly step: (by: 1 | -1) => Promise<void>
  readonly closeTab: () => Promise<void>
  readonly toLookup: () => Promise<void>
  readonly signOut: () => Promise<void>
}

/** What can be done from anywhere on the desk. */
export function deskActions(parts: Parts): Action[] {
  const { router, keys } = parts
  const go = (id: string, titleKey: MessageKey, name: string, when?: () => boolean): Action =>
    defineAction({ id, titleKey, groupKey: 'desk.group', ...(when === undefined ? {} : { when }), run: async () => void (await router.push({ name })) })
  return [
    defineAction({ id: 'desk.lookup', titleKey: 'desk.goLookup', groupKey: 'desk.group', shortcut: 'mod+k', run: parts.toLookup }),
    defineAction({ id: 'desk.nextTab', titleKey: 'ui.tabs.next', groupKey: 'desk.group', shortcut: keys.next, when: () => parts.tabCount() > 0, run: () => parts.step(1) }),
    defineAction({ id: 'desk.previousTab', titleKey: 'ui.tabs.previous', groupKey: 'desk.group', shortcut: keys.previous, when: () => parts.tabCount() > 0, run: () => parts.step(-1) }),
    defineAction({ id: 'desk.closeTab', titleKey: 'desk.closeTab', groupKey: 'desk.group', shortcut: keys.close, when: () => parts.activeTab() !== null, run: parts.closeTab }),
    go('desk.tickets', 'desk.goTickets', 'tickets'),
    go('desk.outbox', 'desk.goOutbox', 'outbox'),
    go('desk.administration', 'desk.goAdministration', 'administration', parts.mayAdminister),
    go('desk.settings', 'desk.goSettings', 'settings'),
    defineAction({ id: 'desk.signOut', titleKey: 'desk.signOut', groupKey: 'desk.group', run: parts.signOut }),
  ]
}
