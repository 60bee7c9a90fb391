import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCoreClient, isUnreachable } from '../../../renderer/src/core-client.ts'
import { startFakeServe } from './fake-core.ts'
import { enterDesk } from './http-desk.ts'

let served: Awaited<ReturnType<typeof startFakeServe>>
beforeEach(async () => {
  served = await startFakeServe()
})
afterEach(() => served.stop())

describe('the renderer’s client over the loopback host', () => {
  it('turns a function of the contract into one request and gives the core’s envelope back', async () => {
    const core = createCoreClient((await enterDesk(served.serving.address)).call)
    served.core.reply = () => Promise.resolve('{"ok":false,"error":{"code":"customer_not_found"}}')
    expect(await core.customers.open({ customerId: 'c1' })).toEqual({ ok: false, error: { code: 'customer_not_found' } })
    expect(served.core.asked.map(({ request }) => JSON.parse(request) as unknown)).toEqual([{ call: 'customers.open', input: { customerId: 'c1' } }])
  })

  it('says that no answer came when the host is gone, and does not reject', async () => {
    const core = createCoreClient((await enterDesk(served.serving.address)).call)
    await served.serving.close()
    const reply = await core.session.status({})
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(isUnreachable(reply)).toBe(true)
  })
})

describe('the renderer’s client', () => {
  it.each(['', 'cookie\n', '<html>', 'null', '[]', '{}', '{"ok":"yes"}', '{"ok":false}', '{"ok":false,"error":"x"}'])('takes %j for no answer', async (text) => {
    expect(isUnreachable(await createCoreClient(() => Promise.resolve(text)).session.status({}))).toBe(true)
  })

  it('tells an error inside the core from no answer', async () => {
    const core = createCoreClient(() => Promise.resolve('{"ok":false,"error":{"code":"internal","details":{"reference":"abc"}}}'))
    expect(isUnreachable(await core.session.status({}))).toBe(false)
  })

  it('may come out of a promise without being taken for one', async () => {
    const core = createCoreClient(() => Promise.resolve('{"ok":true,"value":null}'))
    expect(await Promise.resolve(core)).toBe(core)
    expect(await Promise.resolve(core.session)).toBe(core.session)
  })
})
