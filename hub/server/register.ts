import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from '../../shared/domain/schema.ts'
import { rawBodyOf, tooBusy } from './app.ts'
import { createAuthenticate } from './authenticate.ts'
import type { Asker } from './authenticate.ts'
import { HubError, notFound, unauthenticated } from './errors.ts'
import { readJson } from './json-body.ts'
import type { ServerMetrics } from './metrics.ts'
import type { HubParts } from './parts.ts'
import { readProof } from './proof.ts'
import { mebibyte, rateClasses } from './rate-classes.ts'
import { createRateLimiter } from './rate-limit.ts'
import type { Answer, Call, Route } from './route.ts'
import { checkRoute } from './check-route.ts'
import { countSearch } from './search-limit.ts'

const nothing = Buffer.alloc(0)
/** Bodies at work together. Read as records they take several times that, which keeps the process below half a gibibyte. */
export const bytesAtOnce = 12 * mebibyte

/**
 * Registers the routes, and makes the server refuse any other: a route that does not say who may call it does not start. The order for
 * each request: room, proof, rate, durability, role, shape, handler.
 */
export function registerRoutes(app: FastifyInstance, hub: HubParts, metrics: ServerMetrics, routes: readonly Route[]): void {
  const authenticate = createAuthenticate(hub)
  const limiter = createRateLimiter(metrics.limited)
  const declared = new WeakSet<object>()
  let atWork = 0
  let bytesAtWork = 0

  app.addHook('onRoute', ({ handler, method, url }) => {
    if (!declared.has(handler)) throw new Error(`${String(method)} ${url} was not declared with route(): it says neither who may call it nor how much`)
  })

  /** Room for one more, by number and by what it brings; given back when the answer has left or nobody waits for it any more. */
  function enter(request: FastifyRequest, reply: FastifyReply, bodyLimit: number): void {
    // A body that does not say how long it is may become as long as is allowed.
    const bytes = request.headers['transfer-encoding'] === undefined ? Math.min(bodyLimit, Number(request.headers['content-length'] ?? 0)) : bodyLimit
    if (atWork >= hub.config.concurrency || (atWork > 0 && bytesAtWork + bytes > bytesAtOnce)) {
      metrics.limited('concurrency')
      throw tooBusy()
    }
    metrics.atWork((atWork += 1))
    bytesAtWork += bytes
    let inside = true
    const leave = () => {
      if (!inside) return
      metrics.atWork((atWork -= 1))
      bytesAtWork -= bytes
      inside = false
    }
    reply.raw.once('close', leave).once('finish', leave)
  }

  function limit(route: Route, key: string): void {
    if (hub.config.rateLimits) limiter.take(route.rate, rateClasses[route.rate], key, hub.clock.now().getTime())
  }

  async function ask(route: Route, request: FastifyRequest, body: Buffer): Promise<Asker | null> {
    if (route.access === 'anyone') return null
    const asker = await authenticate({ method: request.method, path: request.url, headers: request.headers, body })
    if (rateClasses[route.rate].by === 'device') limit(route, asker.device.id)
    if (route.access !== 'person') return asker
    if (!asker.person) throw new HubError(401, 'session_ended')
    if (rateClasses[route.rate].by === 'person') limit(route, asker.person.id)
    return asker
  }

  async function serve(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<Answer> {
    const raw = rawBodyOf(request)
    const asker = await ask(route, request, raw?.content ?? nothing)
    if (route.path.startsWith('/v1/') && route.method !== 'GET' && route.method !== 'HEAD' && !hub.databaseIsSafe()) throw new HubError(503, 'unsafe_database', undefined, 30)
    if (route.roles && asker?.person && !route.roles.includes(asker.person.role)) throw new HubError(403, 'forbidden')
    const call: Call<'person', z.ZodType, z.ZodType, z.ZodType> = {
      // The types of a route leave out what it does not ask for.
      device: (asker?.device ?? null) as never,
      person: (asker?.person ?? null) as never,
      params: parse(route.params, request.params, 'params'),
      query: parse(route.query, { ...(request.query as object) }, 'query'),
      body: bodyOf(route, raw),
      headers: request.headers,
      address: request.ip,
      now: hub.clock.now(),
      signal: hub.stopping,
    }
    if (route.rate === 'search' && asker?.person) await countSearch(hub, asker.person.id, asker.device.id, call.now)
    const handle = route.handle as (given: typeof call) => Answer | Promise<Answer>
    return await handle(route.rate === 'stream' || route.rate === 'bulk' || route.rate === 'download' ? { ...call, signal: endOf(reply, hub.stopping) } : call)
  }

  for (const route of routes) {
    checkRoute(route)
    const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => send(reply, await serve(route, request, reply))
    declared.add(handler)
    app.route({
      method: route.method,
      url: route.path,
      bodyLimit: Math.max(1, route.bodyLimit),
      handler,
      onRequest: async (request, reply) => {
        if (route.rate !== 'stream' && route.rate !== 'download') enter(request, reply, route.bodyLimit)
        if (rateClasses[route.rate].by === 'address') limit(route, request.ip)
        // Before a byte of the body is read.
        if (route.access !== 'anyone' && readProof(request.headers) === null) throw unauthenticated()
      },
      onResponse: async (request, reply) => {
        metrics.answered(route.path, route.method, reply.statusCode, reply.elapsedTime / 1000)
        request.log.info({ method: route.method, route: route.path, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered')
      },
    })
  }

  // A path nobody has looks like one that needs a proof, until there is one.
  app.setNotFoundHandler(async (request) => {
    await authenticate({ method: request.method, path: request.url, headers: request.headers, body: rawBodyOf(request)?.content ?? nothing })
    throw notFound()
  })
}

const noFields = z.strictObject({})

function parse(schema: z.ZodType | null, value: unknown, where: string): unknown {
  const result = (schema ?? noFields).safeParse(value)
  if (result.success) return result.data
  // Where it is wrong, never what was there.
  throw new HubError(400, 'invalid', { fields: result.error.issues.slice(0, 20).map(({ path }) => [where, ...path.map(String)].join('.').slice(0, 120)) })
}

function bodyOf(route: Route, raw: { type: string; content: Buffer } | null): unknown {
  const content = raw?.content ?? nothing
  if (route.body === null) {
    if (content.length > 0) throw new HubError(400, 'invalid', { fields: ['body'] })
    return null
  }
  if (route.body === 'bytes') {
    if (raw?.type !== 'bytes') throw new HubError(415, 'unsupported_media_type')
    return content
  }
  if (raw?.type !== 'json') throw new HubError(415, 'unsupported_media_type')
  return parse(route.body, readJson(content), 'body')
}

function endOf(reply: FastifyReply, stopping: AbortSignal): AbortSignal {
  const controller = new AbortController()
  const end = () => controller.abort()
  stopping.addEventListener('abort', end, { once: true })
  reply.raw.once('close', () => {
    stopping.removeEventListener('abort', end)
    end()
  })
  if (stopping.aborted) end()
  return controller.signal
}

function send(reply: FastifyReply, { status, headers, type, content }: Answer): FastifyReply {
  void reply.code(status)
  if (headers) void reply.headers(headers)
  if (type !== null) void reply.type(type)
  return content === null ? reply.send() : reply.send(content)
}
