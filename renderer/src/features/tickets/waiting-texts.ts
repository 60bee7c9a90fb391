import { ref } from 'vue'
import type { Ref } from 'vue'
import type { CoreClient } from '../../../../shared/contract/index.ts'
import type { TicketStep } from '../../../../shared/domain/ticket.ts'
import { flushDrafts } from '../drafts/draft.ts'
import { draftKey } from '../drafts/draft-keys.ts'

export type WaitingText = { readonly step: TicketStep; readonly savedAt: string }
export type WaitingTexts = {
  /** Texts of steps that are not open, also of those that the ticket's state no longer allows; the newest first. */
  readonly texts: Readonly<Ref<readonly WaitingText[]>>
  readonly refresh: () => Promise<void>
  /** Puts the text of a step at the end of the note that is being written; false when it could not be kept, and then all is as it was. */
  readonly intoNote: (step: TicketStep) => Promise<boolean>
  /** Drops it; answers its text, to take that back. */
  readonly drop: (step: TicketStep) => Promise<string>
  readonly putBack: (step: TicketStep, text: string) => Promise<void>
}

const steps = ['take', 'note', 'wait', 'answer', 'close', 'reopen', 'cancel'] as const satisfies readonly TicketStep[]

/** What this person began to write for a ticket and has out of sight: a colleague may have moved the ticket on meanwhile. */
export function createWaitingTexts(workspace: CoreClient['workspace'], ticketId: string, open: () => TicketStep | null): WaitingTexts {
  const texts = ref<readonly WaitingText[]>([])
  const keyOf = (step: TicketStep) => draftKey('ticket', ticketId, step)
  async function textOf(step: TicketStep): Promise<string> {
    const reply = await workspace.loadDraft({ key: keyOf(step) })
    return reply.ok ? (reply.value?.text ?? '') : ''
  }
  const put = async (step: TicketStep, text: string): Promise<boolean> => (await workspace.saveDraft({ key: keyOf(step), text })).ok

  async function refresh(): Promise<void> {
    // The text that was open until now may be on its way.
    await flushDrafts()
    const reply = await workspace.drafts({})
    if (!reply.ok) return
    const savedAt = new Map(reply.value.drafts.map((draft) => [draft.key, draft.savedAt]))
    texts.value = steps
      .flatMap((step) => {
        const at = step === open() ? undefined : savedAt.get(keyOf(step))
        return at === undefined ? [] : [{ step, savedAt: at }]
      })
      .toSorted((one, other) => (one.savedAt < other.savedAt ? 1 : -1))
  }

  return {
    texts,
    refresh,
    async intoNote(step) {
      await flushDrafts()
      const [note, text] = [await textOf('note'), await textOf(step)]
      if (!(await put('note', note === '' ? text : `${note}\n\n${text}`))) return false
      await put(step, '')
      return true
    },
    async drop(step) {
      const text = await textOf(step)
      await put(step, '')
      await refresh()
      return text
    },
    async putBack(step, text) {
      await put(step, text)
      await refresh()
    },
  }
}
