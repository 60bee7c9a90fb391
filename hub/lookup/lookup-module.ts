import { hubCalls } from '../../shared/contract/hub.ts'
import { roles } from '../../shared/domain/records/people.ts'
import { z } from '../../shared/domain/schema.ts'
import { HubError, notFound } from '../server/errors.ts'
import type { HubModule } from '../server/parts.ts'
import { json, route } from '../server/route.ts'
import { criteriaOf, findCustomers } from './find-customer.ts'
import { remoteCustomer } from './remote-customer.ts'

const text = z.string()
const maybe = text.nullable()
const answer = z.object({
  customerId: text, name: text, code: text, brandName: text, address: maybe,
  supplies: z.array(z.object({ commodity: text, code: text, state: text, address: maybe })),
  openTickets: z.array(z.object({ code: text, number: maybe, subject: text, state: text, receivedDay: text })),
})

/** One customer whom the desk does not hold, by an exact code or two facts, with a reason and on record; how often is limited per person. */
export const lookupModule: HubModule = (hub) => ({
  name: 'lookup',
  routes: [
    route({
      method: 'POST', path: '/v1/lookup', access: 'person', roles, params: null, query: null, body: hubCalls.lookupElsewhere.input, bodyLimit: 4_096, rate: 'search',
      summary: 'Looks a customer of any territory up, one at a time', answer,
      handle: async ({ body, person, device, now }) => {
        const criteria = criteriaOf(body)
        if (criteria === null) throw new HubError(409, 'criteria_missing')
        const found = await hub.transaction(async (tx) => {
          const ids = await findCustomers(tx, body, criteria)
          const [id] = ids
          const only = ids.length === 1 && id !== undefined ? await remoteCustomer(tx, id) : null
          // Also a look that finds nothing is on record, and nothing is shown that is not: the kinds of criteria, never what was in them.
          await hub.audit(tx, { at: now.toISOString(), actor: person.id, deviceId: device.id, kind: 'looked_up_elsewhere', subject: only?.customerId ?? null, details: { reason: body.reason, criteria: [...criteria], found: Math.min(ids.length, 2) } })
          return only ?? (ids.length === 0 ? 'none' : 'several')
        })
        if (found === 'none') throw notFound()
        if (found === 'several') throw new HubError(409, 'several_found')
        return json(found)
      },
    }),
  ],
})
