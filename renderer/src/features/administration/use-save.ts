import { nextTick, ref, shallowRef } from 'vue'
import type { ComponentPublicInstance, Ref, ShallowRef } from 'vue'
import type { Result } from '../../../../shared/domain/result.ts'
import { useWords } from '../../ui/i18n.ts'
import { refusalWords } from '../desk/call-errors.ts'
import type { RefusalWords } from '../desk/call-errors.ts'
import { issuesOf } from '../session/field-issues.ts'
import type { FieldIssues } from '../session/field-issues.ts'
import { administrationReasons } from './administration-reasons.ts'
import type { AdministrationError } from './administration-store.ts'

export type Save = {
  readonly form: Ref<HTMLFormElement | null>
  /** For the `ref` of the form element. */
  readonly hold: (element: Element | ComponentPublicInstance | null) => void
  readonly working: Ref<boolean>
  readonly issues: ShallowRef<FieldIssues>
  readonly refusal: ShallowRef<RefusalWords | undefined>
  /** Checks, asks, and answers what was saved; `undefined` when it was not, with the reasons at their fields and the focus on the first. */
  readonly run: <T>(own: FieldIssues, ask: () => Promise<Result<T, AdministrationError>>) => Promise<T | undefined>
}

/** The way of every form here. `fieldOf` says which field a refusal is about; what was typed stays in any case. */
export function useSave(fieldOf: Partial<Record<AdministrationError, string>> = {}): Save {
  const { t } = useWords()
  const form = ref<HTMLFormElement | null>(null)
  const working = ref(false)
  const issues = shallowRef<FieldIssues>({})
  const refusal = shallowRef<RefusalWords>()

  async function run<T>(own: FieldIssues, ask: () => Promise<Result<T, AdministrationError>>): Promise<T | undefined> {
    if (working.value) return undefined
    refusal.value = undefined
    issues.value = own
    if (Object.values(own).every((words) => words === undefined)) {
      working.value = true
      const reply = await ask()
      working.value = false
      if (reply.ok) return reply.value
      const words = refusalWords(t, administrationReasons, reply.error)
      const field = fieldOf[reply.error.code]
      if (reply.error.code === 'invalid_input') issues.value = issuesOf(t, reply.error.details)
      else if (field !== undefined) issues.value = { [field]: words.what }
      else refusal.value = words
    }
    await nextTick()
    form.value?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    return undefined
  }
  function hold(element: Element | ComponentPublicInstance | null): void {
    form.value = element instanceof HTMLFormElement ? element : null
  }
  return { form, hold, working, issues, refusal, run }
}
