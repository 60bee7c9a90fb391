import type { HubParts } from '../server/parts.ts'
import { newsOf } from './leases.ts'

export type LeaseNewsTeller = {
  /** A ticket has another holder, or none any more. */
  readonly hear: (ticketId: string) => void
}

/**
 * Tells desks who is writing, as `event: lease`; what is told is read when it is told, one question at a time, so that nothing older comes
 * after something newer. `write` is given the desks that hold the ticket.
 */
export function createLeaseNews({ pool, clock, log }: Pick<HubParts, 'pool' | 'clock' | 'log'>, write: (devices: ReadonlySet<string>, text: string) => void): LeaseNewsTeller {
  let waiting = new Set<string>()
  let telling = false

  async function tell(): Promise<void> {
    telling = true
    while (waiting.size > 0) {
      const ids = [...waiting]
      waiting = new Set()
      const now = clock.now()
      try {
        for (const { devices, ...news } of await newsOf(pool, ids, now)) write(new Set(devices), `event: lease\ndata: ${JSON.stringify({ ...news, now: now.toISOString() })}\n\n`)
      } catch {
        // Lost: desks ask again when what they know of has lapsed.
        log.warn('who is writing was not told: no answer from the database')
      }
    }
    telling = false
  }

  return {
    hear: (ticketId) => {
      waiting.add(ticketId)
      if (!telling) void tell()
    },
  }
}
