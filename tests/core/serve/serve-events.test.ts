import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ask, enterDesk } from './http-desk.ts'
import { startFakeServe } from './fake-core.ts'
import type { HttpDesk } from './http-desk.ts'

let served: Awaited<ReturnType<typeof startFakeServe>>
beforeEach(async () => {
  served = await startFakeServe()
})
afterEach(() => served.stop())

const changed = { kind: 'changed', entity: 'ticket', ids: ['t1'] } as const

async function clientOf(desk: HttpDesk): Promise<string> {
  await desk.call('{}')
  return served.core.asked.at(-1)?.clientId ?? ''
}

describe('events', () => {
  it('reach signed-in clients, and nobody else', async () => {
    const inside = await enterDesk(served.serving.address)
    const outside = await enterDesk(served.serving.address)
    served.core.signedIn.add(await clientOf(inside))
    const heardInside = await inside.listen()
    const heardOutside = await outside.listen()
    served.core.emit(changed)
    await vi.waitFor(() => expect(heardInside.heard).toEqual([JSON.stringify(changed)]))
    expect(heardOutside.heard).toEqual([])
  })

  it('stop with the session; its end is told to its own client only', async () => {
    const leaving = await enterDesk(served.serving.address)
    const staying = await enterDesk(served.serving.address)
    const clientId = await clientOf(leaving)
    served.core.signedIn.add(await clientOf(staying))
    const heardLeaving = await leaving.listen()
    const heardStaying = await staying.listen()
    served.core.emit({ kind: 'signed_out', clientId })
    served.core.emit(changed)
    await vi.waitFor(() => expect(heardStaying.heard).toEqual([JSON.stringify(changed)]))
    expect(heardLeaving.heard).toEqual([JSON.stringify({ kind: 'signed_out', clientId })])
  })

  it('go to every page of a client', async () => {
    const desk = await enterDesk(served.serving.address)
    served.core.signedIn.add(await clientOf(desk))
    const pages = [await desk.listen(), await desk.listen()]
    pages[0]?.leave()
    await pages[0]?.ended
    served.core.emit(changed)
    await vi.waitFor(() => expect(pages[1]?.heard).toEqual([JSON.stringify(changed)]))
  })

  it('are not given to another origin', async () => {
    const { cookie } = await enterDesk(served.serving.address)
    const { port } = served.serving
    expect((await ask(port, { path: '/events', headers: { cookie, 'sec-fetch-site': 'same-site' } })).status).toBe(403)
    expect((await ask(port, { path: '/events', headers: { cookie, origin: 'http://evil.example' } })).status).toBe(403)
  })
})

describe('closing', () => {
  it('ends the streams, leaves the core, and still delivers the answer to a call under way', async () => {
    const desk = await enterDesk(served.serving.address)
    const { ended } = await desk.listen()
    const held = Promise.withResolvers<string>()
    served.core.reply = () => held.promise
    const answer = desk.call('{}')
    await vi.waitFor(() => expect(served.core.asked).toHaveLength(1))
    const closed = served.serving.close()
    await ended
    held.resolve('{"ok":true,"value":1}')
    expect(await answer).toBe('{"ok":true,"value":1}')
    await closed
    expect(served.core.listeners()).toBe(0)
    await expect(ask(served.serving.port, {})).rejects.toThrow()
  })
})
