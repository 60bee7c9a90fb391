import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { hubAddress } from '../../../electron/core/sync/address.ts'
import { copyValues } from '../../../electron/core/sync/copy-text.ts'
import { createHttpTransport } from '../../../electron/core/sync/http-transport.ts'
import type { HubTransport } from '../../../electron/core/sync/ports.ts'
import { copyLine } from '../../../shared/sync/row-digest.ts'

const servers: Server[] = []
const transports: HubTransport[] = []
afterEach(async () => {
  for (const transport of transports.splice(0)) transport.close()
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve))
})

async function before(answer: (request: IncomingMessage, response: ServerResponse) => void, now = () => Date.parse('2026-11-20T09:00:00.000Z')): Promise<HubTransport> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const transport = createHttpTransport(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { deviceId: 'device-1', privateKey: generateKeyPairSync('ed25519').privateKey }, now)
  transports.push(transport)
  return transport
}
const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}
const checksums = { feedId: 'f', head: 3, checksums: [] }

describe('the line to a hub', () => {
  it.each([
    ['a page of the network that wants a sign-in', 200, 'text/html', '<html>Benvenuti</html>'],
    ['JSON of another program', 200, 'application/json', '{"ok":true}'],
    ['half a text', 200, 'application/json', '{"feedId":"f","he'],
    ['a refusal nobody of ours writes', 403, 'text/html', '<h1>Forbidden</h1>'],
    ['a proxy that wants to know who is there', 407, 'text/html', ''],
  ])('takes %s for no hub', async (_what, status, type, body) => {
    const transport = await before((_request, response) => {
      response.writeHead(status, { 'content-type': type })
      response.end(body)
    })
    expect(await transport.checksums()).toEqual({ ok: false, failure: { kind: 'not_a_hub' } })
  })

  it('hands over a file with the digest that the hub told, as the person of the session', async () => {
    const transport = await before((request, response) => {
      response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8', 'x-sportello-sha256': 'abc' })
      response.end(`${request.method} ${request.url} ${String(request.headers['x-sportello-session'])}`)
    })
    const answer = await transport.file('/v1/exports/7', 'text/csv', 'token')
    expect(answer.ok && { text: Buffer.from(answer.value.bytes).toString(), sha256: answer.value.sha256 }).toEqual({ text: 'GET /v1/exports/7 token', sha256: 'abc' })
    expect(await transport.file('/v1/exports/7', 'application/pdf', 'token')).toEqual({ ok: false, failure: { kind: 'not_a_hub' } })
  })

  it('says that the hub cannot be reached when a proxy says so, when an answer is cut off, and when nobody is there', async () => {
    const proxy = await before((_request, response) => response.writeHead(502).end())
    expect(await proxy.checksums()).toEqual({ ok: false, failure: { kind: 'unreachable' } })
    const torn = await before((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write('{"feedId"')
      setImmediate(() => response.destroy())
    })
    expect(await torn.checksums()).toEqual({ ok: false, failure: { kind: 'unreachable' } })
    const nobody = createHttpTransport('http://127.0.0.1:1', { deviceId: 'device-1', privateKey: generateKeyPairSync('ed25519').privateKey }, Date.now)
    expect(await nobody.checksums()).toEqual({ ok: false, failure: { kind: 'unreachable' } })
  })

  it('comes back when it was asked to, and knows the hub’s own refusals', async () => {
    const busy = await before((_request, response) => json(response, 503, { error: { code: 'unsafe_database' } }, { 'retry-after': '7' }))
    expect(await busy.checksums()).toEqual({ ok: false, failure: { kind: 'busy', afterSeconds: 7, code: 'unsafe_database' } })
    const gap = await before((_request, response) => json(response, 409, { error: { code: 'gap', details: { expected: 4 } } }))
    expect(await gap.checksums()).toEqual({ ok: false, failure: { kind: 'refused', status: 409, code: 'gap', details: { expected: 4 } } })
  })

  it('learns how far its clock is off, and asks once more with the hub’s time', async () => {
    const times: string[] = []
    const transport = await before((request, response) => {
      const time = String(request.headers['x-sportello-time'])
      times.push(time)
      if (time.startsWith('2026')) json(response, 401, { error: { code: 'clock', details: { now: '2027-01-01T12:00:00.000Z' } } })
      else json(response, 200, checksums)
    })
    expect(await transport.checksums()).toEqual({ ok: true, value: checksums })
    expect(times).toEqual(['2026-11-20T09:00:00.000Z', '2027-01-01T12:00:00.000Z'])
    expect(await transport.checksums()).toEqual({ ok: true, value: checksums })
    expect(times).toHaveLength(3)
  })

  it('is told of the head and of who writes by a stream, also where a line comes in pieces, and of its end', async () => {
    const news = { ticketId: 't1', heldBy: null, now: '2026-11-20T09:00:00.000Z' }
    const transport = await before((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(': hello\n\ndata: {"he')
      setImmediate(() => {
        response.write('ad":12}\n\ndata: nonsense\n\n')
        // Events that a newer hub has and this desk does not know, and one that it cannot read, are passed over.
        response.write(`event: lease\ndata: ${JSON.stringify(news)}\n\nevent: later\ndata: {"head":99}\n\nevent: lease\ndata: {"head":98}\n\ndata: {"head":13}\n\n`)
        response.end()
      })
    })
    const heads: number[] = []
    const told: unknown[] = []
    await new Promise<void>((resolve) => void transport.listen((head) => heads.push(head), resolve, { opened: () => told.push('opened'), told: (one) => told.push(one) }))
    expect(heads).toEqual([12, 13])
    expect(told).toEqual(['opened', news])
  })
})

describe('the address of a hub', () => {
  it('is https, or this very machine', () => {
    expect(hubAddress('hub.example')).toBe('https://hub.example')
    expect(hubAddress('https://hub.example:8443/desk/')).toBe('https://hub.example:8443/desk')
    expect(hubAddress('http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080')
    for (const bad of ['http://hub.example', 'https://a:b@hub.example', 'https://hub.example/?x=1', 'javascript:alert(1)', '', 'https://']) expect(hubAddress(bad), bad).toBe(null)
  })
})

describe('a line of a snapshot', () => {
  it('reads what PostgreSQL writes, to the last character', () => {
    const values = ['plain', null, '', 'tab\there', 'line\nbreak', 'back\\slash', '\\N', 'è €\u{1F600}', '\b\f\v\r']
    expect(copyValues(copyLine(values))).toEqual(values)
  })
})
