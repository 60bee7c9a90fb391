/** The hardening list of the hub (reliability, section 7): how much comes in. The numbers are the list's. */
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hubModules } from '../../../hub/modules.ts'
import { mebibyte, searchesPerMinute } from '../../../hub/server/rate-classes.ts'
import { bytesAtOnce } from '../../../hub/server/register.ts'
import { addPerson, enrolDevice, startTestHub } from '../../support/hub-app.ts'
import type { TestDevice, TestHub } from '../../support/hub-app.ts'
import { probes, slow } from './probes.ts'

let hub: TestHub
let desk: TestDevice
beforeAll(async () => {
  hub = await startTestHub({ modules: [...hubModules, probes], config: { concurrency: 3 } })
  desk = await enrolDevice(hub)
  await addPerson(hub, { username: 'bruno', role: 'agent' })
})
afterAll(() => hub.stop())

const echo = (body: unknown, headers: Record<string, string> = {}) => desk.call('/v1/probe/echo', { method: 'POST', body, headers })

describe('3 limits', () => {
  it('bodies end at 1 MiB', async () => {
    expect(await echo({ text: 'x'.repeat(mebibyte) })).toMatchObject({ status: 413, body: { error: { code: 'too_large' } } })
    expect(await echo({ text: 'x'.repeat(1_000_000) })).toMatchObject({ status: 200 })
  })
  it('JSON ends at 12 levels', async () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])
    expect(await echo({ deep: nested(11) })).toMatchObject({ status: 200 })
    expect(await echo({ deep: nested(12) })).toMatchObject({ status: 400, body: { error: { code: 'too_deep' } } })
    const bytes = Buffer.from(`{"deep":${'['.repeat(400_000)}${']'.repeat(400_000)}}`)
    expect((await desk.call('/v1/probe/echo', { method: 'POST', bytes, headers: { 'content-type': 'application/json' } })).status).toBe(400)
  })
  it('addresses and headers end too, without a word of explanation', async () => {
    expect((await desk.call(`/v1/nowhere?${'x'.repeat(5_000)}`)).status).toBe(414)
    const answer = await fetch(`${hub.url}/healthz`, { headers: { 'x-long': 'x'.repeat(20_000) } })
    expect(answer.status).toBe(431)
    expect(await answer.json()).toEqual({ error: { code: 'too_long' } })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
  it('slow, idle and endless connections are closed', () => {
    const { server } = hub.hub.app
    expect(server.requestTimeout).toBe(30_000)
    expect(server.timeout).toBe(60_000)
    expect(server.keepAliveTimeout).toBe(30_000)
    expect(server.maxRequestsPerSocket).toBeGreaterThan(0)
  })
  it('other media types and no JSON are refused', async () => {
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded']) expect((await echo({}, { 'content-type': type })).status, type).toBe(415)
    for (const bytes of [Buffer.from('{'), Buffer.from([0x22, 0xff, 0x22]), Buffer.alloc(0)]) expect((await desk.call('/v1/probe/echo', { method: 'POST', bytes, headers: { 'content-type': 'application/json' } })).status).toBe(400)
  })
})

describe('4 shapes', () => {
  it('unknown fields are refused and named, without what was in them', async () => {
    const answer = await echo({ text: 'a', other: 'RSSMRA80A01H501U' })
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer.body)).not.toContain('RSSMRA80A01H501U')
  })
  it.each(['{"__proto__":{"admin":true}}', '{"deep":{"a":{"__proto__":1}}}', '{"deep":{"constructor":{"prototype":{"admin":true}}}}'])('keys that reach a prototype are refused: %s', async (body) => {
    const answer = await desk.call('/v1/probe/echo', { method: 'POST', bytes: Buffer.from(body), headers: { 'content-type': 'application/json' } })
    expect(answer).toEqual({ status: 400, body: { error: { code: 'not_allowed' } } })
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })
  it('a character the database cannot hold is the sender’s fault', async () => {
    expect((await desk.call('/v1/session', { method: 'POST', body: { username: 'a\u0000b', password: 'x' } })).status).toBeLessThan(500)
  })
})

describe('5 how often', () => {
  it('a desk has its share, and who asks too often is told when to come again', async () => {
    const limited = await startTestHub({ config: { rateLimits: true }, modules: [...hubModules, probes] })
    try {
      const eager = await enrolDevice(limited)
      const patient = await enrolDevice(limited, { name: 'Prova 2' })
      const statuses = new Set<number>()
      let last = await eager.signedFetch('/v1/probe/fails')
      for (let count = 0; count < 210 && last.status !== 429; count += 1) statuses.add((last = await eager.signedFetch('/v1/probe/fails')).status)
      expect([...statuses]).toEqual([500, 429])
      expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
      expect((await patient.signedFetch('/v1/probe/fails')).status).toBe(500)
      limited.clock.advance(1_000)
      expect((await eager.signedFetch('/v1/probe/fails')).status).toBe(500)
    } finally {
      await limited.stop()
    }
  })
  it('a person has so many searches a minute, at all hubs together; reaching the limit is on record', async () => {
    const session = await desk.signIn('bruno')
    const beside = await startTestHub({ database: hub.database, modules: [...hubModules, probes], now: hub.clock.now().toISOString() })
    try {
      const search = async (at: TestHub) => (await fetch(`${at.url}/v1/probe/search`, { headers: desk.headersFor('/v1/probe/search', { session }) })).status
      const statuses: number[] = []
      for (let count = 0; count < searchesPerMinute; count += 1) statuses.push(await search(count % 2 === 0 ? hub : beside))
      expect(new Set(statuses)).toEqual(new Set([200]))
      expect(await search(beside)).toBe(429)
      expect(await search(hub)).toBe(429)
      expect(await hub.database.asOwner(`SELECT count(*)::int AS n FROM audit WHERE kind = 'search_limit_reached'`)).toEqual([{ n: 1 }])
      hub.clock.advance(60_000)
      expect((await desk.call('/v1/probe/search', { session })).status).toBe(200)
    } finally {
      await beside.stop()
    }
  })
  it('so are those that would bring more than there is memory for, before a byte of them is read; room is given back', async () => {
    const wide = await startTestHub({ modules: [...hubModules, probes], config: { concurrency: 100 } })
    const sender = await enrolDevice(wide)
    const open: Socket[] = []
    try {
      const { port } = new URL(wide.url)
      const large = async (): Promise<Socket> => {
        const socket = connect(Number(port), '127.0.0.1')
        const headers = Object.entries({ ...sender.headersFor('/v1/probe/echo', { method: 'POST', body: {} }), host: 'hub', 'content-length': String(mebibyte) })
        socket.write(`POST /v1/probe/echo HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n{`)
        open.push(socket)
        await once(socket, 'connect')
        return socket
      }
      for (let count = 0; count < bytesAtOnce / mebibyte; count += 1) await large()
      await expect.poll(async () => (await wide.hub.parts.metrics.getSingleMetricAsString('sportello_http_requests_at_work')).includes(` ${bytesAtOnce / mebibyte}`)).toBe(true)
      const [answer] = (await once((await large()).setEncoding('utf8'), 'data')) as [string]
      expect(answer).toMatch(/^HTTP\/1.1 503 /)
      for (const socket of open) socket.destroy()
      await expect.poll(async () => (await sender.call('/v1/probe/echo', { method: 'POST', body: { text: 'x'.repeat(900_000) } })).status).toBe(200)
    } finally {
      for (const socket of open) socket.destroy()
      await wide.stop()
    }
  })
  it('more than there is room for are sent away with 503, and find room again', async () => {
    const inside: Promise<Response>[] = []
    const release3: (() => void)[] = []
    for (let count = 0; count < 3; count += 1) {
      const started = new Promise<void>((resolve) => (slow.begun = resolve))
      inside.push(desk.signedFetch('/v1/probe/slow'))
      await started
      release3.push(() => undefined)
      if (slow.release) release3[count] = slow.release
    }
    const refused = await fetch(`${hub.url}/healthz`)
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    for (const leave of release3) leave()
    expect((await Promise.all(inside)).map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await fetch(`${hub.url}/healthz`)).status).toBe(200)
  })
})

describe('14 packed bodies', () => {
  it('are not unpacked', async () => {
    const packed = gzipSync(Buffer.alloc(10_000_000, 0x20))
    for (const encoding of ['gzip', 'br', 'deflate', 'identity']) expect((await desk.call('/v1/probe/echo', { method: 'POST', bytes: packed, headers: { 'content-type': 'application/json', 'content-encoding': encoding } })).status).toBe(415)
  })
})

describe('a torn request', () => {
  it.each(['GET /healthz HTTP/1.1\r\n', 'POST /v1/enrol HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"code":', '\0\0\0\0', 'GET / HTTP/9.9\r\n\r\n', 'BREW /pot HTTP/1.1\r\nhost: x\r\n\r\n'])('%j leaves the hub as it was', async (bytes) => {
    const socket = connect(Number(new URL(hub.url).port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.end(bytes)
    socket.resume()
    await once(socket, 'close')
    expect((await fetch(`${hub.url}/healthz`)).status).toBe(200)
  })
})
