import { onMounted, onScopeDispose } from 'vue'
import { flushDrafts } from './draft.ts'

/** While this component stands: whoever looks elsewhere, and a page that goes, leave nothing unsaved behind. */
export function useFlushOnLeave(): void {
  const keep = (): void => void flushDrafts()
  onMounted(() => {
    window.addEventListener('blur', keep)
    window.addEventListener('pagehide', keep)
    document.addEventListener('visibilitychange', keep)
  })
  onScopeDispose(() => {
    window.removeEventListener('blur', keep)
    window.removeEventListener('pagehide', keep)
    document.removeEventListener('visibilitychange', keep)
  })
}
