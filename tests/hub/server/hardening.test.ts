/** The hardening list of the hub (reliability, section 7); the numbers are the list's. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from '../../../shared/domain/schema.ts'
import { readSettings } from '../../../hub/cli/settings.ts'
import { createApp } from '../../../hub/server/app.ts'
import type { HubModule } from '../../../hub/server/parts.ts'
import { mebibyte, searchesPerMinute } from '../../../hub/server/rate-classes.ts'
import { json, route, text } from '../../../hub/server/route.ts'
import type { Route } from '../../../hub/server/route.ts'
import { hubModules } from '../../../hub/modules.ts'
import { addPerson, enrolDevice, startTestHub } from '../../support/hub-app.ts'
import type { TestDevice, TestHub } from '../../support/hub-app.ts'
import { testPassword } from '../../support/hash-cost.ts'

/** Routes that misbehave, to see what the server makes of it. */
let release: (() => void) | null = null
let begun: (() => void) | null = null
const spec = { method: 'GET', access: 'device', roles: null, params: null, query: null, body: null, bodyLimit: 0, rate: 'sync', summary: 'For tests', answer: null } as const
const probes: HubModule = (hub) => ({
  name: 'probes',
  routes: [
    route({ ...spec, path: '/v1/probe/fails', handle: () => { throw new Error('Mario Rossi RSSMRA80A01H501U does not fit') } }),
    route({ ...spec, path: '/v1/probe/slow', handle: async () => { begun?.(); await new Promise<void>((resolve) => (release = resolve)); return json({ done: true }) } }),
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

let hub: TestHub
let desk: TestDevice
beforeAll(async () => {
  hub = await startTestHub({ modules: [...hubModules, probes], config: { concurrency: 3 } })
  desk = await enrolDevice(hub)
  await addPerson(hub, { username: 'bruno', role: 'agent' })
})
afterAll(() => hub.stop())

const echo = (body: unknown, headers: Record<string, string> = {}) => desk.call('/v1/probe/echo', { method: 'POST', body, headers })

describe('1 routes', () => {
  const start = (routes: readonly Route[]) => startTestHub({ database: hub.database, modules: [() => ({ name: 'bad', routes })] })
  it('a route that was not declared with route() keeps the server from starting', () => {
    expect(() => hub.hub.app.get('/v1/open', () => 'hello')).toThrow(/declared with route|already listening/)
  })
  it.each([
    ['roles without persons', { ...spec, path: '/v1/bad', roles: ['agent'] }],
    ['persons without roles', { ...spec, path: '/v1/bad', access: 'person' }],
    ['nobody at all', { ...spec, path: '/v1/bad', access: 'person', roles: [] }],
    ['no limit of the body', { ...spec, path: '/v1/bad', method: 'POST', body: z.strictObject({}) }],
    ['a body of more than 1 MiB', { ...spec, path: '/v1/bad', method: 'POST', body: z.strictObject({}), bodyLimit: mebibyte + 1 }],
    ['a schema that lets unknown fields through', { ...spec, path: '/v1/bad', method: 'POST', body: z.object({}), bodyLimit: 10 }],
    ['no rate class', { ...spec, path: '/v1/bad', rate: undefined }],
    ['a path whose names are not described', { ...spec, path: '/v1/bad/:id' }],
  ])('%s keeps the server from starting', async (_what, bad) => {
    await expect(start([{ ...bad, handle: () => json(null) } as unknown as Route])).rejects.toThrow('/v1/bad')
  })
  it('each route of the hub says who may call it, how much and how often', () => {
    for (const { method, path, access, roles, bodyLimit, rate } of hub.hub.routes) {
      expect({ method, path, ok: (access === 'person') === ((roles?.length ?? 0) > 0) && bodyLimit <= mebibyte && rate !== undefined }).toEqual({ method, path, ok: true })
    }
    expect(hub.hub.routes.length).toBeGreaterThan(25)
  })
})

describe('2 without a proof', () => {
  it('only health, description, updates of the desk, enrolment answer; everything else is the same 401, also what does not exist', async () => {
    expect(hub.hub.routes.filter(({ access }) => access === 'anyone').map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(['GET /healthz', 'GET /metrics', 'GET /openapi.json', 'GET /readyz', 'GET /updates/:name', 'POST /v1/enrol'])
    const answers = new Set<string>()
    for (const { method, path, access } of [...hub.hub.routes, { method: 'GET', path: '/v1/nowhere', access: 'device' }, { method: 'OPTIONS', path: '/v1/push', access: 'device' }]) {
      if (access === 'anyone') continue
      const answer = await fetch(`${hub.url}${path.replaceAll(/:\w+/g, 'x')}`, { method })
      const headers = [...answer.headers].filter(([name]) => !['date', 'content-length', 'keep-alive', 'connection'].includes(name))
      answers.add(JSON.stringify([answer.status, method === 'HEAD' ? '{"error":{"code":"unauthenticated"}}' : await answer.text(), headers]))
    }
    expect([...answers].map((answer) => answer.slice(0, 60))).toHaveLength(1)
    expect([...answers][0]).toContain('[401,')
  })
  it('figures are for the loopback or who has the token, and never for who comes through a proxy', async () => {
    const metrics = (headers: Record<string, string> = {}) => fetch(`${hub.url}/metrics`, { headers }).then(({ status }) => status)
    expect(await metrics()).toBe(200)
    expect(await metrics({ 'x-forwarded-for': '203.0.113.9' })).toBe(404)
    expect(await metrics({ forwarded: 'for=203.0.113.9' })).toBe(404)
  })
})

describe('2 proofs', () => {
  const path = '/v1/nowhere'
  const code = async (headers: Record<string, string>, at = path) => ((await (await fetch(`${hub.url}${at}`, { headers })).json()) as { error: { code: string } }).error.code
  it('hold for one request: another path, method, body, time or nonce is not covered', async () => {
    const headers = desk.headersFor(path)
    expect(await code(headers, `${path}?x=1`)).toBe('device_unknown')
    expect(await code({ ...headers, 'x-sportello-time': new Date(hub.clock.now().getTime() + 1).toISOString() })).toBe('device_unknown')
    expect(await code({ ...headers, 'x-sportello-nonce': randomBytes(16).toString('base64url') })).toBe('device_unknown')
    expect(await code(headers)).toBe('not_found')
    const signed = desk.headersFor('/v1/probe/echo', { method: 'POST', body: {} })
    const other = await fetch(`${hub.url}/v1/probe/echo`, { method: 'POST', headers: signed, body: '{"text":"x"}' })
    expect(await other.json()).toEqual({ error: { code: 'device_unknown' } })
  })
  it('are taken once', async () => {
    const headers = desk.headersFor(path)
    expect(await code(headers)).toBe('not_found')
    expect(await code(headers)).toBe('repeated')
  })
  it('of a clock that is off are answered with the time, so that it can be allowed for', async () => {
    const at = new Date(hub.clock.now().getTime() + 11 * 60_000)
    expect(await desk.call(path, { at })).toEqual({ status: 401, body: { error: { code: 'clock', details: { now: hub.clock.now().toISOString() } } } })
    expect(await desk.call(path, { at: new Date(hub.clock.now().getTime() - 9 * 60_000) })).toMatchObject({ status: 404 })
  })
})

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
  it('more than there is room for are sent away with 503, and find room again', async () => {
    const inside: Promise<Response>[] = []
    const release3: (() => void)[] = []
    for (let count = 0; count < 3; count += 1) {
      const started = new Promise<void>((resolve) => (begun = resolve))
      inside.push(desk.signedFetch('/v1/probe/slow'))
      await started
      release3.push(() => undefined)
      if (release) release3[count] = release
    }
    const refused = await fetch(`${hub.url}/healthz`)
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    for (const leave of release3) leave()
    expect((await Promise.all(inside)).map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await fetch(`${hub.url}/healthz`)).status).toBe(200)
  })
})

describe('6 guessing', () => {
  it('a name that exists and one that does not give the same answer', async () => {
    const answers = await Promise.all(['bruno', 'nobody'].map((username) => desk.call('/v1/session', { method: 'POST', body: { username, password: 'not the password' } })))
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]).toEqual({ status: 401, body: { error: { code: 'wrong_credentials' } } })
  })
})

describe('7 headers', () => {
  it('every answer has them, and none says what runs here', async () => {
    for (const answer of [await fetch(`${hub.url}/healthz`), await fetch(`${hub.url}/v1/nowhere`), await desk.signedFetch('/v1/probe/fails'), await fetch(`${hub.url}/%zz`), await fetch(`${hub.url}/healthz`, { headers: { origin: 'https://example.org' } })]) {
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/)
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect([...answer.headers.keys()].filter((name) => name === 'server' || name === 'x-powered-by' || name.startsWith('access-control'))).toEqual([])
    }
  })
})

describe('8 proxies', () => {
  it('only exact addresses are believed about where a request comes from', async () => {
    const address = async (trustedProxies: readonly string[]) => {
      const app = createApp({ ...hub.config, trustedProxies })
      app.get('/address', (request) => ({ address: request.ip }))
      const answer = await app.inject({ url: '/address', headers: { 'x-forwarded-for': '203.0.113.9' }, remoteAddress: '192.0.2.1' })
      return (JSON.parse(answer.body) as { address: string }).address
    }
    expect(await address([])).toBe('192.0.2.1')
    expect(await address(['192.0.2.2'])).toBe('192.0.2.1')
    expect(await address(['192.0.2.1'])).toBe('203.0.113.9')
    expect(() => readSettings({}, { SPORTELLO_TRUSTED_PROXIES: '10.0.0.0/8' }, '1')).toThrow(/exact/)
  })
})

describe('9 outward', () => {
  it('nothing in the hub asks other servers; mail alone goes out', () => {
    const files = readdirSync(join(import.meta.dirname, '../../../hub'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    const asking = files.filter((name) => /\bfetch\(\s*(['\"`]|new URL|.*\b(url|address)\b)|from 'node:https?'|from 'undici'|from 'node:(net|tls|http2)'/.test(readFileSync(join(import.meta.dirname, '../../../hub', name), 'utf8').replaceAll(/import type [^\n]*/g, '')))
    // One looks for a free port, one tells addresses from names.
    expect(asking.toSorted()).toEqual([join('cli', 'settings.ts'), join('database', 'embedded.ts')])
  })
})

describe('11 secrets', () => {
  const good = { NODE_ENV: 'production', SPORTELLO_HUB_NAME: 'Hub', SPORTELLO_SMTP_URL: 'smtps://user:pass@mail.example.com', SPORTELLO_MAIL_FROM: 'sportello@example.com', DATABASE_URL: 'postgres://sportello_hub:7d8c1f0a9b@localhost/sportello' }
  it('what is only good enough to try things out is refused in production', () => {
    expect(readSettings({}, good, '1').config.production).toBe(true)
    for (const spoilt of [
      { DATABASE_URL: 'postgres://sportello_hub:changeme@localhost/sportello' },
      { DATABASE_URL: 'postgres://sportello_hub@localhost/sportello' },
      { DATABASE_URL: 'postgres://postgres:7d8c1f0a9b@localhost/sportello' },
      { DATABASE_URL: 'postgres://sportello_hub:7d8c1f0a9b@db.example.com/sportello' },
      { DATABASE_MIGRATION_URL: good.DATABASE_URL },
      { SPORTELLO_SMTP_URL: undefined },
      { SPORTELLO_HUB_NAME: undefined },
      { SPORTELLO_METRICS_TOKEN: 'short' },
    ])
      expect(() => readSettings({}, { ...good, ...spoilt }, '1'), JSON.stringify(spoilt)).toThrow()
  })
})

describe('12 failures', () => {
  it.each(['/v1/probe/fails', '/v1/probe/database'])('%s is a reference and nothing else', async (path) => {
    const answer = await desk.call(path)
    expect(answer).toEqual({ status: 500, body: { error: { code: 'internal', details: { reference: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown } } } })
    const { reference } = (answer.body as { error: { details: { reference: string } } }).error.details
    const logged = hub.logs.filter((line) => line.includes(reference))
    expect(logged).toHaveLength(1)
    expect(logged[0]).not.toContain('RSSMRA80A01H501U')
  })
})

describe('13 logs', () => {
  it('hold nothing of what was asked', async () => {
    const canaries = ['canarino-utente', 'canarino-password', 'RSSMRA80A01H501U', 'canarino-query', 'canarino-banco']
    await desk.call('/v1/session', { method: 'POST', body: { username: canaries[0], password: canaries[1] } })
    await echo({ text: canaries[2], other: canaries[2] })
    await desk.call(`/v1/nowhere?name=${canaries[3] ?? ''}`)
    await fetch(`${hub.url}/v1/enrol`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ deskName: canaries[4] }) })
    await desk.call('/v1/probe/fails')
    expect(hub.logs.length).toBeGreaterThan(3)
    for (const line of hub.logs) expect(() => JSON.parse(line) as unknown).not.toThrow()
    for (const canary of [...canaries, desk.id, testPassword, 'bruno']) expect(hub.logs.filter((line) => line.includes(canary))).toEqual([])
  })
})

describe('14 packed bodies', () => {
  it('are not unpacked', async () => {
    const packed = gzipSync(Buffer.alloc(10_000_000, 0x20))
    for (const encoding of ['gzip', 'br', 'deflate', 'identity']) expect((await desk.call('/v1/probe/echo', { method: 'POST', bytes: packed, headers: { 'content-type': 'application/json', 'content-encoding': encoding } })).status).toBe(415)
  })
})

describe('15 stopping', () => {
  it('ends what is at work, closes long answers, and lets nobody in any more', async () => {
    const other = await startTestHub({ modules: [...hubModules, probes] })
    const guest = await enrolDevice(other)
    const long = await guest.signedFetch('/v1/probe/endless')
    const started = new Promise<void>((resolve) => (begun = resolve))
    const atWork = guest.signedFetch('/v1/probe/slow')
    await started
    const stopped = other.stop()
    expect(await long.text()).toBe('data: 1\n\n')
    release?.()
    expect(await (await atWork).json()).toEqual({ done: true })
    await stopped
    await expect(fetch(`${other.url}/healthz`)).rejects.toThrow()
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
