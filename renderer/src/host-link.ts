/**
 * Whether the program behind this page is there: `up`, `silent` (it does not answer), or `stranger` (one answers, but was started
 * anew and does not know this page).
 */
export type HostLink = 'up' | 'silent' | 'stranger'

export type LinkWatch = {
  readonly state: () => HostLink
  /** Hears every change until the answer is called. */
  readonly onChange: (listener: (state: HostLink) => void) => () => void
}

/** For a host that lives and dies with its pages. */
export const alwaysUp: LinkWatch = { state: () => 'up', onChange: () => () => undefined }

/** A silent host is asked again this often, so that the page says at once when it is back. */
const askAgainMs = 2000

/**
 * Watches the loopback host: `suspect()` when something failed, and it asks; `heard()` when an answer came. One failed request says
 * nothing, a network that drops one may carry the next.
 *
 * @param ask the status of a request that changes nothing; rejects when no answer came
 */
export function watchLink(ask: () => Promise<number>): LinkWatch & { readonly suspect: () => void; readonly heard: () => void } {
  const listeners = new Set<(state: HostLink) => void>()
  let state: HostLink = 'up'
  let asking = false
  let again: ReturnType<typeof setTimeout> | undefined

  const become = (next: HostLink): void => {
    clearTimeout(again)
    if (next === 'silent') again = setTimeout(suspect, askAgainMs)
    if (next === state) return
    state = next
    for (const listener of listeners) listener(next)
  }
  const suspect = (): void => {
    if (asking) return
    asking = true
    ask().then(
      (status) => {
        asking = false
        become(status === 401 ? 'stranger' : 'up')
      },
      () => {
        asking = false
        become('silent')
      },
    )
  }
  return {
    state: () => state,
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    suspect,
    heard: () => become('up'),
  }
}
