import { effectScope, getCurrentScope, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { EffectScope, ShallowRef } from 'vue'
import { usePorts } from '../../ports.ts'
import { useDialogs } from '../../ui/confirm.ts'
import { useWords } from '../../ui/i18n.ts'
import { createDraft } from './draft.ts'
import type { Draft } from './draft.ts'
import type { DraftKey } from './draft-keys.ts'
import { fieldsText, fillFields } from './kept-fields.ts'

export type KeptForm = {
  /** Of what the form is about now; `null` while it is closed. */
  readonly draft: Readonly<ShallowRef<Draft | null>>
  /** The form is open and stands as its record does: brings back what was typed into it and never sent. */
  readonly begin: () => Promise<void>
  /** It was sent: nothing is to come back. */
  readonly done: () => Promise<void>
  /** The form is closed without being sent: what was typed waits. */
  readonly leave: () => void
  /** As the record stands; offers to take that back. */
  readonly startOver: () => void
}
type Parts = {
  readonly key: () => DraftKey
  /** What there is to keep, '' for nothing. Asked for whenever something in it changes. */
  readonly text: () => string
  readonly fill: (text: string) => void
  /** Back to how the record stands. */
  readonly reset: () => void
}

/** The text of a form or dialog, kept from the first key to its sending, however the form is closed in between. */
export function useKeptForm(parts: Parts): KeptForm {
  const { core } = usePorts()
  const { offerUndo } = useDialogs()
  const { t } = useWords()
  const draft = shallowRef<Draft | null>(null)
  let scope: EffectScope | null = null
  let begun: DraftKey | null = null

  function leave(): void {
    // Its last text is saved as the scope goes.
    scope?.stop()
    scope = null
    draft.value = null
  }

  async function begin(): Promise<void> {
    leave()
    const mine = effectScope(true)
    scope = mine
    await mine.run(async () => {
      begun = parts.key()
      const own = createDraft(core.workspace, begun)
      draft.value = own
      let typed = false
      watch(parts.text, (text) => {
        typed = true
        own.write(text)
      }, { flush: 'sync' })
      const text = await own.load()
      // Whoever has begun to type meanwhile is not interrupted.
      if (text !== '' && !typed && scope === mine) parts.fill(text)
    })
  }

  if (getCurrentScope() !== undefined) onScopeDispose(leave)
  return {
    draft,
    begin,
    leave,
    async done() {
      const own = draft.value
      leave()
      if (own !== null) await own.clear()
      // Closed before the answer was there: what was sent waits nowhere.
      else if (begun !== null) await core.workspace.saveDraft({ key: begun, text: '' })
    },
    startOver() {
      const before = parts.text()
      const key = parts.key()
      parts.reset()
      void draft.value?.clear()
      // Closed meanwhile, it waits for the next time.
      offerUndo({ text: t('drafts.dropped'), undo: () => (scope === null ? void core.workspace.saveDraft({ key, text: before }) : parts.fill(before)) })
    },
  }
}

/** The same for a form whose fields are one reactive object; `except` names the secret ones, which are kept nowhere. */
export function useKeptFields<F extends Record<string, unknown>>(key: () => DraftKey, fields: F, { except = [] }: { readonly except?: readonly (keyof F & string)[] } = {}): KeptForm {
  const stands = ref<Record<string, unknown>>({})
  const copy = (from: Readonly<Record<string, unknown>>): Record<string, unknown> => JSON.parse(JSON.stringify(from)) as Record<string, unknown>
  const kept = useKeptForm({
    key,
    text: () => fieldsText(fields, stands.value, except),
    fill: (text) => fillFields(fields, text, except),
    reset: () => void Object.assign(fields, copy(stands.value)),
  })
  return {
    ...kept,
    begin: () => {
      stands.value = copy(fields)
      return kept.begin()
    },
  }
}
