/** One HTTP request to a hub, signed with the desk's key, and an answer that is surely the hub's or none. */
import { createHash, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { proofText } from '../../../shared/sync/wire.ts'

export type DeviceIdentity = { readonly deviceId: string; readonly privateKey: KeyObject }
export type RawRequest = {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'
  /** With its query. */
  readonly path: string
  readonly body: Uint8Array | null
  readonly contentType?: string
  readonly session?: string | null
  readonly headers?: Readonly<Record<string, string>>
  /** Without a byte for this long, the line counts as dead. */
  readonly silenceMs?: number
}
export type RawAnswer = { readonly status: number; readonly contentType: string; readonly headers: IncomingMessage['headers']; readonly body: Buffer }

export type HttpExchange = {
  /** Rejects when there is no answer. */
  readonly send: (request: RawRequest) => Promise<RawAnswer>
  /** An answer that goes on: handed over when its headers are there. */
  readonly open: (path: string, onAnswer: (answer: IncomingMessage) => void, onEnd: () => void) => () => void
  readonly setClockOffset: (milliseconds: number) => void
  readonly reset: () => void
}

const silenceMs = 30_000
/** An event stream says something every 20 seconds. */
const streamSilenceMs = 45_000
const largestAnswer = 64 * 1024 * 1024

/** `now` is the desk's own clock in milliseconds; the offset learnt from the hub is added to what is signed and to nothing else. */
export function createHttpExchange(address: string, device: DeviceIdentity | null, now: () => number): HttpExchange {
  const base = new URL(address)
  const secure = base.protocol === 'https:'
  let agent = newAgent(secure)
  let clockOffset = 0
  const streams = new Set<ClientRequest>()

  function start({ method, path, body, contentType, session, headers }: RawRequest, timeout: number): ClientRequest {
    const fullPath = base.pathname.replace(/\/$/, '') + path
    const bytes = body ?? new Uint8Array()
    const request = (secure ? httpsRequest : httpRequest)({
      protocol: base.protocol, hostname: base.hostname.replace(/^\[|\]$/g, ''), port: base.port, method, path: fullPath, agent, timeout,
      headers: {
        accept: 'application/json, text/plain, text/event-stream, application/octet-stream',
        ...(body ? { 'content-type': contentType ?? 'application/json', 'content-length': String(bytes.length) } : {}),
        ...(device ? proof(device, method, path, bytes, now() + clockOffset) : {}),
        ...(session ? { 'x-sportello-session': session } : {}),
        ...headers,
      },
    })
    request.on('timeout', () => request.destroy(new Error('the hub is silent')))
    return request
  }

  return {
    send: (asked) =>
      new Promise((resolve, reject) => {
        const request = start(asked, asked.silenceMs ?? silenceMs)
        request.on('error', reject)
        request.on('response', (answer) => {
          collect(answer).then((body) => resolve({ status: answer.statusCode ?? 0, contentType: answer.headers['content-type'] ?? '', headers: answer.headers, body }), reject)
        })
        request.end(asked.body ?? undefined)
      }),
    open: (path, onAnswer, onEnd) => {
      const request = start({ method: 'GET', path, body: null }, streamSilenceMs)
      let ended = false
      const end = () => {
        if (ended) return
        ended = true
        streams.delete(request)
        onEnd()
      }
      streams.add(request)
      request.on('error', end)
      request.on('close', end)
      request.on('response', onAnswer)
      request.end()
      return () => request.destroy()
    },
    setClockOffset: (milliseconds) => {
      clockOffset = milliseconds
    },
    reset: () => {
      for (const stream of streams) stream.destroy()
      agent.destroy()
      agent = newAgent(secure)
    },
  }
}

function newAgent(secure: boolean): HttpAgent | HttpsAgent {
  const options = { keepAlive: true, maxSockets: 6, keepAliveMsecs: 15_000 }
  return secure ? new HttpsAgent({ ...options, minVersion: 'TLSv1.2' }) : new HttpAgent(options)
}

function proof({ deviceId, privateKey }: DeviceIdentity, method: string, path: string, body: Uint8Array, millis: number): Record<string, string> {
  const time = new Date(millis).toISOString()
  const nonce = randomBytes(16).toString('base64url')
  const bodyHash = createHash('sha256').update(body).digest('hex')
  const signature = sign(null, Buffer.from(proofText({ method, path, time, nonce, bodyHash })), privateKey)
  return { authorization: `Device ${deviceId}`, 'x-sportello-time': time, 'x-sportello-nonce': nonce, 'x-sportello-proof': signature.toString('base64url') }
}

/** The whole body; a torn one is no answer. */
async function collect(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length
    if (size > largestAnswer) throw new Error('the answer is too long')
    parts.push(part)
  }
  if (!answer.complete) throw new Error('the answer was cut off')
  return Buffer.concat(parts)
}
