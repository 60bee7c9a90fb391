/** The HTTP server with everything that holds for each request whatever its route: limits, headers, bodies as bytes, errors, logs. */
import { randomInt } from 'node:crypto'
import type { Server } from 'node:http'
import type { Writable } from 'node:stream'
import { LogController, fastify } from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { HubConfig } from './config.ts'
import { describeError, errorBody, toHubError } from './error-answers.ts'
import { HubError } from './errors.ts'

/** A body as it arrived: it is read as JSON only once its sender is known. */
export type RawBody = { readonly type: 'json' | 'bytes'; readonly content: Buffer }

const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=63072000',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
} as const
const longestUrl = 4 * 1024

/** `logTo` is for tests; otherwise one JSON line per event on standard output. */
export function createApp(config: HubConfig, logTo?: Writable): FastifyInstance {
  // Named, because the types would rather believe in HTTP 2.
  const app: FastifyInstance = fastify<Server>({
    logger: { level: 'info', base: null, serializers: { err: describeError }, ...(logTo === undefined ? {} : { stream: logTo }) },
    logController: new LogController({ disableRequestLogging: true }),
    http: { maxHeaderSize: 16 * 1024 },
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 30_000,
    maxRequestsPerSocket: 10_000,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 128, ignoreDuplicateSlashes: false, ignoreTrailingSlash: false, caseSensitive: true },
    exposeHeadRoutes: false,
    requestIdHeader: false,
    trustProxy: config.trustedProxies.length === 0 ? false : [...config.trustedProxies],
    frameworkErrors: (error, _request, reply) => void answerError(reply, toHubError(error, app.log)),
    clientErrorHandler: (error, socket) => {
      if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
      const [status, code] = error.code === 'HPE_HEADER_OVERFLOW' ? ['431 Request Header Fields Too Large', 'too_long'] : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? ['408 Request Timeout', 'too_slow'] : ['400 Bad Request', 'invalid']
      const body = JSON.stringify({ error: { code } })
      const lines = Object.entries({ ...headers, 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body), connection: 'close' }).map(([name, value]) => `${name}: ${value}`)
      socket.end(`HTTP/1.1 ${status}\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
    },
  })
  app.removeAllContentTypeParsers()
  for (const [mediaType, type] of [['application/json', 'json'], ['application/octet-stream', 'bytes']] as const) {
    app.addContentTypeParser(mediaType, { parseAs: 'buffer' }, (_request, content, done) => done(null, { type, content: content as Buffer } satisfies RawBody))
  }
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(headers)
    if (request.url.length > longestUrl) throw new HubError(414, 'too_long')
    // Nothing is unpacked here: a small body cannot become a large one.
    if (request.headers['content-encoding'] !== undefined) throw new HubError(415, 'unsupported_media_type')
  })
  app.setErrorHandler((error, request, reply) => answerError(reply, toHubError(error, request.log)))
  return app
}

export function answerError(reply: FastifyReply, error: HubError): FastifyReply {
  if (error.retryAfter !== undefined) void reply.header('retry-after', String(error.retryAfter))
  return reply.code(error.status).headers(headers).type('application/json; charset=utf-8').send(errorBody(error))
}

/** Everybody who was sent away comes back at another moment. */
export const tooBusy = (): HubError => new HubError(503, 'busy', undefined, randomInt(1, 6))

export function rawBodyOf(request: FastifyRequest): RawBody | null {
  return (request.body as RawBody | null | undefined) ?? null
}
