import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHubDouble } from '../../support/hub-double.ts'
import type { Fault } from '../../support/hub-double.ts'
import { deskRows, doublePorts, exchange, fillHub, hubRows, inStore, joinedDesk } from '../../support/hub-desk.ts'
import { rossi, furlan, waterMeter } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'

const histories = Number(process.env['SPORTELLO_HISTORIES'] ?? 6)
const ticket = (customerId: string, subject: string) => ({ customerId, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject }) as const
const steps = ['take', 'note', 'wait', 'answer', 'close', 'reopen', 'cancel'] as const

const desk = fc.nat({ max: 1 })
const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('open' as const), desk, of: fc.constantFrom(rossi.id, furlan.id) }) },
  { weight: 5, arbitrary: fc.record({ what: fc.constant('step' as const), desk, step: fc.constantFrom(...steps), nth: fc.nat({ max: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('read' as const), desk, value: fc.constantFrom(1_331_000, 1_332_000) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('unread' as const), desk }) },
  { weight: 5, arbitrary: fc.record({ what: fc.constant('exchange' as const), desk, fault: fc.constantFrom<Fault>(null, null, 'lost before', 'lost after', 'portal'), at: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('restart' as const), desk }) },
)

describe('two desks and whatever happens between them', () => {
  it('hold in the end what the hub holds, and every operation is confirmed or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 25 }), async (actions) => {
        const hub = createHubDouble()
        await fillHub(hub)
        let number = 2
        const desks: TestCore[] = [await joinedDesk(hub, { deskNumber: 1 }), await joinedDesk(hub, { deskNumber: 2 })]
        const at = (index: number) => desks[index] as TestCore
        try {
          for (const core of desks) await exchange(core)
          let offline = true
          let fault: { kind: Fault; in: number } = { kind: null, in: 0 }
          hub.hooks.fault = () => (offline ? 'lost before' : fault.in-- === 0 ? fault.kind : null)
          for (const each of actions) {
            const core = at(each.desk)
            switch (each.what) {
              case 'open': await core.call('tickets', 'open', ticket(each.of, 'prova')); break
              case 'step': {
                const ids = inStore(core, (db) => db.prepare('SELECT id FROM ticket ORDER BY id').pluck().all()) as string[]
                const ticketId = ids[each.nth % Math.max(1, ids.length)]
                if (ticketId !== undefined) await core.call('tickets', each.step, { ticketId, text: 'parole' })
                break
              }
              case 'read': await core.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: each.value }); break
              case 'unread': {
                const entry = inStore(core, (db) => db.prepare(`SELECT entry FROM reading WHERE state = 'pending'`).pluck().get())
                if (typeof entry === 'string') await core.call('readings', 'remove', { customerId: rossi.id, meterId: waterMeter, day: '2026-11-20', entry })
                break
              }
              case 'exchange':
                await core.core.desk.hub()?.exchangeNow()
                offline = false
                fault = { kind: each.fault, in: each.at }
                await exchange(core)
                offline = true
                break
              case 'restart': {
                await core.core.close()
                desks[each.desk] = await createTestCore({ dataDir: core.dataDir, deskNumber: ++number, hub: doublePorts(hub) })
              }
            }
          }
          hub.hooks.fault = () => null
          for (const core of [...desks, ...desks]) {
            await exchange(core)
            expect(await exchange(core)).toBe(null)
          }
          for (const core of desks) {
            expect(inStore(core, (db) => db.prepare(`SELECT count(*) FROM outbox WHERE state NOT IN ('confirmed', 'refused')`).pluck().get())).toBe(0)
            expect(inStore(core, (db) => db.prepare('SELECT count(*) FROM base_row').pluck().get())).toBe(0)
            expect(deskRows(core)).toEqual(hubRows(hub))
          }
          // Whatever was refused is told with a reason, and no word written is lost.
          const words = hub.find('ticketEvent', {}).length
          const applied = desks.map((core) => Number(inStore(core, (db) => db.prepare(`SELECT count(*) FROM outbox WHERE entity = 'ticket' AND state = 'confirmed'`).pluck().get())))
          expect(words).toBe(applied.reduce((sum, each) => sum + each, 0))
        } finally {
          for (const core of desks) await core.close()
        }
      }),
      { numRuns: histories },
    )
  }, 600_000)
})
