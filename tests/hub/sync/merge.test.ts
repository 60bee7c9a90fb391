import { afterAll, beforeAll, expect, it } from 'vitest'
import { syncModule } from '../../../hub/sync/sync-module.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, addPeople, bianchi, loadRecords, outcomes, rossi, water } from './records.ts'

/** Table 3.6 of the reliability reference: two desks, neither of which knew of the other. */
let hub: TestHub
let people: Awaited<ReturnType<typeof addPeople>>
beforeAll(async () => {
  hub = await startTestHub({ modules: [syncModule] })
  await loadRecords(hub.database)
  people = await addPeople(hub)
})
afterAll(() => hub.stop())

const desk = (actor = people.agent) => addDesk(hub, { actor })
const rowsOf = (sql: string, ...values: readonly unknown[]) => hub.database.asOwner(sql, values)

it('keeps both texts of two steps on one ticket, and the state of the first', async () => {
  const [anna, bruno] = [await desk(), await desk(people.supervisor)]
  const open = anna.openTicket()
  await anna.send(open)
  const take = anna.write('ticket.take', { ticketId: open.opId, text: 'La prendo io' }, { basis: { state: 'new' } })
  const cancel = bruno.write('ticket.cancel', { ticketId: open.opId, text: 'Doppione' }, { basis: { state: 'new' } })
  const note = bruno.write('ticket.note', { ticketId: open.opId, text: 'Sentito il cliente' }, { basis: { state: 'new' } })
  expect(outcomes(await anna.send(take))).toEqual(['applied'])
  expect(outcomes(await bruno.send(cancel, note))).toEqual(['superseded ticket_moved_on', 'applied'])
  expect(await rowsOf('SELECT state FROM ticket WHERE id = $1', open.opId)).toEqual([{ state: 'in_charge' }])
  const story = await rowsOf('SELECT kind, text, superseded, seq FROM ticket_event WHERE ticket_id = $1 ORDER BY seq', open.opId)
  expect(story).toEqual([
    { kind: 'opened', text: 'Acqua in strada', superseded: false, seq: 1 },
    { kind: 'taken', text: 'La prendo io', superseded: false, seq: 2 },
    { kind: 'cancelled', text: 'Doppione', superseded: true, seq: 3 },
    { kind: 'noted', text: 'Sentito il cliente', superseded: false, seq: 4 },
  ])
})

it('numbers the story of a ticket without a gap when many desks write in it at once', async () => {
  const desks = await Promise.all(Array.from({ length: 8 }, () => desk()))
  const [first] = desks
  const open = first!.openTicket()
  await first!.send(open)
  const answers = await Promise.all(desks.map((each, index) => each.send(...[1, 2, 3].map((turn) => each.write('ticket.note', { ticketId: open.opId, text: `nota ${index}.${turn}` }, { basis: { state: 'new' } })))))
  expect(answers.flatMap(outcomes)).toEqual(Array.from({ length: 24 }, () => 'applied'))
  const seqs = (await rowsOf('SELECT seq FROM ticket_event WHERE ticket_id = $1 ORDER BY seq', open.opId)).map(({ seq }) => seq)
  expect(seqs).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
})

it('takes the same reading twice as one, keeps another value as contested, and lets a supervisor decide', async () => {
  const [anna, bruno, sara] = [await desk(), await desk(), await desk(people.supervisor)]
  const [one, same, other] = [anna.reading(1_250_000), bruno.reading(1_250_000), bruno.reading(1_300_000)]
  const answers = await Promise.all([anna.send(one), bruno.send(same, other)])
  // Whoever came first, exactly one of the equal values was entered.
  expect(answers.flatMap(outcomes).toSorted()).toEqual(['applied', 'merged same_reading', 'superseded reading_contested'])
  const slot = `SELECT value, state FROM reading WHERE meter_id = '${water.meter}' AND day = '2026-11-20' ORDER BY value`
  expect(await rowsOf(slot)).toEqual([{ value: 1_250_000, state: 'pending' }, { value: 1_300_000, state: 'contested' }])
  const settle = sara.write('reading.settle', { customerId: rossi.id, meterId: water.meter, day: '2026-11-20', entry: other.opId, reason: 'Foto del contatore' }, { entity: 'reading' })
  expect(outcomes(await sara.send(settle))).toEqual(['applied'])
  expect(await rowsOf(slot)).toEqual([{ value: 1_250_000, state: 'overruled' }, { value: 1_300_000, state: 'pending' }])
})

it('frees the day when a reading is deleted, also for another one in the same push', async () => {
  const anna = await desk()
  hub.clock.set('2026-11-21T10:00:00.000Z')
  const first = anna.reading(1_260_000)
  const away = anna.write('reading.delete', { customerId: rossi.id, meterId: water.meter, day: '2026-11-21', entry: first.opId }, { entity: 'reading' })
  const second = anna.reading(1_270_000)
  await anna.send(first)
  expect(outcomes(await anna.send(away, second))).toEqual(['applied', 'applied'])
  hub.clock.set('2026-11-20T09:00:00.000Z')
})

it('holds one reading per meter and day, however many desks enter one at once', async () => {
  hub.clock.set('2026-11-22T10:00:00.000Z')
  const desks = await Promise.all(Array.from({ length: 10 }, () => desk()))
  const answers = await Promise.all(desks.map((each, index) => each.send(each.reading(1_280_000 + index * 1_000))))
  expect(answers.flatMap(outcomes).toSorted()).toEqual(['applied', ...Array.from({ length: 9 }, () => 'superseded reading_contested')])
  const states = (await rowsOf(`SELECT state FROM reading WHERE meter_id = $1 AND day = '2026-11-22'`, water.meter)).map(({ state }) => state)
  expect(states.filter((state) => state === 'pending')).toHaveLength(1)
  expect(states).toHaveLength(10)
  hub.clock.set('2026-11-20T09:00:00.000Z')
})

it('does not enter a reading on the meter of somebody else by way of a merge', async () => {
  const anna = await desk()
  hub.clock.set('2026-11-23T10:00:00.000Z')
  const mine = anna.reading(1_290_000)
  const foreign = anna.reading(1_295_000, bianchi.id)
  expect(outcomes(await anna.send(mine, foreign))).toEqual(['applied', 'rejected not_of_customer'])
  hub.clock.set('2026-11-20T09:00:00.000Z')
})

it('merges contact data field by field; of one field the later arrival stands and the earlier value can be put back', async () => {
  const [anna, bruno] = [await desk(), await desk(people.supervisor)]
  const contact = (from: typeof anna, ...changes: readonly { field: string; from: string | null; to: string | null }[]) => from.write('customer.change-contact', { customerId: rossi.id, changes }, { entity: 'customer' })
  const a = contact(anna, { field: 'phone', from: '040 123456', to: '040 654321' }, { field: 'email', from: null, to: 'm.rossi@example.org' })
  const b = contact(bruno, { field: 'mobile', from: null, to: '338 421 9017' })
  const c = contact(bruno, { field: 'phone', from: '040 123456', to: '040 999999' })
  expect(outcomes(await anna.send(a))).toEqual(['applied'])
  expect(outcomes(await bruno.send(b, c))).toEqual(['applied', 'merged field_conflict'])
  const held = 'SELECT phone, mobile, email FROM customer WHERE id = $1'
  expect(await rowsOf(held, rossi.id)).toEqual([{ phone: '040 999999', mobile: '338 421 9017', email: 'm.rossi@example.org' }])
  const [conflict] = await rowsOf('SELECT id, field, kept, lost, state FROM field_conflict WHERE customer_id = $1', rossi.id)
  expect(conflict).toMatchObject({ field: 'phone', kept: '040 999999', lost: '040 654321', state: 'open' })
  const restore = anna.write('customer.settle-conflict', { conflictId: String(conflict?.['id']), choice: 'restore' }, { entity: 'customer' })
  expect(outcomes(await anna.send(restore))).toEqual(['applied'])
  expect(await rowsOf(held, rossi.id)).toEqual([{ phone: '040 654321', mobile: '338 421 9017', email: 'm.rossi@example.org' }])
})

it('lets no merge bring in what the operation itself would refuse', async () => {
  const anna = await desk()
  const bad = anna.write('customer.change-contact', { customerId: bianchi.id, changes: [{ field: 'phone', from: '1', to: 'nessuno' }] }, { entity: 'customer' })
  expect(outcomes(await anna.send(bad))).toEqual(['rejected phone_invalid'])
})

it('settles who somebody is by no machine: a stale correction goes to a supervisor', async () => {
  const [sara, ada] = [await desk(people.supervisor), await desk(people.administrator)]
  const correct = (from: typeof sara, was: string, to: string) => from.write('customer.correct-identity', { customerId: rossi.id, changes: [{ field: 'lastName', from: was, to }], reason: 'Documento visto' }, { entity: 'customer' })
  expect(outcomes(await sara.send(correct(sara, 'Rossi', 'Rosso')))).toEqual(['applied'])
  expect(outcomes(await ada.send(correct(ada, 'Rossi', 'Rossini')))).toEqual(['rejected review'])
  expect(await rowsOf('SELECT last_name FROM customer WHERE id = $1', rossi.id)).toEqual([{ last_name: 'Rosso' }])
})

it('orders by arrival and never by a clock: a desk ten years ahead or behind is served', async () => {
  const anna = await desk()
  const late = anna.write('ticket.open', anna.openTicket().input, { at: '1999-12-31T23:30:00.000Z', seq: 1 })
  anna.state.seq = 1
  const early = anna.write('ticket.open', { ...(late.input as object), receivedDay: '2030-01-01' }, { at: '2036-02-29T12:00:00.000Z' })
  const answer = await anna.send({ ...late, seq: 1 }, early)
  // Received on a day that had not come when the desk wrote: refused for what it says, not for its clock.
  expect(outcomes(answer)).toEqual(['rejected received_in_future', 'applied'])
})
