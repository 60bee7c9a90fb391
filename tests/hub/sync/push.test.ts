import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { triesOfAnOperation } from '../../../hub/sync/run-apart.ts'
import { recognise } from '../../../hub/sync/operations.ts'
import { createPushQueue } from '../../../hub/sync/push-queue.ts'
import { pushRoute } from '../../../hub/sync/push.ts'
import type { PushAnswer } from '../../../shared/sync/wire.ts'
import type { HubModule } from '../../../hub/server/parts.ts'
import { epochRoute } from '../../../hub/sync/epoch.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, addPeople, furlan, loadRecords, outcomes, rossi, south } from './records.ts'

let hub: TestHub
let people: Awaited<ReturnType<typeof addPeople>>
/** Kinds whose decision throws: a fault of the hub's own code. */
const broken = new Set<string>()

/** The hub's rules, but for subjects that a test has broken. */
const rules: typeof recognise = (kind, version, input) => {
  const known = recognise(kind, version, input)
  if (!known.ok) return known
  const { operation } = known
  return {
    ...known,
    operation: {
      ...operation,
      decide: (records, given, facts) => {
        if (broken.has(facts.opId)) throw new TypeError('a fault')
        return operation.decide(records, given, facts)
      },
    },
  }
}
const module: HubModule = (parts) => ({ name: 'sync', routes: [pushRoute(parts, createPushQueue(parts, rules)), epochRoute(parts)] })

beforeAll(async () => {
  hub = await startTestHub({ modules: [module] })
  await loadRecords(hub.database)
  people = await addPeople(hub)
})
afterAll(() => hub.stop())

const desk = (actor = people.agent) => addDesk(hub, { actor })
const rowsOf = (sql: string, ...values: readonly unknown[]) => hub.database.asOwner(sql, values)
const headOf = async () => Number((await rowsOf('SELECT pos FROM feed_head'))[0]?.['pos'])

it('opens a ticket with its protocol number and everything that follows on it in one push', async () => {
  const anna = await desk()
  const open = anna.openTicket()
  const take = anna.write('ticket.take', { ticketId: open.opId, text: '' }, { basis: { state: 'new' } })
  const note = anna.write('ticket.note', { ticketId: open.opId, text: 'Richiamato' }, { basis: { state: 'in_charge' } })
  const answer = await anna.send(open, take, note)
  expect(outcomes(answer)).toEqual(['applied', 'applied', 'applied'])
  expect(answer.ackedThrough).toBe(3)
  const [ticket] = await rowsOf('SELECT number, state, assignee, customer_id FROM ticket WHERE id = $1', open.opId)
  expect(ticket).toEqual({ number: expect.stringMatching(/^2026\/\d{6}$/) as string, state: 'in_charge', assignee: people.agent, customer_id: rossi.id })
  const changes = await rowsOf(`SELECT tbl, scopes, pos FROM change WHERE pos <= $1 ORDER BY pos DESC LIMIT 4`, answer.head)
  expect(changes.map(({ tbl }) => tbl)).toEqual(['ticketEvent', 'ticketEvent', 'ticketEvent', 'ticket'])
  expect(changes.every(({ scopes }) => JSON.stringify(scopes) === '["north"]')).toBe(true)
  // Each outcome says where its effect stands: the desk waits for that position.
  expect(answer.receipts.map(({ pos }) => pos)).toEqual([answer.head - 2, answer.head - 1, answer.head])
  const kinds = await rowsOf('SELECT kind, subject, details FROM audit ORDER BY seq DESC LIMIT 3')
  expect(kinds.map(({ kind, subject }) => [kind, subject])).toEqual(Array.from({ length: 3 }, () => ['wrote', open.opId]))
})

it('numbers tickets without gaps, whatever is refused or undone between them', async () => {
  const anna = await desk()
  await anna.send(anna.openTicket(), anna.openTicket('etra:000000'), anna.openTicket())
  const numbers = (await rowsOf('SELECT number FROM ticket WHERE number IS NOT NULL ORDER BY number')).map(({ number }) => Number(String(number).slice(5)))
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
})

it('answers a push that is sent again as it was answered the first time, and does nothing twice', async () => {
  const anna = await desk()
  const operations = [anna.openTicket(), anna.openTicket('etra:000000'), anna.reading(1_250_000)]
  const first = await anna.send(...operations)
  const again = await anna.send(...operations)
  expect(again.receipts).toEqual(first.receipts)
  expect(again.head).toBe(first.head)
  expect(await rowsOf('SELECT 1 FROM ticket WHERE id = $1', operations[0]?.opId)).toHaveLength(1)
})

it('puts pushes of one desk that arrive at once in order, and doubles nothing', async () => {
  const anna = await desk()
  const operations = Array.from({ length: 5 }, () => anna.openTicket())
  const answers = await Promise.all(Array.from({ length: 12 }, () => anna.send(...operations)))
  expect(new Set(answers.map(({ receipts }) => JSON.stringify(receipts))).size).toBe(1)
  const found = await rowsOf('SELECT id FROM ticket WHERE id = ANY($1)', operations.map(({ opId }) => opId))
  expect(found).toHaveLength(5)
  expect(await rowsOf('SELECT 1 FROM receipt WHERE device_id = $1', anna.id)).toHaveLength(5)
})

it('takes up where a push that was partly known left off', async () => {
  const anna = await desk()
  const [a, b, c] = [anna.openTicket(), anna.openTicket(), anna.openTicket()]
  await anna.send(a, b)
  const answer = await anna.send(b, c)
  expect(outcomes(answer)).toEqual(['applied', 'applied'])
  expect(answer.ackedThrough).toBe(3)
})

it('refuses what does not follow: another epoch, missing numbers, numbers used for something else, another history, a desk that is too old', async () => {
  const anna = await desk()
  const [a, b, c] = [anna.openTicket(), anna.openTicket(), anna.openTicket()]
  await anna.send(a)
  expect(await anna.push(c)).toEqual({ status: 409, body: { error: { code: 'gap', details: { expected: 2 } } } })
  anna.state.epoch = 2
  expect(await anna.push(b)).toEqual({ status: 409, body: { error: { code: 'epoch', details: { epoch: 1 } } } })
  anna.state.epoch = 1
  // An old copy of the desk's database writes something new under a number that was used.
  anna.state.seq = 0
  const other = anna.openTicket()
  expect(await anna.push(other)).toEqual({ status: 409, body: { error: { code: 'rollback', details: { seq: 1 } } } })
  const { feedId } = anna.state
  anna.state.feedId = 'another'
  expect(await anna.push(b)).toEqual({ status: 409, body: { error: { code: 'feed_changed', details: { feedId } } } })
  anna.state.feedId = feedId
  const old = await anna.call('/v1/push', { method: 'POST', body: { ...anna.request([b]), protocol: 0 } })
  expect(old.status).toBe(400)
  const holes = await anna.call('/v1/push', { method: 'POST', body: { ...anna.request([b]), operations: [b, { ...c, seq: 9 }] } })
  expect(holes).toEqual({ status: 400, body: { error: { code: 'invalid', details: { fields: ['body.operations.seq'] } } } })
  expect(outcomes(await anna.send(b, c))).toEqual(['applied', 'applied'])
})

it('knows an operation by its id in a new epoch: offered again it gets its outcome, and is not done again', async () => {
  const anna = await desk()
  const [a, b] = [anna.openTicket(), anna.openTicket()]
  const first = await anna.send(a, b)
  const before = await headOf()
  expect(await anna.call('/v1/epoch', { method: 'POST', body: { epoch: 1 } })).toEqual({ status: 200, body: { epoch: 2 } })
  // The answer was lost: asked again, it is the same new epoch.
  expect(await anna.call('/v1/epoch', { method: 'POST', body: { epoch: 1 } })).toEqual({ status: 200, body: { epoch: 2 } })
  anna.state.epoch = 2
  const again = await anna.send({ ...b, seq: 1 }, { ...a, seq: 2 })
  expect(again.receipts.map(({ opId, outcome, pos }) => ({ opId, outcome, pos }))).toEqual([b, a].map(({ opId }) => ({ opId, outcome: 'applied', pos: first.receipts.find((each) => each.opId === opId)?.pos })))
  expect(await headOf()).toBe(before)
  expect(await anna.push({ ...a, seq: 1 })).toMatchObject({ status: 409, body: { error: { code: 'rollback' } } })
  const slots = await rowsOf('SELECT epoch, seq FROM receipt WHERE device_id = $1 ORDER BY epoch, seq', anna.id)
  expect(slots.map(({ epoch, seq }) => `${String(epoch)}/${String(seq)}`)).toEqual(['1/1', '1/2', '2/1', '2/2'])
})

it('sets an operation aside whose id another one has, without holding up what follows', async () => {
  const anna = await desk()
  const bruno = await desk()
  const a = anna.openTicket()
  await anna.send(a)
  const stolen = bruno.write('ticket.open', a.input, { opId: a.opId, basis: 'other' })
  expect(outcomes(await bruno.send(stolen, bruno.openTicket()))).toEqual(['rejected op_id_taken', 'applied'])
})

it('asks who wrote: unknown, disabled or without the role is refused and kept', async () => {
  const anna = await desk()
  const stranger = anna.write('ticket.note', { ticketId: randomUUID(), text: 'x' }, { actor: 'nobody' })
  const settle = anna.write('reading.settle', { customerId: rossi.id, meterId: 'm', day: '2026-11-20', entry: 'e', reason: 'perché sì' })
  expect(outcomes(await anna.send(stranger, settle))).toEqual(['rejected actor_unknown', 'rejected role'])
  await rowsOf('UPDATE person SET active = false WHERE id = $1', people.agent)
  expect(outcomes(await anna.send(anna.openTicket()))).toEqual(['rejected actor_disabled'])
  await rowsOf('UPDATE person SET active = true WHERE id = $1', people.agent)
  const kept = await rowsOf('SELECT code, envelope FROM refused_op WHERE op_id = $1', stranger.opId)
  expect(kept.map(({ code, envelope }) => [code, JSON.parse(String(envelope)) as unknown])).toEqual([['actor_unknown', stranger]])
})

it('gives an unknown customer and one of another territory the same answer', async () => {
  const anna = await desk()
  const answer = await anna.send(anna.openTicket(furlan.id), anna.openTicket('etra:none'), anna.reading(1_000, furlan.id, 'etra:G:m'), anna.reading(1_000, 'etra:none', 'etra:G:m'))
  const given = answer.receipts.map(({ outcome, code, details, pos }) => ({ outcome, code, details, pos }))
  expect(given).toEqual(given.map(() => ({ outcome: 'rejected', code: 'outside_territory', details: null, pos: 0 })))
})

it('lets nobody work on a ticket of another territory, and says of guessable numbers nothing at all', async () => {
  const anna = await desk()
  const bruno = await addDesk(hub, { actor: people.agent, office: 'Sud', territories: [south] })
  const open = bruno.openTicket(furlan.id)
  await bruno.send(open)
  await rowsOf(`INSERT INTO ticket (id, code, customer_id, area, type, channel, subject, received_day, state, priority, opened_at, updated_at, origin) VALUES ('etra:77', '77', $1, 'water', 'report', 'phone', 'x', '2026-01-01', 'new', 'normal', 'x', 'x', 'former')`, furlan.id)
  const note = (ticketId: string) => anna.write('ticket.note', { ticketId, text: 'x' }, { basis: { state: 'new' } })
  expect(outcomes(await anna.send(note(open.opId), note('etra:77'), note('etra:78'), note(randomUUID())))).toEqual(['rejected outside_territory', 'rejected outside_territory', 'rejected outside_territory', 'rejected ticket_not_found'])
})

it('understands a person by the id a desk knew before it joined', async () => {
  const anna = await desk()
  await rowsOf('INSERT INTO device_alias (device_id, local_id, person_id) VALUES ($1, $2, $3)', anna.id, 'local-1', people.agent)
  const open = anna.write('ticket.open', anna.openTicket().input, { actor: 'local-1', seq: 1 })
  anna.state.seq = 1
  expect(outcomes(await anna.send({ ...open, seq: 1 }))).toEqual(['applied'])
  expect(await rowsOf('SELECT actor FROM ticket_event WHERE ticket_id = $1', open.opId)).toEqual([{ actor: people.agent }])
})

it('adds people of the staff for administrators only', async () => {
  const anna = await desk()
  const ada = await desk(people.administrator)
  const add = (from: typeof anna, username: string) => from.write('person.add', { username, displayName: 'Nuova Persona', role: 'agent' }, { entity: 'person' })
  expect(outcomes(await anna.send(add(anna, 'nuova')))).toEqual(['rejected role'])
  const added = add(ada, 'nuova')
  expect(outcomes(await ada.send(added, add(ada, 'Nuova')))).toEqual(['applied', 'rejected username_taken'])
  expect(await rowsOf('SELECT person_id, password_hash FROM staff WHERE person_id = $1', added.opId)).toEqual([{ person_id: added.opId, password_hash: null }])
  expect((await rowsOf(`SELECT scopes FROM change WHERE tbl = 'person' AND key->>0 = $1`, added.opId))[0]).toEqual({ scopes: ['*'] })
  // Within one push the person who was switched off can write nothing more.
  const off = ada.write('person.set-active', { personId: people.supervisor, active: false }, { entity: 'person' })
  const after = ada.write('ticket.open', ada.openTicket().input, { actor: people.supervisor })
  ada.state.seq -= 1
  expect(outcomes(await ada.send(off, { ...after, seq: off.seq + 1 }))).toEqual(['applied', 'rejected actor_disabled'])
  await rowsOf('UPDATE person SET active = true WHERE id = $1', people.supervisor)
})

it('refuses what it cannot read and goes on: unknown kinds, newer versions, bad input, what no database can hold, altered contents', async () => {
  const anna = await desk()
  const good = anna.openTicket()
  const poison = [
    anna.write('ticket.teleport', { ticketId: 'x' }),
    anna.write('ticket.open', { customerId: rossi.id, somethingNew: true }, { version: 2 }),
    anna.write('ticket.open', { customerId: rossi.id }),
    anna.write('ticket.open', { ...(good.input as object), subject: 'NUL \u0000 qui' }),
    anna.write('ticket.open', { ...(good.input as object), subject: 'mezza \ud83d coppia' }),
    anna.write('kind\u0000', {}),
    { ...anna.openTicket(), input: { customerId: rossi.id } },
  ]
  const [first, ...rest] = outcomes(await anna.send(good, ...poison, anna.openTicket()))
  expect([first, rest.pop()]).toEqual(['applied', 'applied'])
  expect(rest).toEqual(['unknown_kind', 'newer_version', 'invalid_input', 'invalid_input', 'invalid_input', 'invalid_input', 'hash_mismatch'].map((code) => `rejected ${code}`))
  const kept = await rowsOf('SELECT op_id, envelope FROM refused_op WHERE op_id = ANY($1)', poison.map(({ opId }) => opId))
  // Byte for byte, for the day a newer hub can read them.
  expect(new Map(kept.map((row) => [row['op_id'], JSON.parse(String(row['envelope'])) as unknown]))).toEqual(new Map(poison.map((each) => [each.opId, JSON.parse(JSON.stringify(each)) as unknown])))
})

it('gives an operation that fails for no reason three tries, and then lets the others pass', async () => {
  const anna = await desk()
  const bruno = await desk()
  const [good, bad, after] = [anna.openTicket(), anna.openTicket(), anna.openTicket()]
  broken.add(bad.opId)
  const before = await headOf()
  for (let attempt = 1; attempt < triesOfAnOperation; attempt += 1) {
    const [answer, others] = await Promise.all([anna.push(good, bad, after), bruno.push(bruno.openTicket())])
    expect(answer).toEqual({ status: 503, body: { error: { code: 'busy' } } })
    expect(others.status).toBe(200)
  }
  expect(await rowsOf('SELECT 1 FROM receipt WHERE device_id = $1', anna.id)).toHaveLength(0)
  const third = await anna.send(good, bad, after)
  expect(outcomes(third)).toEqual(['applied', 'rejected internal', 'applied'])
  expect(await headOf()).toBeGreaterThan(before)
  expect(await rowsOf('SELECT code FROM refused_op WHERE op_id = $1', bad.opId)).toEqual([{ code: 'internal' }])
  expect(await rowsOf('SELECT 1 FROM failing_op WHERE op_id = $1', bad.opId)).toHaveLength(0)
})

it('does an operation after all when the fault has gone', async () => {
  const anna = await desk()
  const open = anna.openTicket()
  broken.add(open.opId)
  expect((await anna.push(open)).status).toBe(503)
  broken.delete(open.opId)
  expect(outcomes(await anna.send(open))).toEqual(['applied'])
})

it('keeps nothing of a push whose transaction fails, and asks to come back', async () => {
  const anna = await desk()
  const open = anna.openTicket()
  await rowsOf('ALTER TABLE ticket RENAME TO ticket_away')
  const answer = await anna.signedFetch('/v1/push', { method: 'POST', body: anna.request([open]) })
  await rowsOf('ALTER TABLE ticket_away RENAME TO ticket')
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
  expect(outcomes((await anna.send(open)) satisfies PushAnswer)).toEqual(['applied'])
})

it('lets a desk in no more from the moment it was revoked', async () => {
  const anna = await desk()
  await anna.send(anna.openTicket())
  await rowsOf(`UPDATE device SET state = 'revoked' WHERE id = $1`, anna.id)
  expect((await anna.push(anna.openTicket())).status).toBe(401)
})
