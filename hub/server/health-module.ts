import { timingSafeEqual } from 'node:crypto'
import type { Pool } from 'pg'
import { z } from '../../shared/domain/schema.ts'
import type { HubConfig } from './config.ts'
import { HubError, notFound } from './errors.ts'
import type { HubParts } from './parts.ts'
import { json, route, text } from './route.ts'
import type { Route } from './route.ts'

const plain = { access: 'anyone', roles: null, params: null, query: null, body: null, bodyLimit: 0, rate: 'open' } as const

/** What machines ask: alive, ready, figures, and the description of everything. */
export function healthRoutes(hub: HubParts, unsafe: () => readonly string[], describe: () => unknown): readonly Route[] {
  let description: string | null = null
  return [
    route({ ...plain, method: 'GET', path: '/healthz', summary: 'The process answers', answer: z.object({ ok: z.boolean() }), handle: () => json({ ok: true }) }),
    route({
      ...plain, method: 'GET', path: '/readyz', summary: 'Ready to take requests: the database answers and is durable', answer: z.object({ ready: z.boolean() }),
      handle: async () => {
        if (hub.stopping.aborted) throw new HubError(503, 'stopping')
        if (unsafe().length > 0) throw new HubError(503, 'unsafe_database', { settings: unsafe() })
        if (!(await answers(hub.pool))) throw new HubError(503, 'database_unreachable')
        return json({ ready: true })
      },
    }),
    route({
      ...plain, method: 'GET', path: '/metrics', summary: 'Figures for Prometheus: from the loopback, or with the token', answer: 'text/plain',
      handle: async ({ address, headers }) => {
        if (!mayRead(hub.config, address, headers)) throw notFound()
        return text(await hub.metrics.metrics(), hub.metrics.contentType)
      },
    }),
    route({
      ...plain, method: 'GET', path: '/openapi.json', summary: 'This description', answer: 'application/json',
      handle: () => text((description ??= JSON.stringify(describe())), 'application/json; charset=utf-8'),
    }),
  ]
}

async function answers(pool: Pool): Promise<boolean> {
  return pool.query('SELECT 1').then(() => true, () => false)
}

/** A request that came through a proxy is not from the loopback, whoever the proxy is. */
function mayRead({ metricsToken }: HubConfig, address: string, headers: { readonly authorization?: string | undefined; readonly [name: string]: unknown }): boolean {
  if (metricsToken !== null) {
    const given = Buffer.from(headers.authorization ?? '')
    const wanted = Buffer.from(`Bearer ${metricsToken}`)
    if (given.length === wanted.length && timingSafeEqual(given, wanted)) return true
  }
  const forwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip'].some((name) => headers[name] !== undefined)
  return !forwarded && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(address)
}
