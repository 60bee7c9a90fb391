/** The desk in a browser: HTTP and an event stream, on loopback only. */
import { createServer } from 'node:http'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Core } from '../core/core.ts'
import type { Log } from '../core/ports.ts'
import { refuse } from '../../shared/domain/result.ts'
import { readBody } from './body.ts'
import { createClients } from './clients.ts'
import type { Clients } from './clients.ts'
import { createEventStreams } from './event-streams.ts'
import { isOwnHost, refuseCall, refuseRead } from './gate.ts'
import type { Refusal } from './gate.ts'
import { commonHeaders } from './headers.ts'
import { enterPage, strangerPage } from './pages.ts'
import { readRendererFiles } from './renderer-files.ts'

/** What this host needs of the core. */
export type ServedCore = Pick<Core, 'dispatch' | 'subscribe'> & { readonly desk: Pick<Core['desk'], 'session'> }

export type ServeOptions = {
  readonly core: ServedCore
  /** Folder of the built renderer. */
  readonly rendererDir: string
  /** A free one when left out. */
  readonly port?: number
  readonly log: Log
  /** Milliseconds, for the life of one-time passes. */
  readonly now?: () => number
}

export type Serving = {
  readonly port: number
  /** To print: opens the desk as often as wanted while this process lives. */
  readonly address: string
  /** To hand to another program: opens the desk once, within a minute. */
  issueAddress: () => string
  /** Stops listening, ends the event streams and waits for calls under way. The core stays open. */
  close: () => Promise<void>
}

const loopback = '127.0.0.1'
const html = 'text/html; charset=utf-8'
const json = 'application/json; charset=utf-8'
/** The envelope of the core's own answer to a request that it cannot read. */
const unreadable = JSON.stringify(refuse('invalid_input', { issues: [{ path: '', reason: 'request' }] }))

/** Stands ready for browsers of this machine. Rejects when the port is taken or the renderer is not built. */
export async function startServe(options: ServeOptions): Promise<Serving> {
  const { core, log } = options
  const files = readRendererFiles(options.rendererDir)
  const streams = createEventStreams((clientId) => core.desk.session(clientId) !== null)
  const underWay = new Set<Promise<void>>()
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 16 * 1024 })
  const port = await listen(server, options.port ?? 0)
  const clients = createClients(port, options.now ?? Date.now)

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch((error: unknown) => {
      log('error', 'serve_failed', { name: error instanceof Error ? error.name : 'unknown' })
      response.destroy()
    })
  })
  const unsubscribe = core.subscribe(streams.send)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2)
    if (path === '/call') return call(request, response)
    if (request.method !== 'GET' && request.method !== 'HEAD') return deny(response, { status: 405, reason: 'method' }, { allow: 'GET, HEAD' })
    const token = path === '/' ? new URLSearchParams(query).get('entry') : null
    if (token !== null) return enter(request, response, clients, port, token)
    const refused = refuseRead(request.headers, port)
    if (refused) return deny(response, refused)
    const clientId = clients.identify(request.headers.cookie)
    if (clientId === null) return send(response, 401, html, strangerPage)
    if (path === '/events') return stream(request, response, clientId)
    if (path === '/favicon.ico' && !files.has(path)) return send(response, 204)
    const file = files.get(path)
    return file ? send(response, 200, file.type, file.body) : deny(response, { status: 404, reason: 'path' })
  }

  async function call(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return deny(response, { status: 405, reason: 'method' }, { allow: 'POST' })
    const refused = refuseCall(request.headers, port)
    if (refused) return deny(response, refused)
    const clientId = clients.identify(request.headers.cookie)
    if (clientId === null) return deny(response, { status: 401, reason: 'cookie' })
    const body = await readBody(request)
    if (body === 'hung_up') return void response.destroy()
    if (body === 'too_long' || body === 'not_text') return send(response, body === 'too_long' ? 413 : 400, json, unreadable, { connection: 'close' })
    const work = core.dispatch({ clientId }, body.text).then((reply) => delivered(response, () => send(response, 200, json, reply)))
    underWay.add(work)
    await work.finally(() => underWay.delete(work))
  }

  function stream(request: IncomingMessage, response: ServerResponse, clientId: string): void {
    if (request.method === 'HEAD') return send(response, 200, 'text/event-stream')
    response.writeHead(200, { ...commonHeaders, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' })
    streams.open(clientId, response)
  }

  const addressWith = (token: string): string => `http://${loopback}:${port}/?entry=${token}`
  return {
    port,
    address: addressWith(clients.entryToken),
    issueAddress: () => addressWith(clients.issuePass()),
    close: async () => {
      unsubscribe()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      streams.closeAll()
      await Promise.allSettled(underWay)
      server.closeAllConnections()
      await closed
    },
  }
}

/** Swaps the token in the address for a cookie, so that neither history nor bookmarks of the desk hold the token. */
function enter(request: IncomingMessage, response: ServerResponse, clients: Clients, port: number, token: string): void {
  if (request.method !== 'GET') return deny(response, { status: 405, reason: 'method' }, { allow: 'GET' })
  if (!isOwnHost(request.headers.host, port)) return deny(response, { status: 403, reason: 'host' })
  const cookie = clients.admit(token, request.headers.cookie)
  if (cookie === null) return send(response, 401, html, strangerPage)
  const site = request.headers['sec-fetch-site'] ?? 'none'
  if (site === 'none' || site === 'same-origin') return send(response, 303, html, '', { 'set-cookie': cookie, location: '/' })
  return send(response, 200, html, enterPage, { 'set-cookie': cookie })
}

function send(response: ServerResponse, status: number, type?: string, body: string | Buffer = '', more: OutgoingHttpHeaders = {}): void {
  response.writeHead(status, { ...commonHeaders, ...(type === undefined ? {} : { 'content-type': type }), ...(status === 204 ? {} : { 'content-length': Buffer.byteLength(body) }), ...more })
  response.end(body)
}

/** Sends, and waits until the answer has left or nobody is there to take it. */
function delivered(response: ServerResponse, sendIt: () => void): Promise<void> {
  if (response.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    response.once('finish', resolve)
    response.once('close', resolve)
    sendIt()
  })
}

function deny(response: ServerResponse, { status, reason }: Refusal, more: OutgoingHttpHeaders = {}): void {
  send(response, status, 'text/plain; charset=utf-8', `${reason}\n`, more)
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: loopback, exclusive: true }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}
