import { getCurrentScope, onScopeDispose } from 'vue'
import type { CoreClient } from '../../../../shared/contract/index.ts'
import { leaseRenewMs } from '../../../../shared/sync/leases.ts'
import type { Ports } from '../../ports.ts'

/** A key pressed by mistake is not writing. */
const beginMs = 400
/** Whoever has not touched a key for this long is not writing any more, though the text is still there. */
const quietMs = 3 * 60_000

export type AtWork = {
  /** Somebody writes, or has just chosen to. */
  readonly touch: () => void
  /** Sent, cleared, or left. */
  readonly end: () => void
}

/** Lets the other desks know that somebody here is at work on a ticket, for as long as that goes on; nothing waits for it. Leaves with its scope. */
export function createAtWork({ tickets }: Pick<CoreClient, 'tickets'>, onEvent: Ports['onEvent'], ticketId: string): AtWork {
  let active = false
  let said = false
  /** Whether the others are told this name; somebody else may have been there first. */
  let held = false
  let asking = false
  let touchedAt = 0
  let begin: ReturnType<typeof setTimeout> | undefined
  let renew: ReturnType<typeof setInterval> | undefined
  // One at a time: that it is over can never be overtaken by that it goes on.
  let line: Promise<void> = Promise.resolve()

  async function put(hold: boolean): Promise<void> {
    asking = true
    const reply = await tickets.hold({ ticketId, hold })
    held = hold && reply.ok && reply.value.held
    asking = false
  }
  function say(hold: boolean): void {
    said = hold
    line = line.then(() => put(hold))
  }
  function stop(): void {
    active = false
    clearTimeout(begin)
    clearInterval(renew)
  }
  function end(): void {
    stop()
    if (said) say(false)
  }
  function touch(): void {
    touchedAt = Date.now()
    if (active) return
    active = true
    begin = setTimeout(() => say(true), beginMs)
    renew = setInterval(() => (Date.now() - touchedAt > quietMs ? end() : say(true)), leaseRenewMs)
  }

  onEvent((event) => {
    // Whoever was there first may have gone, or the hub is back.
    if (event.kind === 'leases' && active && said && !held && !asking) say(true)
    else if (event.kind === 'locking') end()
    else if (event.kind === 'signed_out') {
      stop()
      said = false
    }
  })
  if (getCurrentScope() !== undefined) onScopeDispose(end)
  return { touch, end }
}
