import { askLastsMs } from '../../../shared/contract/shell.ts'
import type { ShellAsk } from '../../../shared/contract/shell.ts'

export type WaitingAsk = {
  /** Keeps the newest ask; the one before is forgotten. */
  readonly put: (ask: ShellAsk) => void
  /** Hands the ask over once. */
  readonly take: () => ShellAsk | null
}

/**
 * One ask that nobody could answer yet, because nobody is signed in or the page is still opening. It may hold a copied text, so it is
 * dropped after a minute and not only when somebody asks for it.
 */
export function createWaitingAsk(): WaitingAsk {
  let kept: ShellAsk | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const take = (): ShellAsk | null => {
    const ask = kept
    kept = null
    clearTimeout(timer)
    return ask
  }
  return {
    take,
    put: (ask) => {
      take()
      kept = ask
      timer = setTimeout(take, askLastsMs)
      // A waiting text must not keep an application alive that is about to end.
      timer.unref()
    },
  }
}
