import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startFakeServe } from './fake-core.ts'
import { ask, enterDesk } from './http-desk.ts'
import type { HttpDesk } from './http-desk.ts'

let served: Awaited<ReturnType<typeof startFakeServe>>
let desk: HttpDesk
beforeEach(async () => {
  served = await startFakeServe()
  desk = await enterDesk(served.serving.address)
})
afterEach(() => served.stop())

const post = (headers: Record<string, string | undefined>, body: string | Buffer = '{}') => {
  const sent = Object.fromEntries(Object.entries({ ...desk.callHeaders, ...headers }).filter(([, value]) => value !== undefined))
  return ask(served.serving.port, { method: 'POST', path: '/call', headers: sent, body })
}

describe('a call', () => {
  it('reaches the core as it was sent and comes back as the core answered', async () => {
    served.core.reply = (request) => Promise.resolve(`{"ok":true,"value":${request}}`)
    const request = '{"call":"tickets.open","input":{"subject":"Però… 水"}}'
    expect(await desk.call(request)).toBe(`{"ok":true,"value":${request}}`)
  })

  it('names the same client each time', async () => {
    await desk.call('{}')
    await desk.call('{}')
    const [first, second] = served.core.asked
    expect(first?.clientId).toBe(second?.clientId)
  })

  it('may come under the name localhost', async () => {
    const { port } = served.serving
    expect((await post({ host: `localhost:${port}`, origin: `http://localhost:${port}` })).status).toBe(200)
  })

  it('is read by the core even when it is no JSON, which answers in its own envelope', async () => {
    served.core.reply = () => Promise.resolve('{"ok":false,"error":{"code":"invalid_input"}}')
    expect(await post({}, 'nonsense')).toMatchObject({ status: 200, text: '{"ok":false,"error":{"code":"invalid_input"}}' })
  })
})

describe('refused before the core hears of it:', () => {
  const refusals: [string, Record<string, string | undefined>, number][] = [
    ['a foreign host', { host: 'evil.example' }, 403],
    ['a foreign origin', { origin: 'http://evil.example' }, 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['no origin', { origin: undefined }, 403],
    ['a cross-site request', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a typed address', { 'sec-fetch-site': 'none' }, 403],
    ['no own header', { 'x-sportello': undefined }, 403],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['plain text', { 'content-type': 'text/plain' }, 415],
    ['no content type', { 'content-type': undefined }, 415],
    ['no cookie', { cookie: undefined }, 401],
    ['a wrong cookie', { cookie: 'sportello-1=x' }, 401],
  ]
  it.each(refusals)('%s', async (_, headers, status) => {
    expect((await post(headers)).status).toBe(status)
    expect(served.core.asked).toEqual([])
  })

  it.each([true, false])('more than 1 MiB (announced: %s)', async (announced) => {
    const body = Buffer.alloc(1024 * 1024 + 1, 0x20)
    const refused = await post(announced ? { 'content-length': String(body.length) } : { 'transfer-encoding': 'chunked' }, body)
    expect(refused.status).toBe(413)
    expect(JSON.parse(refused.text)).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
    expect(served.core.asked).toEqual([])
  })

  it('bytes that are no text', async () => {
    const refused = await post({}, Buffer.from([0x7b, 0xff, 0x7d]))
    expect(refused.status).toBe(400)
    expect(JSON.parse(refused.text)).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
    expect(served.core.asked).toEqual([])
  })

  it('another method', async () => {
    expect((await ask(served.serving.port, { path: '/call', headers: { cookie: desk.cookie } })).status).toBe(405)
  })
})
