import { describe, expect, it } from 'vitest'
import { exchange, inStore } from '../../support/hub-desk.ts'
import type { TestCore } from '../../support/test-core.ts'
import { desk, filled, subjectsOf, ticket, unconfirmed } from './desks.ts'

const dayMs = 24 * 3600_000
const kept = (core: TestCore) => Number(inStore(core, (db) => db.prepare(`SELECT count(*) FROM outbox WHERE entity = 'ticket'`).pluck().get()))
async function days(core: TestCore, count: number): Promise<void> {
  for (let day = 0; day < count; day++) {
    core.clock.advance(dayMs)
    expect(await exchange(core)).toBe(null)
  }
}

describe('what a hub has confirmed', () => {
  it('is forgotten when a backup holds it and a week has passed, and otherwise after thirty days', async () => {
    const hub = await filled()
    const core = await desk(hub)
    await core.call('tickets', 'open', ticket('nel backup'))
    await exchange(core)
    hub.state.durableThrough = hub.feed().length
    core.clock.advance(dayMs)
    await core.call('tickets', 'open', ticket('dopo'))
    await days(core, 6)
    expect(kept(core)).toBe(2)
    await days(core, 2)
    expect(kept(core)).toBe(1)
    await days(core, 21)
    expect(kept(core)).toBe(1)
    await days(core, 3)
    expect(kept(core)).toBe(0)
    expect(inStore(core, (db) => db.prepare('SELECT count(*) FROM ticket').pluck().get())).toBe(2)
    // What is written later is numbered on.
    await core.call('tickets', 'open', ticket('molto dopo'))
    expect(await exchange(core)).toBe(null)
    expect(unconfirmed(core)).toBe(0)
  })

  it('is not forgotten by a clock that jumps', async () => {
    const hub = await filled()
    const core = await desk(hub)
    await core.call('tickets', 'open', ticket('resta'))
    await exchange(core)
    for (const instant of ['2036-11-20T09:00:00.000Z', '1970-01-02T00:00:00.000Z', '2026-11-21T09:00:00.000Z']) {
      core.clock.set(instant)
      expect(await exchange(core)).toBe(null)
    }
    expect(kept(core)).toBe(1)
  })

  it('comes back to a hub that was put back to an older backup than the last one', async () => {
    const hub = await filled()
    const core = await desk(hub)
    const old = hub.backup()
    await core.call('tickets', 'open', ticket('dopo il vecchio'))
    await exchange(core)
    // The newest backup, which nobody can read when it is needed.
    hub.state.durableThrough = hub.feed().length
    await days(core, 3)
    hub.restore(old)
    hub.state.durableThrough = 0
    for (let turn = 0; turn < 2; turn++) expect(await exchange(core)).toBe(null)
    expect(subjectsOf(hub)).toEqual(['dopo il vecchio'])
    expect(unconfirmed(core)).toBe(0)
  })

  it('comes back in a new epoch where older numbers were forgotten', async () => {
    const hub = await filled()
    const core = await desk(hub)
    const empty = hub.backup()
    await core.call('tickets', 'open', ticket('dimenticato'))
    await exchange(core)
    hub.state.durableThrough = hub.feed().length
    await days(core, 9)
    expect(kept(core)).toBe(0)
    await core.call('tickets', 'open', ticket('ancora qui'))
    await exchange(core)
    hub.restore(empty)
    for (let turn = 0; turn < 2; turn++) expect(await exchange(core)).toBe(null)
    // What was forgotten was in a backup that was said to be good; what is still here is there again.
    expect(subjectsOf(hub)).toEqual(['ancora qui'])
    expect(unconfirmed(core)).toBe(0)
  })
})
