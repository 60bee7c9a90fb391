import { expect, it } from 'vitest'
import { createLeases } from '../../../electron/core/leases/leases.ts'
import type { HubAnswer } from '../../../electron/core/sync/ports.ts'
import type { LeaseHolder, LeasesAnswer } from '../../../shared/sync/leases.ts'
import { createTestClock } from '../../support/test-core.ts'

const hubNow = '2026-11-20T07:00:00.000Z'
const sara = (change: Partial<LeaseHolder> = {}): LeaseHolder => ({ personId: 'p-sara', person: 'Sara Bianchi', deviceId: 'd-2', desk: 'Sportello 2', since: '2026-11-20T06:59:00.000Z', until: '2026-11-20T07:01:00.000Z', ...change })
const answer = (...leases: LeasesAnswer['leases']): HubAnswer<LeasesAnswer> => ({ ok: true, value: { now: hubNow, leases } })

/** A desk whose clock is two hours ahead of the hub's; the hub answers when the test says so. */
function desk() {
  const clock = createTestClock('2026-11-20T09:00:00.000Z')
  const waiting: ((given: HubAnswer<LeasesAnswer>) => void)[] = []
  const timers = new Set<{ readonly due: number; readonly work: () => void }>()
  let told = 0
  const leases = createLeases({
    deviceId: 'd-1',
    clock,
    ask: () => new Promise((resolve) => waiting.push(resolve)),
    timer: {
      random: () => 0,
      after: (milliseconds, work) => {
        const timer = { due: clock.now().getTime() + milliseconds, work }
        timers.add(timer)
        return () => timers.delete(timer)
      },
    },
    emit: () => (told += 1),
  })
  return {
    leases,
    told: () => told,
    asked: () => waiting.length,
    reply: async (given: HubAnswer<LeasesAnswer>) => {
      waiting.shift()?.(given)
      await new Promise((resolve) => setImmediate(resolve))
    },
    pass: (milliseconds: number) => {
      clock.advance(milliseconds)
      for (const timer of [...timers].filter(({ due }) => due <= clock.now().getTime())) {
        timers.delete(timer)
        timer.work()
      }
    },
    names: () => leases.others('p-anna').map(({ ticketId, person, since }) => `${ticketId} ${person} ${since}`),
  }
}

it('knows who writes since when by its own clock, however far that is from the hub’s', async () => {
  const one = desk()
  one.leases.opened()
  await one.reply(answer({ ticketId: 't1', heldBy: sara() }))
  expect(one.names()).toEqual(['t1 Sara Bianchi 2026-11-20T08:59:00.000Z'])
  expect(one.told()).toBe(1)
})

it('leaves out who sits here, and not the same person at another desk', async () => {
  const one = desk()
  one.leases.opened()
  await one.reply(answer({ ticketId: 't1', heldBy: sara({ personId: 'p-anna', deviceId: 'd-1' }) }, { ticketId: 't2', heldBy: sara({ personId: 'p-anna' }) }, { ticketId: 't3', heldBy: sara({ deviceId: 'd-1' }) }))
  expect(one.leases.others('p-anna').map(({ ticketId }) => ticketId)).toEqual(['t2', 't3'])
})

it('holds what was told meanwhile for newer than the answer', async () => {
  const one = desk()
  one.leases.opened()
  one.leases.told({ ticketId: 't1', heldBy: null, now: hubNow })
  one.leases.told({ ticketId: 't2', heldBy: sara({ person: 'Ugo Verdi' }), now: hubNow })
  await one.reply(answer({ ticketId: 't1', heldBy: sara() }, { ticketId: 't2', heldBy: sara() }, { ticketId: 't3', heldBy: sara() }))
  expect(one.leases.others('p-anna').map(({ ticketId, person }) => `${ticketId} ${person}`).toSorted()).toEqual(['t2 Ugo Verdi', 't3 Sara Bianchi'])
})

it('asks whether it goes on when a lease should have ended, and claims nothing without an answer', async () => {
  const one = desk()
  one.leases.opened()
  await one.reply(answer({ ticketId: 't1', heldBy: sara() }))
  one.pass(59_000)
  expect(one.asked()).toBe(0)
  one.pass(1_000)
  expect(one.asked()).toBe(1)
  await one.reply({ ok: true, value: { now: '2026-11-20T07:01:00.000Z', leases: [{ ticketId: 't1', heldBy: sara({ until: '2026-11-20T07:03:00.000Z' }) }] } })
  expect(one.names(), 'renewed').toHaveLength(1)
  one.pass(120_000)
  await one.reply({ ok: false, failure: { kind: 'unreachable' } })
  expect(one.names()).toEqual([])
})

it('knows nothing once the line is gone, and takes no late answer for the next one’s', async () => {
  const one = desk()
  one.leases.opened()
  one.leases.told({ ticketId: 't1', heldBy: sara(), now: hubNow })
  one.leases.lost()
  expect(one.names()).toEqual([])
  expect(one.told()).toBe(2)
  await one.reply(answer({ ticketId: 't1', heldBy: sara() }))
  one.leases.told({ ticketId: 't1', heldBy: sara(), now: hubNow })
  one.pass(600_000)
  expect([one.names(), one.asked(), one.told()]).toEqual([[], 0, 2])
})
