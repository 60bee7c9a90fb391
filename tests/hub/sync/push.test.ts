import { afterAll, beforeAll, expect, it } from 'vitest'
import { syncModule } from '../../../hub/sync/sync-module.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, addPeople, loadRecords, outcomes, rossi } from './records.ts'

let hub: TestHub
let people: Awaited<ReturnType<typeof addPeople>>
beforeAll(async () => {
  hub = await startTestHub({ modules: [syncModule] })
  await loadRecords(hub.database)
  people = await addPeople(hub)
})
afterAll(() => hub.stop())

const desk = (actor = people.agent) => addDesk(hub, { actor })

it('opens a ticket with its protocol number and everything that follows on it in one push', async () => {
  const anna = await desk()
  const open = anna.openTicket()
  const take = anna.write('ticket.take', { ticketId: open.opId, text: '' }, { basis: { state: 'new' } })
  const note = anna.write('ticket.note', { ticketId: open.opId, text: 'Richiamato' }, { basis: { state: 'in_charge' } })
  const answer = await anna.send(open, take, note)
  expect(outcomes(answer)).toEqual(['applied', 'applied', 'applied'])
  expect(answer.ackedThrough).toBe(3)
  const [ticket] = await hub.database.asOwner('SELECT number, state, assignee, customer_id FROM ticket WHERE id = $1', [open.opId])
  expect(ticket).toEqual({ number: expect.stringMatching(/^2026\/\d{6}$/) as string, state: 'in_charge', assignee: people.agent, customer_id: rossi.id })
  const changes = await hub.database.asOwner(`SELECT tbl, scopes, pos FROM change WHERE pos <= $1 ORDER BY pos DESC LIMIT 4`, [answer.head])
  expect(changes.map(({ tbl }) => tbl)).toEqual(['ticketEvent', 'ticketEvent', 'ticketEvent', 'ticket'])
  expect(changes.every(({ scopes }) => JSON.stringify(scopes) === '["north"]')).toBe(true)
})
