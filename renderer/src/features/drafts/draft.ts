import { getCurrentScope, onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'
import type { CoreClient } from '../../../../shared/contract/index.ts'

/** After the last key, and at the latest while somebody types on without a pause. */
const pauseMs = 600
const longestMs = 3_000

export type Draft = {
  /** When the store last took it, ISO; `null` while there is nothing to come back to. */
  readonly savedAt: Readonly<Ref<string | null>>
  readonly failed: Readonly<Ref<boolean>>
  /** What was kept, '' when nothing was. */
  readonly load: () => Promise<string>
  /** Keeps the text in a moment; the newest one wins. */
  readonly write: (text: string) => void
  /** Keeps at once what is still waiting. */
  readonly flush: () => Promise<void>
  /** Drops it: the work is done or given up. */
  readonly clear: () => Promise<void>
}

/** What is being typed, kept encrypted by the core under `key` (at most 120 characters, never personal data). Leaves with its scope, saving first. */
export function createDraft(workspace: CoreClient['workspace'], key: string): Draft {
  const savedAt = ref<string | null>(null)
  const failed = ref(false)
  let waiting: string | undefined
  let pause: ReturnType<typeof setTimeout> | undefined
  let limit: ReturnType<typeof setTimeout> | undefined
  // One at a time, so that an older text can never arrive after a newer one.
  let line: Promise<void> = Promise.resolve()

  async function put(text: string): Promise<void> {
    const reply = await workspace.saveDraft({ key, text })
    failed.value = !reply.ok
    if (reply.ok) savedAt.value = text === '' ? null : reply.value.savedAt
  }

  function send(text: string): Promise<void> {
    line = line.then(() => put(text))
    return line
  }

  function stop(): void {
    clearTimeout(pause)
    clearTimeout(limit)
    pause = undefined
    limit = undefined
  }

  function flush(): Promise<void> {
    stop()
    const text = waiting
    waiting = undefined
    return text === undefined ? line : send(text)
  }

  const draft: Draft = {
    savedAt,
    failed,
    async load() {
      await line
      const reply = await workspace.loadDraft({ key })
      if (!reply.ok || reply.value === null) return ''
      savedAt.value = reply.value.savedAt
      return reply.value.text
    },
    write(text) {
      waiting = text
      clearTimeout(pause)
      pause = setTimeout(() => void flush(), pauseMs)
      limit ??= setTimeout(() => void flush(), longestMs)
    },
    flush,
    clear() {
      stop()
      waiting = undefined
      return send('')
    },
  }
  if (getCurrentScope() !== undefined) onScopeDispose(() => void flush())
  return draft
}
