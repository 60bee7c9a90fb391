import { onActivated, onBeforeUnmount, onDeactivated, onMounted } from 'vue'
import { isWriting } from '../../ui/actions/keyboard.ts'
import { defineAction, useActions } from '../../ui/actions/registry.ts'
import { resultsId } from './lookup-ids.ts'

type Parts = {
  readonly move: (by: number) => void
  readonly page: () => number
  readonly open: (options?: { readonly background?: boolean; readonly page?: string }) => Promise<void>
  readonly openAt: (index: number) => Promise<void>
  readonly escape: () => Promise<void>
  readonly recent: () => void
  readonly singleKeys: () => boolean
}

/** Whether the list has the keys: in the box, on the list, or where nothing else has them. */
function listHasKeys(): boolean {
  const at = document.activeElement
  return at === null || at === document.body || at.id === resultsId || at.id === 'sheet' || at.getAttribute('aria-controls') === resultsId
}

/** The keys of the lookup page; in the box digits are text, so there a row's number goes with Alt. */
export function useLookupKeys(parts: Parts): void {
  const groupKey = 'lookup.group'
  const when = listHasKeys
  useActions(
    defineAction({ id: 'lookup.next', titleKey: 'lookup.action.next', groupKey, shortcut: 'arrowdown', quiet: true, when, run: () => parts.move(1) }),
    defineAction({ id: 'lookup.previous', titleKey: 'lookup.action.previous', groupKey, shortcut: 'arrowup', quiet: true, when, run: () => parts.move(-1) }),
    defineAction({ id: 'lookup.pageDown', titleKey: 'lookup.action.pageDown', groupKey, shortcut: 'pagedown', quiet: true, when, run: () => parts.move(parts.page()) }),
    defineAction({ id: 'lookup.pageUp', titleKey: 'lookup.action.pageUp', groupKey, shortcut: 'pageup', quiet: true, when, run: () => parts.move(-parts.page()) }),
    defineAction({ id: 'lookup.open', titleKey: 'lookup.action.open', groupKey, shortcut: 'enter', quiet: true, when, run: () => parts.open() }),
    defineAction({ id: 'lookup.background', titleKey: 'lookup.action.background', groupKey, shortcut: 'shift+enter', quiet: true, when, run: () => parts.open({ background: true }) }),
    defineAction({ id: 'lookup.number', titleKey: 'lookup.action.number', groupKey, shortcut: 'alt+1', quiet: true, run: () => parts.openAt(0) }),
    defineAction({ id: 'lookup.ticket', titleKey: 'lookup.action.ticket', groupKey, shortcut: 'alt+t', run: () => parts.open({ page: 'new-ticket' }) }),
    defineAction({ id: 'lookup.reading', titleKey: 'lookup.action.reading', groupKey, shortcut: 'alt+l', run: () => parts.open({ page: 'new-reading' }) }),
    defineAction({ id: 'lookup.recent', titleKey: 'lookup.action.recent', groupKey, shortcut: 'alt+r', run: parts.recent }),
    defineAction({ id: 'lookup.escape', titleKey: 'lookup.action.escape', groupKey, shortcut: 'escape', quiet: true, when, run: parts.escape }),
  )
  useRowNumbers(parts)
}

/** Alt+2 to Alt+9, and 1 to 9 alone where nothing is being written: nine lines in the sheet of keys would say no more than one. */
function useRowNumbers({ openAt, singleKeys }: Parts): void {
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1]
    if (digit === undefined || !(event.altKey ? digit !== '1' : singleKeys() && !isWriting(event.target) && listHasKeys())) return
    event.preventDefault()
    void openAt(Number(digit) - 1)
  }
  const come = (): void => window.addEventListener('keydown', onKey)
  const go = (): void => window.removeEventListener('keydown', onKey)
  onMounted(come)
  onActivated(come)
  onDeactivated(go)
  onBeforeUnmount(go)
}
