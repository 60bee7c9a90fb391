import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contentSecurityPolicy } from '../../../electron/serve/headers.ts'
import { pageText, startFakeServe } from './fake-core.ts'
import { ask, enterDesk } from './http-desk.ts'

let time = 0
let served: Awaited<ReturnType<typeof startFakeServe>>
beforeEach(async () => {
  time = 0
  served = await startFakeServe({ now: () => time })
})
afterEach(() => served.stop())

const pathOf = (address: string): string => address.slice(new URL(address).origin.length)

describe('the printed address', () => {
  it('lets a browser in and leaves the token behind', async () => {
    const { port, address } = served.serving
    const entered = await ask(port, { path: pathOf(address) })
    expect(entered.status).toBe(303)
    expect(entered.headers.location).toBe('/')
    expect(entered.headers['set-cookie']).toEqual([expect.stringMatching(new RegExp(`^sportello-${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`))])
    const page = await ask(port, { headers: { cookie: String(entered.headers['set-cookie']?.[0]).split(';')[0] } })
    expect(page).toMatchObject({ status: 200, text: pageText })
  })

  it('works again, also in a second browser, which is a client of its own', async () => {
    const first = await enterDesk(served.serving.address)
    const second = await enterDesk(served.serving.address)
    await first.call('{}')
    await second.call('{}')
    const [one, other] = served.core.asked
    expect(one?.clientId).not.toBe(other?.clientId)
    expect(first.cookie).not.toContain(String(one?.clientId))
  })

  it('keeps the session of a browser that opens it once more', async () => {
    const desk = await enterDesk(served.serving.address)
    const again = await ask(served.serving.port, { path: pathOf(served.serving.address), headers: { cookie: desk.cookie } })
    expect(again.headers['set-cookie']?.[0]).toContain(desk.cookie)
  })

  it('goes on from a page of its own after a link on another site, where the strict cookie would be held back', async () => {
    const entered = await ask(served.serving.port, { path: pathOf(served.serving.address), headers: { 'sec-fetch-site': 'cross-site' } })
    expect(entered.status).toBe(200)
    expect(entered.text).toContain('http-equiv="refresh"')
    expect(entered.text).not.toContain('entry=')
  })
})

describe('the address handed to another program', () => {
  it('works once', async () => {
    const address = served.serving.issueAddress()
    await enterDesk(address)
    await expect(enterDesk(address)).rejects.toThrow('401')
  })

  it('is void after a minute', async () => {
    const address = served.serving.issueAddress()
    time = 60_000
    await expect(enterDesk(address)).rejects.toThrow('401')
  })
})

describe('a stranger', () => {
  it.each(['/', '/index.html', '/assets/main.js', '/events', '/anything', '/?entry=', '/?entry=guess'])('gets only the plain page for %s', async (path) => {
    const refused = await ask(served.serving.port, { path })
    expect(refused.status).toBe(401)
    expect(refused.text).toContain('indirizzo completo')
    expect(refused.text).toContain('full address')
    expect(refused.headers['set-cookie']).toBeUndefined()
  })

  it('is not let in by an invented cookie', async () => {
    const { port } = served.serving
    const refused = await ask(port, { headers: { cookie: `sportello-${port}=${'a'.repeat(43)}` } })
    expect(refused.status).toBe(401)
  })

  it.each(['evil.example', '127.0.0.1', 'localhost', '127.0.0.1:1', '[::1]:80', 'localhost.evil.example:80'])('cannot use the address under the name %s', async (host) => {
    const { port, address } = served.serving
    const refused = await ask(port, { path: pathOf(address), headers: { host } })
    expect(refused.status).toBe(403)
    expect(refused.headers['set-cookie']).toBeUndefined()
  })
})

describe('files', () => {
  it('are only those of the built renderer', async () => {
    const { cookie } = await enterDesk(served.serving.address)
    const get = (path: string) => ask(served.serving.port, { path, headers: { cookie } })
    expect(await get('/assets/main.js')).toMatchObject({ status: 200, text: 'export {}', headers: { 'content-type': 'text/javascript; charset=utf-8' } })
    const outside = ['/../secret.html', '/..%2fsecret.html', '/%2e%2e/secret.html', '/assets/../../secret.html', '/..\\secret.html', '//secret.html', 'http://127.0.0.1/index.html', '/assets', '/assets/', '/main.js.map', '/INDEX.HTML', '/index.html/', '/index.html%00']
    for (const path of outside) expect([path, (await get(path)).status]).toEqual([path, 404])
  })

  it('carry the policy and are kept nowhere', async () => {
    const { cookie } = await enterDesk(served.serving.address)
    const answers = [await ask(served.serving.port, { headers: { cookie } }), await ask(served.serving.port, {}), await ask(served.serving.port, { path: '/no', headers: { cookie } })]
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
      expect(headers['server']).toBeUndefined()
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  it('are not given to pages of another origin', async () => {
    const { cookie } = await enterDesk(served.serving.address)
    for (const site of ['cross-site', 'same-site']) expect((await ask(served.serving.port, { headers: { cookie, 'sec-fetch-site': site } })).status).toBe(403)
  })

  it.each(['PUT', 'DELETE', 'OPTIONS', 'POST'])('cannot be asked for with %s', async (method) => {
    const { cookie } = await enterDesk(served.serving.address)
    expect((await ask(served.serving.port, { method, headers: { cookie } })).status).toBe(405)
  })
})
