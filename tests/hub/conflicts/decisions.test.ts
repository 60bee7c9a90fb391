import { afterAll, beforeAll, expect, it } from 'vitest'
import { conflictsModule } from '../../../hub/conflicts/conflicts-module.ts'
import { identityModule } from '../../../hub/identity/identity-module.ts'
import { syncModule } from '../../../hub/sync/sync-module.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, addPeople, bianchi, loadRecords, outcomes, rossi, water } from '../sync/records.ts'

/** What people decide about what could not stand as it was written: each decision is an operation, and stays on record. */
let hub: TestHub
let people: Awaited<ReturnType<typeof addPeople>>
beforeAll(async () => {
  hub = await startTestHub({ modules: [identityModule, syncModule, conflictsModule] })
  await loadRecords(hub.database)
  people = await addPeople(hub)
})
afterAll(() => hub.stop())

const desk = (actor = people.agent) => addDesk(hub, { actor })
type Desk = Awaited<ReturnType<typeof desk>>
const rowsOf = (sql: string, ...values: readonly unknown[]) => hub.database.asOwner(sql, values)
const contact = (from: Desk, customerId: string, field: string, was: string | null, to: string | null) => from.write('customer.change-contact', { customerId, changes: [{ field, from: was, to }] }, { entity: 'customer' })
const settle = (from: Desk, input: { opId: string; choice: string; reason?: string | null; correctedBy?: string | null; about?: string }) =>
  from.write('entry.settle', { customerId: rossi.id, about: 'refused', correctedBy: null, reason: null, ...input }, { entity: 'customer' })

it('keeps of a conflict what both saw, who wrote the value that lost and when, and who wrote the one that stands', async () => {
  const [anna, bruno] = [await desk(), await desk(people.supervisor)]
  hub.clock.set('2026-11-20T09:00:00.000Z')
  const first = contact(anna, rossi.id, 'phone', '040 123456', '040 654321')
  hub.clock.set('2026-11-20T09:30:00.000Z')
  const second = contact(bruno, rossi.id, 'phone', '040 123456', '040 999999')
  expect(outcomes(await anna.send(first))).toEqual(['applied'])
  expect(outcomes(await bruno.send(second))).toEqual(['merged field_conflict'])
  expect(await rowsOf('SELECT before_value, lost, lost_by, lost_at, kept, kept_by, at FROM field_conflict WHERE customer_id = $1', rossi.id)).toEqual([
    { before_value: '040 123456', lost: '040 654321', lost_by: people.agent, lost_at: '2026-11-20T09:00:00.000Z', kept: '040 999999', kept_by: people.supervisor, at: '2026-11-20T09:30:00.000Z' },
  ])
})

it('knows the author of a value that came in the same push as the one that replaced it, and makes up none', async () => {
  const anna = await desk()
  const answer = await anna.send(contact(anna, bianchi.id, 'phone', '040 123456', '040 111111'), contact(anna, bianchi.id, 'phone', '040 123456', '040 222222'), contact(anna, bianchi.id, 'mobile', '338 1', '338 421 9017'))
  expect(outcomes(answer)).toEqual(['applied', 'merged field_conflict', 'merged field_conflict'])
  expect(await rowsOf('SELECT field, lost, lost_by FROM field_conflict WHERE customer_id = $1 ORDER BY field', bianchi.id)).toEqual([
    { field: 'mobile', lost: null, lost_by: null },
    { field: 'phone', lost: '040 111111', lost_by: people.agent },
  ])
})

it('puts either of the two values back as often as somebody wants, and never a third one aside', async () => {
  const [anna, sara] = [await desk(), await desk(people.supervisor)]
  const [conflict] = await rowsOf('SELECT id FROM field_conflict WHERE customer_id = $1', rossi.id)
  const conflictId = String(conflict?.['id'])
  const choose = (from: Desk, choice: string) => from.write('customer.settle-conflict', { conflictId, choice }, { entity: 'customer' })
  const phone = async () => (await rowsOf('SELECT phone FROM customer WHERE id = $1', rossi.id))[0]?.['phone']
  expect(outcomes(await anna.send(choose(anna, 'keep')))).toEqual(['applied'])
  expect(await phone()).toBe('040 999999')
  expect(outcomes(await sara.send(choose(sara, 'restore'), choose(sara, 'restore')))).toEqual(['applied', 'rejected already_settled'])
  expect(await phone()).toBe('040 654321')
  expect(outcomes(await anna.send(choose(anna, 'keep')))).toEqual(['applied'])
  expect(await phone()).toBe('040 999999')
  await anna.send(contact(anna, rossi.id, 'phone', '040 999999', '040 777777'))
  expect(outcomes(await sara.send(choose(sara, 'restore')))).toEqual(['rejected changed_meanwhile'])
  expect(await phone()).toBe('040 777777')
  expect(await rowsOf('SELECT about, seq, choice, decided_by FROM decision WHERE subject_id = $1 ORDER BY seq', conflictId)).toEqual([
    { about: 'conflict', seq: 1, choice: 'keep', decided_by: people.agent },
    { about: 'conflict', seq: 2, choice: 'restore', decided_by: people.supervisor },
    { about: 'conflict', seq: 3, choice: 'keep', decided_by: people.agent },
  ])
})

it('lets a supervisor enter a third value for a contested day, with the reason on record', async () => {
  const [anna, bruno, sara] = [await desk(), await desk(), await desk(people.supervisor)]
  await anna.send(anna.reading(1_250_000))
  expect(outcomes(await bruno.send(bruno.reading(1_300_000)))).toEqual(['superseded reading_contested'])
  const replace = (from: Desk, value: number) => from.write('reading.replace', { customerId: rossi.id, meterId: water.meter, day: '2026-11-20', value, value2: null, value3: null, correctorValue: null, reason: 'Foto del contatore' }, { entity: 'reading' })
  const [byAgent, tooLong, right] = [replace(anna, 1_275_000), replace(sara, 100_000_000), replace(sara, 1_275_000)]
  expect(outcomes(await anna.send(byAgent))).toEqual(['rejected role'])
  expect(outcomes(await sara.send(tooLong, right))).toEqual(['rejected too_many_digits', 'applied'])
  expect(await rowsOf(`SELECT value, state FROM reading WHERE meter_id = $1 AND day = '2026-11-20' ORDER BY value`, water.meter)).toEqual([
    { value: 1_250_000, state: 'overruled' }, { value: 1_275_000, state: 'pending' }, { value: 1_300_000, state: 'overruled' },
  ])
  expect(await rowsOf('SELECT choice, op_id, reason, decided_by FROM decision WHERE subject_id = $1', `${water.meter} 2026-11-20`)).toEqual([{ choice: 'new_value', op_id: right.opId, reason: 'Foto del contatore', decided_by: people.supervisor }])
  expect(outcomes(await sara.send(replace(sara, 1_276_000)))).toEqual(['rejected not_contested'])
})

it('settles what was refused: corrected, let go with a reason, taken back; twice is no harm', async () => {
  const [anna, bruno] = [await desk(), await desk(people.supervisor)]
  const refused = anna.write('ticket.open', { ...(anna.openTicket().input as object), receivedDay: '2027-01-01' })
  anna.state.seq -= 1
  const bad = { ...refused, seq: anna.state.seq }
  expect(outcomes(await anna.send(bad))).toEqual(['rejected received_in_future'])
  const listed = async () => {
    const answer = await bruno.call('/v1/administration/refused', { method: 'POST', session: await bruno.signIn('sara'), body: {} })
    return (answer.body as { opId: string; customerId: string | null }[]).filter(({ opId }) => opId === bad.opId)
  }
  expect(await listed()).toEqual([expect.objectContaining({ opId: bad.opId, customerId: rossi.id })])
  expect(outcomes(await anna.send(settle(anna, { opId: bad.opId, choice: 'let_go', reason: 'x' })))).toEqual(['rejected reason_missing'])
  expect(outcomes(await anna.send(settle(anna, { opId: bad.opId, choice: 'let_go', reason: 'Il cliente ha rinunciato' })))).toEqual(['applied'])
  expect(await listed()).toEqual([])
  expect(outcomes(await bruno.send(settle(bruno, { opId: bad.opId, choice: 'taken_back' })))).toEqual(['applied'])
  expect(await listed()).toHaveLength(1)
  const again = anna.openTicket()
  expect(outcomes(await anna.send(again, settle(anna, { opId: bad.opId, choice: 'corrected', correctedBy: again.opId })))).toEqual(['applied', 'applied'])
  expect(outcomes(await bruno.send(settle(bruno, { opId: bad.opId, choice: 'let_go', reason: 'Gia rifatto' })))).toEqual(['merged settled_twice'])
  expect(await listed()).toEqual([])
  expect(await rowsOf('SELECT seq, choice, op_id FROM decision WHERE subject_id = $1 ORDER BY seq', bad.opId)).toEqual([
    { seq: 1, choice: 'let_go', op_id: null }, { seq: 2, choice: 'taken_back', op_id: null }, { seq: 3, choice: 'corrected', op_id: again.opId }, { seq: 4, choice: 'let_go', op_id: null },
  ])
})

it('keeps of a step that came too late the state it was written for', async () => {
  const [anna, bruno] = [await desk(), await desk(people.supervisor)]
  const open = anna.openTicket()
  await anna.send(open, anna.write('ticket.take', { ticketId: open.opId, text: '' }, { basis: { state: 'new' } }))
  await bruno.send(bruno.write('ticket.cancel', { ticketId: open.opId, text: 'Doppione' }, { basis: { state: 'new' } }))
  expect(await rowsOf('SELECT from_state, to_state FROM ticket_event WHERE ticket_id = $1 AND superseded', open.opId)).toEqual([{ from_state: 'new', to_state: 'in_charge' }])
})
