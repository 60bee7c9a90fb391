import { expect, it } from 'vitest'
import { doublePorts, exchange } from '../../support/hub-desk.ts'
import { createTestCore } from '../../support/test-core.ts'
import { filled, kept, ticket } from './desks.ts'

/** How often the desk looks whether anything moves. */
const lookEveryMs = 15_000

it('writes that a hub which answers leaves lying are said to be stuck, since when, and no longer once they have gone', async () => {
  const hub = await filled()
  const looks: (() => void)[] = []
  const after = (milliseconds: number, work: () => void) => {
    if (milliseconds === lookEveryMs) looks.push(work)
    return () => undefined
  }
  const core = kept(await createTestCore({ hub: { ...doublePorts(hub), timer: { after, random: () => 0.5 } } }))
  expect(await core.call('hub', 'join', { address: 'https://hub.example', code: '12345678' })).toMatchObject({ ok: true })
  expect(await exchange(core)).toBe(null)
  const held = Promise.withResolvers<null>()
  hub.hooks.fault = (call) => (call === 'push' ? held.promise : null)
  const writtenAt = core.clock.now().toISOString()
  expect(await core.call('tickets', 'open', ticket('che non parte'))).toMatchObject({ ok: true })
  await core.call('hub', 'syncNow', {})
  const look = () => looks.splice(0).forEach((work) => work())
  look()
  expect(await core.call('hub', 'status', {})).toMatchObject({ ok: true, value: { state: 'connected', stuck: false, queued: 1 } })
  core.clock.advance(61_000)
  look()
  expect(await core.call('hub', 'status', {})).toMatchObject({ ok: true, value: { state: 'connected', stuck: true, queued: 1, oldestQueuedAt: writtenAt } })
  hub.hooks.fault = () => null
  held.resolve(null)
  expect(await exchange(core)).toBe(null)
  expect(await core.call('hub', 'status', {})).toMatchObject({ ok: true, value: { stuck: false, queued: 0 } })
})

it('gives an attempt its minute, however long nothing had moved before it began', async () => {
  const hub = await filled()
  const looks: (() => void)[] = []
  const after = (milliseconds: number, work: () => void) => {
    if (milliseconds === lookEveryMs) looks.push(work)
    return () => undefined
  }
  let resets = 0
  const ports = doublePorts(hub)
  const transport: typeof ports.transport = (link, now) => {
    const real = ports.transport(link, now)
    return { ...real, reset: () => {
      resets += 1
      real.reset()
    } }
  }
  const core = kept(await createTestCore({ hub: { ...ports, transport, timer: { after, random: () => 0.5 } } }))
  expect(await core.call('hub', 'join', { address: 'https://hub.example', code: '12345678' })).toMatchObject({ ok: true })
  expect(await exchange(core)).toBe(null)
  hub.hooks.fault = (call) => (call === 'push' ? 'lost before' : null)
  expect(await core.call('tickets', 'open', ticket('su una linea sottile'))).toMatchObject({ ok: true })
  expect(await exchange(core)).toMatchObject({ kind: 'unreachable' })
  const look = () => looks.splice(0).forEach((work) => work())
  // The next attempt comes after a long wait, and takes a while.
  core.clock.advance(55_000)
  const held = Promise.withResolvers<null>()
  hub.hooks.fault = (call) => (call === 'push' ? held.promise : null)
  const going = core.core.desk.hub()!.exchangeNow()
  core.clock.advance(10_000)
  look()
  expect(resets).toBe(0)
  core.clock.advance(51_000)
  look()
  expect(resets).toBe(1)
  hub.hooks.fault = () => null
  held.resolve(null)
  await going
})
