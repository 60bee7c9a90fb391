import { ref } from 'vue'
import type { Ref } from 'vue'

/** Both live longer than the stores of the session that has ended, and tell nothing of what was in it. */
const queuedAtSignOut = ref<number | null>(null)
const locked = ref(false)

export type Leaving = {
  /** How many entries were still queued when the last person signed out; `null` before that. */
  readonly queuedAtSignOut: Ref<number | null>
  /** Whether the desk locked itself, and nobody left it by choice. */
  readonly locked: Ref<boolean>
}

export function useLeaving(): Leaving {
  return { queuedAtSignOut, locked }
}
