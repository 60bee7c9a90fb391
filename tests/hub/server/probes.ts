import { Readable } from 'node:stream'
import { z } from '../../../shared/domain/schema.ts'
import type { HubModule } from '../../../hub/server/parts.ts'
import { mebibyte } from '../../../hub/server/rate-classes.ts'
import { json, route, text } from '../../../hub/server/route.ts'

/** The slow route says that it has begun, and waits to be let go. */
export const slow: { begun: (() => void) | null; release: (() => void) | null } = { begun: null, release: null }

export const spec = { method: 'GET', access: 'device', roles: null, params: null, query: null, body: null, bodyLimit: 0, rate: 'sync', summary: 'For tests', answer: null } as const
/** Routes that misbehave, to see what the server makes of it. */
export const probes: HubModule = (hub) => ({
  name: 'probes',
  routes: [
    route({ ...spec, path: '/v1/probe/fails', handle: () => { throw new Error('Mario Rossi RSSMRA80A01H501U does not fit') } }),
    route({ ...spec, path: '/v1/probe/slow', handle: async () => { slow.begun?.(); await new Promise<void>((resolve) => (slow.release = resolve)); return json({ done: true }) } }),
    route({ ...spec, path: '/v1/probe/database', handle: async () => { await hub.pool.query(`SELECT 1 / 0, 'RSSMRA80A01H501U'`); return json(null) } }),
    route({ ...spec, path: '/v1/probe/endless', rate: 'stream', handle: ({ signal }) => text(endless(signal), 'text/event-stream') }),
    route({ ...spec, method: 'POST', path: '/v1/probe/echo', body: z.strictObject({ text: z.string().max(mebibyte).optional(), deep: z.json().optional() }), bodyLimit: mebibyte, handle: ({ body }) => json(Object.keys(body)) }),
    route({ ...spec, access: 'person', roles: ['agent'], path: '/v1/probe/search', rate: 'search', handle: () => json(null) }),
  ],
})
function endless(signal: AbortSignal): Readable {
  const stream = new Readable({ read: () => undefined })
  stream.push('data: 1\n\n')
  signal.addEventListener('abort', () => stream.push(null))
  return stream
}
