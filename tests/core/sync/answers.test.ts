import { describe, expect, it } from 'vitest'
import type { HubAnswer } from '../../../electron/core/sync/ports.ts'
import type { ChangesAnswer } from '../../../shared/sync/wire.ts'
import { deskRows, doublePorts, exchange, hubRows, inStore } from '../../support/hub-desk.ts'
import { furlan } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import { filled, kept, ticket, unconfirmed } from './desks.ts'

/** A desk whose answers of the feed pass through `change`. */
async function deskBehind(change: (answer: HubAnswer<ChangesAnswer>) => HubAnswer<ChangesAnswer>) {
  const hub = await filled()
  const ports = doublePorts(hub)
  const transport: typeof ports.transport = (link, now) => {
    const real = ports.transport(link, now)
    return { ...real, changes: async (query) => change(await real.changes(query)) }
  }
  const core = kept(await createTestCore({ deskNumber: 1, hub: { ...ports, transport } }))
  await core.call('hub', 'join', { address: 'https://hub.example', code: '12345678' })
  return { hub, core }
}
const cursor = (core: Awaited<ReturnType<typeof deskBehind>>['core']) => Number(inStore(core, (db) => db.prepare(`SELECT value FROM sync_state WHERE key = 'cursor'`).pluck().get()))

describe('an answer of the feed', () => {
  it('that comes after a newer one is not taken in', async () => {
    const answers: HubAnswer<ChangesAnswer>[] = []
    let late = false
    const { hub, core } = await deskBehind((answer) => {
      if (late && answers[0]) return answers[0]
      answers.unshift(answer)
      return answer
    })
    expect(await exchange(core)).toBe(null)
    hub.put('customer', { ...hub.find('customer', { id: furlan.id })[0], companyName: 'Forno vecchio' })
    expect(await exchange(core)).toBe(null)
    hub.put('customer', { ...hub.find('customer', { id: furlan.id })[0], companyName: 'Forno nuovo' })
    expect(await exchange(core)).toBe(null)
    const at = cursor(core)
    answers.shift()
    late = true
    expect(await exchange(core)).toEqual({ kind: 'not_a_hub' })
    expect(cursor(core)).toBe(at)
    expect(deskRows(core)).toEqual(hubRows(hub))
    late = false
    expect(await exchange(core)).toBe(null)
  })

  it('that promises more and brings nothing is not asked for in a circle', async () => {
    let asked = 0
    let empty = false
    const { hub, core } = await deskBehind((answer) => {
      asked += 1
      return empty && answer.ok ? { ok: true, value: { ...answer.value, changes: [], to: answer.value.from, more: true } } : answer
    })
    expect(await exchange(core)).toBe(null)
    empty = true
    asked = 0
    await core.call('tickets', 'open', ticket('intanto'))
    expect(await exchange(core)).toEqual({ kind: 'not_a_hub' })
    expect(asked).toBeLessThan(5)
    empty = false
    expect(await exchange(core)).toBe(null)
    expect(unconfirmed(core)).toBe(0)
    expect(deskRows(core)).toEqual(hubRows(hub))
  })
})
