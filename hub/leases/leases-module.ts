import { roles } from '../../shared/domain/records/people.ts'
import { leaseAnswer, leaseRequest, leasesAnswer } from '../../shared/sync/leases.ts'
import { describeError } from '../server/error-answers.ts'
import { notFound } from '../server/errors.ts'
import type { HubModule } from '../server/parts.ts'
import { json, route } from '../server/route.ts'
import { dropLapsed, giveUpLease, holderOf, holdsTicket, leasesOf, takeLease } from './leases.ts'

const sweepEveryMs = 10_000

/** Who is writing on a ticket, for the other desks that hold it. Nothing is refused because of it, and nothing of it is on record. */
export const leasesModule: HubModule = (hub) => {
  let timer: NodeJS.Timeout | null = null
  return {
    name: 'leases',
    routes: [
      route({
        method: 'POST', path: '/v1/leases', access: 'person', roles, params: null, query: null, body: leaseRequest, bodyLimit: 1_024, rate: 'sync',
        summary: 'Says that this person writes on a ticket, or no longer does, and answers who does', answer: leaseAnswer,
        handle: async ({ body: { ticketId, hold }, person, device, now }) => {
          const asked = { ticketId, personId: person.id, deviceId: device.id, now }
          const heldBy = await hub.transaction(async (tx) => {
            if (!(await holdsTicket(tx, ticketId, device.officeId))) throw notFound()
            await (hold ? takeLease : giveUpLease)(tx, asked)
            return holderOf(tx, ticketId, now)
          })
          return json({ now: now.toISOString(), heldBy })
        },
      }),
      route({
        method: 'GET', path: '/v1/leases', access: 'device', roles: null, params: null, query: null, body: null, bodyLimit: 0, rate: 'sync',
        summary: 'Who is writing on the tickets that this desk holds', answer: leasesAnswer,
        handle: async ({ device, now }) => json({ now: now.toISOString(), leases: await leasesOf(hub.pool, device.officeId, now) }),
      }),
    ],
    start: () => {
      timer = setInterval(() => {
        dropLapsed(hub.pool, hub.clock.now()).catch((error: unknown) => hub.log.warn({ err: describeError(error) }, 'lapsed leases were not swept away'))
      }, sweepEveryMs)
      timer.unref()
      return Promise.resolve()
    },
    stop: () => {
      if (timer) clearInterval(timer)
      return Promise.resolve()
    },
  }
}
