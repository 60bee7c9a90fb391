/** Who is writing on which ticket, as a desk and its hub tell each other: a hint for colleagues, never a lock. */
import { z } from '../domain/schema.ts'

/** Without being renewed a lease is over after this long. */
export const leaseMs = 2 * 60_000
/** So often whoever goes on writing says so again. */
export const leaseRenewMs = 45_000

const id = z.string().max(64)
/** Instants are the hub's; a desk reckons with the time between them and `now`, and never with its own clock against theirs. */
const instant = z.iso.datetime()

/** `hold: false` gives up what this person holds on this desk, and nobody else's. */
export const leaseRequest = z.strictObject({ ticketId: id.min(1), hold: z.boolean() })

export const leaseHolder = z.object({ personId: id, person: z.string(), deviceId: id, desk: z.string(), since: instant, until: instant })
export const leaseAnswer = z.object({ now: instant, heldBy: leaseHolder.nullable() })
export const leaseNews = leaseAnswer.extend({ ticketId: id })
export const leasesAnswer = z.object({ now: instant, leases: z.array(z.object({ ticketId: id, heldBy: leaseHolder })) })

export type LeaseHolder = z.output<typeof leaseHolder>
export type LeaseNews = z.output<typeof leaseNews>
export type LeasesAnswer = z.output<typeof leasesAnswer>
