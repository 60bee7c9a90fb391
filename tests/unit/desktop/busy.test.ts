import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BusyKind } from '../../../electron/core/busy.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'
import { testPassword } from '../../support/hash-cost.ts'

let desk: TestCore
beforeEach(async () => {
  desk = await createTestCore()
})
afterEach(() => desk.close())

describe('work that an update must wait for', () => {
  it('is none on a desk that is at rest, open or closed', async () => {
    expect(desk.core.desk.busy()).toEqual([])
    await desk.call('session', 'signOut', {})
    expect(desk.core.desk.busy()).toEqual([])
  })

  it('is an import, until it is over', () => {
    const { gate, key } = desk.core.desk.bulkParts()
    key.fill(0)
    gate.setBulk({ pause: () => Promise.resolve(), resume: () => undefined })
    expect(desk.core.desk.busy()).toEqual(['import'])
    gate.setBulk(null)
    expect(desk.core.desk.busy()).toEqual([])
  })

  it('is the opening of a store, which may bring it to a new version', async () => {
    await desk.call('session', 'signOut', {})
    const seen = new Set<BusyKind>()
    let entered = false
    const entering = desk.call('session', 'signIn', { username: 'anna', password: testPassword }).then((reply) => {
      entered = true
      return reply.ok
    })
    while (!entered) {
      for (const kind of desk.core.desk.busy()) seen.add(kind)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await entering).toBe(true)
    expect([...seen]).toEqual(['migration'])
    expect(desk.core.desk.busy()).toEqual([])
  })
})
