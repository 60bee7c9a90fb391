/** A desk as the hub sees one: signs its requests, numbers its operations, waits when told to. It holds no store. */
import { createHash, randomBytes, sign } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { createIds, systemClock } from '../../../electron/core/ports.ts'
import { opHashText, proofText } from '../../../shared/sync/wire.ts'
import type { PushAnswer, PushRequest, WireOperation } from '../../../shared/sync/wire.ts'
import type { BenchDesk } from './bench-hub.ts'

const agent = new Agent({ keepAlive: true, maxSockets: 2_500, keepAliveMsecs: 10_000 })
const ids = createIds(systemClock)
export type Pushed = { readonly answer: PushAnswer; readonly milliseconds: number; readonly waits: number }

export type LoadDesk = {
  readonly id: string
  /** Sends operations until the hub has taken them; counts how often it was told to wait. */
  readonly push: (operations: readonly Draft[]) => Promise<Pushed>
  /** Opens the stream of hints; answers how to close it. */
  readonly listen: (onHead: (head: number) => void) => Promise<() => void>
  readonly get: (path: string) => Promise<unknown>
}
/** An operation before it has its number. */
export type Draft = Omit<WireOperation, 'seq' | 'hash'>

export function noteDraft(person: string, ticketId: string, text: string): Draft {
  return { opId: ids.next(), kind: 'ticket.note', version: 1, input: { ticketId, text }, basis: { state: 'new' }, actor: person, at: new Date().toISOString(), desk: 'Bench', entity: 'ticket', subjectId: ticketId }
}
export function ticketDraft(person: string, customerId: string): Draft {
  const opId = ids.next()
  const input = { customerId, supplyPointId: null, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject: 'Una domanda sulla bolletta', text: 'Chiede quando arriva la prossima.', priority: 'normal' }
  return { opId, kind: 'ticket.open', version: 1, input, basis: null, actor: person, at: new Date().toISOString(), desk: 'Bench', entity: 'ticket', subjectId: opId }
}

export function loadDesk(url: string, feedId: string, { id, privateKey }: BenchDesk): LoadDesk {
  let seq = 0

  function send(method: string, path: string, body: string): Promise<IncomingMessage> {
    const time = new Date().toISOString()
    const nonce = randomBytes(16).toString('base64url')
    const text = proofText({ method, path, time, nonce, bodyHash: createHash('sha256').update(body).digest('hex') })
    const headers = {
      authorization: `Device ${id}`,
      'x-sportello-time': time,
      'x-sportello-nonce': nonce,
      'x-sportello-proof': sign(null, Buffer.from(text), privateKey).toString('base64url'),
      ...(body === '' ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
    }
    return new Promise((resolve, reject) => {
      const asked = request(`${url}${path}`, { method, headers, agent }, resolve)
      asked.on('error', reject)
      asked.end(body)
    })
  }

  async function text(message: IncomingMessage): Promise<string> {
    let whole = ''
    for await (const chunk of message.setEncoding('utf8')) whole += String(chunk)
    return whole
  }

  return {
    id,
    push: async (drafts) => {
      const operations = drafts.map((draft, index): WireOperation => ({ ...draft, seq: seq + index + 1, hash: createHash('sha256').update(opHashText(draft)).digest('hex') }))
      const asked: PushRequest = { protocol: 1, epoch: 1, feedId, firstSeq: seq + 1, operations }
      const body = JSON.stringify(asked)
      const begun = performance.now()
      for (let waits = 0; ; waits++) {
        const message = await send('POST', '/v1/push', body).catch(() => null)
        const answered = message === null ? '' : await text(message).catch(() => '')
        if (message?.statusCode === 200) {
          seq += drafts.length
          return { answer: JSON.parse(answered) as PushAnswer, milliseconds: performance.now() - begun, waits }
        }
        if (message !== null && message.statusCode !== 503 && message.statusCode !== 429) throw new Error(`push refused: ${String(message.statusCode)} ${answered}`)
        const seconds = Number(message?.headers['retry-after'] ?? 1)
        await new Promise((resolve) => setTimeout(resolve, (seconds * 0.5 + Math.random() * seconds) * 1000))
      }
    },
    listen: async (onHead) => {
      const message = await send('GET', '/v1/events', '')
      if (message.statusCode !== 200) throw new Error(`no stream: ${String(message.statusCode)}`)
      message.setEncoding('utf8').on('data', (chunk: string) => {
        for (const found of chunk.matchAll(/^data: (\{.*\})$/gm)) onHead((JSON.parse(found[1] ?? '{}') as { head: number }).head)
      })
      message.on('error', () => undefined)
      return () => void message.destroy()
    },
    get: async function get(path): Promise<unknown> {
      const message = await send('GET', path, '')
      const body = await text(message)
      if (message.statusCode === 503 || message.statusCode === 429) {
        await new Promise((resolve) => setTimeout(resolve, 100))
        return get(path)
      }
      if (message.statusCode !== 200) throw new Error(`${path}: ${String(message.statusCode)} ${body}`)
      return JSON.parse(body) as unknown
    },
  }
}
