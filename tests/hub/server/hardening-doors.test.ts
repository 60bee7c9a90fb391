/** The hardening list of the hub (reliability, section 7): who gets in. The numbers are the list's. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from '../../../shared/domain/schema.ts'
import { hubModules } from '../../../hub/modules.ts'
import { readSettings } from '../../../hub/cli/settings.ts'
import { createApp } from '../../../hub/server/app.ts'
import { mebibyte } from '../../../hub/server/rate-classes.ts'
import { json } from '../../../hub/server/route.ts'
import type { Route } from '../../../hub/server/route.ts'
import { addPerson, enrolDevice, startTestHub } from '../../support/hub-app.ts'
import type { TestDevice, TestHub } from '../../support/hub-app.ts'
import { probes, spec } from './probes.ts'

let hub: TestHub
let desk: TestDevice
beforeAll(async () => {
  hub = await startTestHub({ modules: [...hubModules, probes], config: { concurrency: 3 } })
  desk = await enrolDevice(hub)
  await addPerson(hub, { username: 'bruno', role: 'agent' })
})
afterAll(() => hub.stop())

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

describe('6 guessing', () => {
  it('a name that exists and one that does not give the same answer', async () => {
    const answers = await Promise.all(['bruno', 'nobody'].map((username) => desk.call('/v1/session', { method: 'POST', body: { username, password: 'not the password' } })))
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]).toEqual({ status: 401, body: { error: { code: 'wrong_credentials' } } })
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
