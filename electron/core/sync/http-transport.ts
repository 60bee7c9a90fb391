import type { z } from 'zod'
import { z as zod } from '../../../shared/domain/schema.ts'
import type { Json } from '../../../shared/domain/json.ts'
import { enrolAnswer, sessionAnswer } from '../../../shared/sync/identity.ts'
import { leasesAnswer } from '../../../shared/sync/leases.ts'
import { changesAnswer, checksumsAnswer, protocol, pushAnswer, snapshotPlan } from '../../../shared/sync/wire.ts'
import { createHttpExchange } from './http-exchange.ts'
import type { DeviceIdentity, HttpExchange, RawAnswer, RawRequest } from './http-exchange.ts'
import { listenForHead } from './live-hint.ts'
import { gone } from './ports.ts'
import type { HubAnswer, HubDoor, HubTransport } from './ports.ts'

const errorBody = zod.object({ error: zod.object({ code: zod.string().max(80), details: zod.json().optional() }) })
const anything = zod.json()
const blobState = zod.object({ size: zod.int(), complete: zod.boolean() })
const epochAnswer = zod.object({ epoch: zod.int() })
const clockDetails = zod.object({ now: zod.iso.datetime() })

/** The hub over HTTP. Every answer is checked against its schema: what does not fit is no hub, and never an acknowledgement. */
export function createHttpTransport(address: string, device: DeviceIdentity, now: () => number): HubTransport {
  const exchange = createHttpExchange(address, device, now)
  const post = <S extends z.ZodType>(path: string, body: unknown, schema: S, session: string | null = null) => askJson(exchange, now, { method: 'POST', path, body: Buffer.from(JSON.stringify(body)), session }, schema)
  const get = <S extends z.ZodType>(path: string, schema: S) => askJson(exchange, now, { method: 'GET', path, body: null }, schema)
  return {
    push: (request) => post('/v1/push', request, pushAnswer),
    changes: ({ feedId, after, limit }) => get(`/v1/changes?${new URLSearchParams({ feedId, after: String(after), limit: String(limit), protocol: String(protocol) }).toString()}`, changesAnswer),
    listen: (onHead, ended, leases) => listenForHead(exchange, onHead, ended, leases),
    leases: () => get('/v1/leases', leasesAnswer),
    snapshot: (wanted) => post('/v1/snapshot', { protocol, ...wanted }, snapshotPlan),
    page: (token) => askBytes(exchange, now, `/v1/snapshot/page?${new URLSearchParams({ token }).toString()}`, 'text/plain'),
    checksums: () => get('/v1/checksums', checksumsAnswer),
    purged: (receipt) => post('/v1/purged', receipt, anything),
    newEpoch: (epoch) => post('/v1/epoch', { epoch }, epochAnswer),
    openSession: (username, password) => post('/v1/session', { username, password }, sessionAnswer),
    closeSession: (token) => askJson(exchange, now, { method: 'DELETE', path: '/v1/session', body: null, session: token }, anything),
    ask: (path, body, session) => post(path, body, anything, session),
    file: (path, type, session) => askFile(exchange, now, path, type, session),
    blob: {
      size: (sha256) => headOfBlob(exchange, now, sha256),
      put: (sha256, { start, total, bytes }) =>
        askJson(exchange, now, { method: 'PUT', path: `/v1/blobs/${sha256}?${new URLSearchParams({ start: String(start), size: String(total) }).toString()}`, body: bytes, contentType: 'application/octet-stream' }, anything),
      get: (sha256, start) => askBytes(exchange, now, `/v1/blobs/${sha256}?${new URLSearchParams({ start: String(start) }).toString()}`, 'application/octet-stream'),
    },
    reset: exchange.reset,
    close: exchange.reset,
  }
}

export const httpDoor: HubDoor = {
  enrol: async (address, request) => {
    const exchange = createHttpExchange(address, null, Date.now)
    try {
      return await askJson(exchange, Date.now, { method: 'POST', path: '/v1/enrol', body: Buffer.from(JSON.stringify(request)) }, enrolAnswer)
    } finally {
      exchange.reset()
    }
  },
}

async function askJson<S extends z.ZodType>(exchange: HttpExchange, now: () => number, request: RawRequest, schema: S): Promise<HubAnswer<z.output<S>>> {
  const answer = await sendOnTime(exchange, now, request)
  if (!answer.ok) return answer
  const { status, contentType, body } = answer.value
  if (status === 204) return parsed(schema, null)
  return isJson(contentType) ? parsed(schema, parseJson(body)) : gone({ kind: 'not_a_hub' })
}

async function askBytes(exchange: HttpExchange, now: () => number, path: string, type: string): Promise<HubAnswer<Uint8Array>> {
  const answer = await sendOnTime(exchange, now, { method: 'GET', path, body: null, silenceMs: 60_000 })
  if (!answer.ok) return answer
  return answer.value.contentType.startsWith(type) ? { ok: true, value: answer.value.body } : gone({ kind: 'not_a_hub' })
}

async function askFile(exchange: HttpExchange, now: () => number, path: string, type: string, session: string): Promise<HubAnswer<{ bytes: Uint8Array; sha256: string | null }>> {
  const answer = await sendOnTime(exchange, now, { method: 'GET', path, body: null, session, silenceMs: 60_000 })
  if (!answer.ok) return answer
  const { contentType, headers, body } = answer.value
  const told = headers['x-sportello-sha256']
  return contentType.startsWith(type) ? { ok: true, value: { bytes: body, sha256: typeof told === 'string' ? told : null } } : gone({ kind: 'not_a_hub' })
}

/** How much of an attachment the hub has; 404 is none of it. */
async function headOfBlob(exchange: HttpExchange, now: () => number, sha256: string): Promise<HubAnswer<{ size: number; complete: boolean }>> {
  const answer = await sendOnTime(exchange, now, { method: 'HEAD', path: `/v1/blobs/${sha256}`, body: null })
  if (!answer.ok) return answer.failure.kind === 'refused' && answer.failure.status === 404 ? { ok: true, value: { size: 0, complete: false } } : answer
  const { headers } = answer.value
  return parsed(blobState, { size: Number(headers['x-sportello-size'] ?? headers['content-length'] ?? 0), complete: headers['x-sportello-complete'] !== 'false' })
}

/** Sends; when the hub says that the desk's clock is off, learns by how much and asks once more. */
async function sendOnTime(exchange: HttpExchange, now: () => number, request: RawRequest): Promise<HubAnswer<RawAnswer>> {
  const first = await send(exchange, request)
  if (first.ok || first.failure.kind !== 'refused' || first.failure.code !== 'clock') return first
  const said = clockDetails.safeParse(first.failure.details)
  if (!said.success) return first
  exchange.setClockOffset(Date.parse(said.data.now) - now())
  return send(exchange, request)
}

async function send(exchange: HttpExchange, request: RawRequest): Promise<HubAnswer<RawAnswer>> {
  let answer: RawAnswer
  try {
    answer = await exchange.send(request)
  } catch {
    return gone({ kind: 'unreachable' })
  }
  const { status, contentType, headers, body } = answer
  if (status >= 200 && status < 300) return { ok: true, value: answer }
  const said = request.method === 'HEAD' ? { success: true as const, data: { error: { code: 'not_found', details: null } } } : errorBody.safeParse(isJson(contentType) ? parseJson(body) : undefined)
  if (status === 503 || status === 429) return gone({ kind: 'busy', afterSeconds: seconds(headers['retry-after']), code: said.success ? said.data.error.code : 'busy' })
  // A proxy that cannot reach the hub speaks for itself.
  if (!said.success) return gone({ kind: status === 502 || status === 504 ? 'unreachable' : 'not_a_hub' })
  return gone({ kind: 'refused', status, code: said.data.error.code, details: (said.data.error.details ?? null) as Json })
}

function parsed<S extends z.ZodType>(schema: S, value: unknown): HubAnswer<z.output<S>> {
  const result = schema.safeParse(value)
  return result.success ? { ok: true, value: result.data } : gone({ kind: 'not_a_hub' })
}

function isJson(contentType: string): boolean {
  return contentType.startsWith('application/json')
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

function seconds(header: string | undefined): number | null {
  const value = Number(header)
  return header !== undefined && Number.isFinite(value) && value >= 0 ? Math.min(value, 300) : null
}
