/** The hardening list of the hub (reliability, section 7): what goes out. The numbers are the list's. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testPassword } from '../../support/hash-cost.ts'
import { hubModules } from '../../../hub/modules.ts'
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

describe('15 stopping', () => {
  it('ends what is at work, closes long answers, and lets nobody in any more', async () => {
    const other = await startTestHub({ modules: [...hubModules, probes] })
    const guest = await enrolDevice(other)
    const long = await guest.signedFetch('/v1/probe/endless')
    const started = new Promise<void>((resolve) => (slow.begun = resolve))
    const atWork = guest.signedFetch('/v1/probe/slow')
    await started
    const stopped = other.stop()
    expect(await long.text()).toBe('data: 1\n\n')
    slow.release?.()
    expect(await (await atWork).json()).toEqual({ done: true })
    await stopped
    await expect(fetch(`${other.url}/healthz`)).rejects.toThrow()
  })
})
