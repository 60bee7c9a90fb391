/** What to do when a page, a helper process or the program itself has failed. Typed text is in the core's drafts, so a page may be loaded again. */

/** Reasons Electron names for a process that has gone. */
export const goneReasons = ['clean-exit', 'abnormal-exit', 'killed', 'crashed', 'oom', 'launch-failed', 'integrity-failure', 'memory-eviction'] as const
export type GoneReason = (typeof goneReasons)[number]

/** A page that falls more often than this within the time is not made well by loading it again. */
export const mostReloads = 3
export const reloadWindowMs = 5 * 60_000

export type GoneAct = { readonly act: 'reload' | 'ask'; readonly reloads: readonly number[] }

/**
 * After a page's process has gone while its window is still there.
 *
 * @param reloads instants of earlier reloads, milliseconds; the answer holds those to remember
 */
export function decideAfterGone(reason: GoneReason, reloads: readonly number[], now: number): GoneAct {
  const recent = reloads.filter((at) => now - at < reloadWindowMs)
  switch (reason) {
    // The same program would not start, or would not be the same program, a moment later either.
    case 'launch-failed':
    case 'integrity-failure':
      return { act: 'ask', reloads: recent }
    case 'clean-exit':
    case 'abnormal-exit':
    case 'killed':
    case 'crashed':
    case 'oom':
    case 'memory-eviction':
      return recent.length < mostReloads ? { act: 'reload', reloads: [...recent, now] } : { act: 'ask', reloads: recent }
  }
}

/** A rejection nobody waited for leaves the store whole, since every write is one transaction; an exception may have left anything half done. */
export function decideAfterFailure(kind: 'exception' | 'rejection'): 'log' | 'end' {
  return kind === 'rejection' ? 'log' : 'end'
}

/** What may be written of a failure: its kind, never its message. */
export function failureFields(error: unknown): { readonly name: string; readonly code: string } {
  if (!(error instanceof Error)) return { name: 'unknown', code: 'none' }
  return { name: error.name, code: 'code' in error && typeof error.code === 'string' ? error.code : 'none' }
}
