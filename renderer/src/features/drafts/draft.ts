import { getCurrentScope, onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'
import type { CoreClient } from '../../../../shared/contract/index.ts'
import type { DraftKey } from './draft-keys.ts'

/** After the last key, and at the latest while somebody types on without a pause. */
const pauseMs = 600
const longestMs = 3_000
/** A store that could not take it, such as on a full disk, is asked again. */
const againMs = 5_000

export type Draft = {
  /** When the store last took it, ISO; `null` while there is nothing to come back to. */
  readonly savedAt: Readonly<Ref<string | null>>
  readonly failed: Readonly<Ref<boolean>>
  /** What is in the form was typed before it was opened. */
  readonly cameBack: Readonly<Ref<boolean>>
  /** What was kept, '' when nothing was. */
  readonly load: () => Promise<string>
  /** Keeps the text in a moment; the newest one wins. */
  readonly write: (text: string) => void
  /** Keeps at once what is still waiting. */
  readonly flush: () => Promise<void>
  /** Drops it: the work is done or given up. */
  readonly clear: () => Promise<void>
}

/** Those of forms that stand now. */
const live = new Set<Draft>()
/** Last words of forms that have just gone. */
const leaving = new Set<Promise<void>>()

/** Keeps at once what any form still holds back: whoever types is about to go, or the page is. */
export async function flushDrafts(): Promise<void> {
  await Promise.all([...leaving, ...[...live].map((draft) => draft.flush())])
}

/** What is being typed, kept encrypted by the core under `key`. Leaves with its scope, saving first. */
export function createDraft(workspace: CoreClient['workspace'], key: DraftKey): Draft {
  const savedAt = ref<string | null>(null)
  const failed = ref(false)
  const cameBack = ref(false)
  let waiting: string | undefined
  /** Read or handed over last: the same once more would only make it look younger. */
  let last: string | undefined
  let pause: ReturnType<typeof setTimeout> | undefined
  let limit: ReturnType<typeof setTimeout> | undefined
  let gone = false
  // One at a time, so that an older text can never arrive after a newer one.
  let line: Promise<void> = Promise.resolve()

  async function put(text: string): Promise<void> {
    const reply = await workspace.saveDraft({ key, text })
    failed.value = !reply.ok
    if (reply.ok) savedAt.value = text === '' ? null : reply.value.savedAt
    else if (!gone && waiting === undefined && reply.error.code !== 'invalid_input' && reply.error.code !== 'not_signed_in') {
      waiting = text
      pause = setTimeout(() => void flush(), againMs)
    }
  }

  function send(text: string): Promise<void> {
    last = text
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
    cameBack,
    async load() {
      await line
      const reply = await workspace.loadDraft({ key })
      if (!reply.ok || reply.value === null) return ''
      savedAt.value = reply.value.savedAt
      cameBack.value = true
      last = reply.value.text
      return reply.value.text
    },
    write(text) {
      if (text === last && !failed.value) {
        stop()
        waiting = undefined
        return
      }
      waiting = text
      clearTimeout(pause)
      pause = setTimeout(() => void flush(), pauseMs)
      limit ??= setTimeout(() => void flush(), longestMs)
    },
    flush,
    clear() {
      stop()
      waiting = undefined
      cameBack.value = false
      return send('')
    },
  }
  if (getCurrentScope() !== undefined) {
    live.add(draft)
    onScopeDispose(() => {
      gone = true
      live.delete(draft)
      const words: Promise<void> = flush().finally(() => leaving.delete(words))
      leaving.add(words)
    })
  }
  return draft
}
