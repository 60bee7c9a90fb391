/**
 * Who is writing on which ticket at other desks, as the hub tells it. Only in memory, and only while the line to the hub is up: without it
 * nothing is known, which is not the same as nobody.
 */
import type { CoreEvent } from '../../../shared/contract/events.ts'
import type { TicketHolder } from '../../../shared/contract/tickets.ts'
import type { LeaseHolder, LeaseNews, LeasesAnswer } from '../../../shared/sync/leases.ts'
import type { Clock } from '../ports.ts'
import type { HubAnswer, LeaseLine, Timer } from '../sync/ports.ts'

export type LeasesParts = {
  readonly deviceId: string
  readonly ask: () => Promise<HubAnswer<LeasesAnswer>>
  readonly clock: Clock
  readonly timer: Timer
  readonly emit: (event: CoreEvent) => void
}
export type Leases = LeaseLine & {
  /** The line is gone, and with it what was known. */
  readonly lost: () => void
  /** Everybody who writes, but for this person at this desk. */
  readonly others: (personId: string) => readonly TicketHolder[]
  readonly isMine: (holder: Pick<LeaseHolder, 'personId' | 'deviceId'> | null, personId: string) => boolean
}

/** By this desk's own clock, in milliseconds. */
type Known = { readonly holder: LeaseHolder; readonly since: number; readonly until: number }

/** After a lease should have ended the hub is asked, somewhere in that span, whether it goes on: renewals are not told. */
const askAgainMs = 5_000

export function createLeases({ deviceId, ask, clock, timer, emit }: LeasesParts): Leases {
  let known = new Map<string, Known>()
  /** What was told while an answer was on its way is newer than the answer. */
  let told = new Set<string>()
  /** Grows with every line; `null` while there is none. */
  let line: object | null = null
  let cancel: () => void = () => undefined

  const now = () => clock.now().getTime()
  /** The hub's clock and this one are never held against each other: what counts is how far its instants are from its `now`. */
  function knownOf(holder: LeaseHolder, hubNow: string): Known {
    const offset = now() - Date.parse(hubNow)
    return { holder, since: Date.parse(holder.since) + offset, until: Date.parse(holder.until) + offset }
  }

  function plan(): void {
    cancel()
    cancel = () => undefined
    if (known.size === 0 || line === null) return
    const next = Math.min(...[...known.values()].map(({ until }) => until))
    cancel = timer.after(Math.max(0, next - now()) + timer.random() * askAgainMs, () => void fetchAll())
  }

  async function fetchAll(): Promise<void> {
    const mine = line
    told = new Set()
    const answer = await ask()
    if (line !== mine || mine === null) return
    const before = known
    // Without an answer what has lapsed is not claimed any longer.
    known = answer.ok ? new Map(answer.value.leases.map(({ ticketId, heldBy }) => [ticketId, knownOf(heldBy, answer.value.now)])) : new Map([...known].filter(([, { until }]) => until > now()))
    if (answer.ok) {
      for (const ticketId of told) {
        const newer = before.get(ticketId)
        if (newer) known.set(ticketId, newer)
        else known.delete(ticketId)
      }
    }
    plan()
    emit({ kind: 'leases' })
  }

  return {
    opened: () => {
      line = {}
      void fetchAll()
    },
    told: ({ ticketId, heldBy, now: hubNow }: LeaseNews) => {
      if (line === null) return
      told.add(ticketId)
      const before = known.get(ticketId)?.holder ?? null
      if (heldBy === null) known.delete(ticketId)
      else known.set(ticketId, knownOf(heldBy, hubNow))
      plan()
      if (before?.personId !== heldBy?.personId || before?.deviceId !== heldBy?.deviceId || before?.since !== heldBy?.since) emit({ kind: 'leases' })
    },
    lost: () => {
      line = null
      cancel()
      const had = known.size > 0
      known = new Map()
      if (had) emit({ kind: 'leases' })
    },
    others: (personId) =>
      [...known].flatMap(([ticketId, { holder, since }]): readonly TicketHolder[] =>
        isMine(holder, personId) ? [] : [{ ticketId, person: holder.person, desk: holder.desk, since: new Date(Math.min(since, now())).toISOString() }],
      ),
    isMine,
  }

  function isMine(holder: Pick<LeaseHolder, 'personId' | 'deviceId'> | null, personId: string): boolean {
    return holder !== null && holder.deviceId === deviceId && holder.personId === personId
  }
}
