import { events, route } from '../server/route.ts'
import type { HubParts } from '../server/parts.ts'
import type { Route } from '../server/route.ts'
import type { Hints } from './hints.ts'
import { deviceScopes } from './scopes.ts'

/** Tells a desk that there is something to take. */
export function eventsRoute(hub: HubParts, hints: Hints): Route {
  return route({
    method: 'GET', path: '/v1/events', access: 'device', roles: null, params: null, query: null, body: null, bodyLimit: 0, rate: 'stream',
    summary: 'News of the feed, as it grows', answer: 'text/event-stream',
    handle: async ({ device, signal }) => events(hints.open(device.id, await deviceScopes(hub.pool, device.officeId), signal)),
  })
}
