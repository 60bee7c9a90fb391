import { ref } from 'vue'
import type { Ref } from 'vue'

/** Lives longer than the stores of the session that has ended; holds a number only. */
const queuedAtSignOut = ref<number | null>(null)

/** How many entries were still queued when the last person signed out; `null` before that. */
export function useLeaving(): { readonly queuedAtSignOut: Ref<number | null> } {
  return { queuedAtSignOut }
}
