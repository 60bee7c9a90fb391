import { watch } from 'vue'

export type FilledList = {
  readonly rows: () => readonly unknown[]
  /** After the last row that is drawn. */
  readonly end: () => number
  /** Whether these are all matches. */
  readonly complete: () => boolean
  readonly more: () => void
}

/**
 * Asks for more whenever the rows drawn reach the last one and there are others: when somebody scrolls, and also when an answer came
 * short, which it may, since the core reads for a bounded time. Each answer is looked at, also one without rows.
 */
export function keepFilled({ rows, end, complete, more }: FilledList): void {
  watch([rows, end, complete], () => {
    if (end() >= rows().length && !complete()) more()
  }, { immediate: true })
}
