import type { Actions } from './registry.ts'

const WRITING_TYPES = new Set(['text', 'search', 'email', 'tel', 'url', 'password', 'number', 'date', 'time', 'datetime-local', 'month', 'week'])

/** Whether keys go into a text right now. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  if (target instanceof HTMLInputElement) return WRITING_TYPES.has(target.type) && !target.readOnly
  return ['textbox', 'searchbox', 'combobox'].includes(target.getAttribute('role') ?? '')
}

/** Listens for every shortcut of the desk; components that handle a key themselves prevent its default first. */
export function listenForKeys(actions: Actions): () => void {
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.key === 'Control' || event.key === 'Shift') return
    if (actions.press(event, isWriting(event.target))) event.preventDefault()
  }
  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}
