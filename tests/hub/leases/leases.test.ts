import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { dropLapsed } from '../../../hub/leases/leases.ts'
import { leaseNews } from '../../../shared/sync/leases.ts'
import type { LeaseNews } from '../../../shared/sync/leases.ts'
import { addPerson, enrolDevice, startTestHub } from '../../support/hub-app.ts'
import type { TestDevice, TestHub } from '../../support/hub-app.ts'

type Desk = { readonly device: TestDevice; readonly session: string; readonly person: string }
let hub: TestHub
let office: { readonly here: string; readonly there: string }
let numbers = 0

beforeAll(async () => {
  hub = await startTestHub()
  office = { here: 'Trieste', there: 'Udine' }
  const { asOwner } = hub.database
  await asOwner(`INSERT INTO brand (id, name, portal) VALUES ('aqua', 'Aqua', 'x')`)
  for (const [id, territory] of [['mine', 'nord'], ['theirs', 'sud']] as const) {
    await asOwner(`INSERT INTO territory (id, name, rules) VALUES ($1, $1, '[]')`, [territory])
    await asOwner(`INSERT INTO customer (id, brand_id, code, kind, last_name, first_name, vulnerable, updated_at) VALUES ($1, 'aqua', $1, 'person', 'Prova', 'Prova', false, 'x')`, [id])
    await asOwner('INSERT INTO customer_territory (customer_id, territory_id) VALUES ($1, $2)', [id, territory])
    await asOwner(`INSERT INTO ticket (id, code, customer_id, area, type, channel, subject, received_day, state, priority, opened_at, updated_at, origin) VALUES ($1, $1, $2, 'water', 'report', 'phone', 'x', '2026-01-01', 'new', 'normal', 'x', 'x', 'desk')`, [`ticket-${id}`, id])
  }
})
beforeEach(() => hub.database.asOwner('DELETE FROM lease'))
afterAll(() => hub.stop())

async function desk(where: keyof typeof office = 'here'): Promise<Desk> {
  const number = ++numbers
  const device = await enrolDevice(hub, { name: `Sportello ${number}`, office: office[where], territories: [where === 'here' ? 'nord' : 'sud'] })
  const person = await addPerson(hub, { username: `agente${number}`, role: 'agent' })
  return { device, person, session: await device.signIn(`agente${number}`) }
}
const write = ({ device, session }: Desk, hold = true, ticketId = 'ticket-mine') => device.call('/v1/leases', { method: 'POST', session, body: { ticketId, hold } })
const held = async ({ device }: Desk): Promise<readonly (readonly [ticketId: string, deskId: string])[]> => {
  const { body } = (await device.call('/v1/leases')) as { body: { leases: { ticketId: string; heldBy: { deviceId: string } }[] } }
  return body.leases.map(({ ticketId, heldBy }) => [ticketId, heldBy.deviceId])
}
const byDesk = ({ device }: Desk) => ({ heldBy: { deviceId: device.id } })

/** The news of leases that a desk hears; `next` waits for one more. */
async function listen({ device }: Desk): Promise<{ readonly next: () => Promise<LeaseNews>; readonly close: () => Promise<void> }> {
  const answer = await device.signedFetch('/v1/events')
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const next = async (): Promise<LeaseNews> => {
    for (;;) {
      const found = /event: lease\ndata: (.*)\n\n/.exec(text)
      if (found) {
        text = text.slice(found.index + found[0].length)
        return leaseNews.parse(JSON.parse(found[1] ?? ''))
      }
      const { done, value } = await reader.read()
      if (done) throw new Error('the line has ended')
      text += value
    }
  }
  return { next, close: () => reader.cancel() }
}

it('tells one holder per ticket, with name, desk and since when', async () => {
  const [first, second] = [await desk(), await desk()]
  const since = hub.clock.now().toISOString()
  expect(await write(first)).toMatchObject({ status: 200, body: { now: since, heldBy: { personId: first.person, person: 'Prova agente1', desk: 'Sportello 1', since } } })
  hub.clock.advance(30_000)
  // The second is refused nothing: it is told who was there first.
  expect(await write(second)).toMatchObject({ status: 200, body: { heldBy: { deviceId: first.device.id, since } } })
  expect(await held(second)).toEqual([['ticket-mine', first.device.id]])
  hub.clock.advance(60_000)
  expect(await write(first), 'renewed, and begun when it was').toMatchObject({ body: { heldBy: { since, until: new Date(hub.clock.now().getTime() + 120_000).toISOString() } } })
})

it('lapses where it is not renewed, and is the next one’s', async () => {
  const [first, second] = [await desk(), await desk()]
  await write(first)
  hub.clock.advance(119_000)
  expect(await write(second)).toMatchObject({ body: byDesk(first) })
  hub.clock.advance(1_000)
  expect(await held(second)).toEqual([])
  expect(await write(second)).toMatchObject({ body: { heldBy: { deviceId: second.device.id, since: hub.clock.now().toISOString() } } })
  expect(await write(first)).toMatchObject({ body: byDesk(second) })
})

it('is given up only by who holds it', async () => {
  const [first, second] = [await desk(), await desk()]
  await write(first)
  expect(await write(second, false)).toMatchObject({ status: 200, body: byDesk(first) })
  expect(await write(first, false)).toMatchObject({ status: 200, body: { heldBy: null } })
  expect(await held(second)).toEqual([])
})

it('belongs to a person at a desk: the same person at another one neither gives it up nor renews it', async () => {
  const first = await desk()
  const elsewhere = { ...(await desk()), person: first.person }
  const again: Desk = { ...elsewhere, session: await elsewhere.device.signIn(`agente${numbers - 1}`) }
  await write(first)
  expect(await write(again, false)).toMatchObject({ status: 200, body: byDesk(first) })
  hub.clock.advance(60_000)
  expect(await write(again)).toMatchObject({ status: 200, body: byDesk(first) })
  hub.clock.advance(60_000)
  expect(await held(first)).toEqual([])
})

it('lapses with a session whose time is over', async () => {
  const [writer, watcher] = [await desk(), await desk()]
  await write(writer)
  await hub.database.asOwner('UPDATE session SET expires_at = $2 WHERE person_id = $1', [writer.person, new Date(hub.clock.now().getTime() + 10_000).toISOString()])
  expect(await held(watcher)).toEqual([['ticket-mine', writer.device.id]])
  hub.clock.advance(10_000)
  expect(await held(watcher)).toEqual([])
  expect(await write(watcher)).toMatchObject({ body: byDesk(watcher) })
})

it('is not told to a desk that is revoked, though its line has not ended yet', async () => {
  const [writer, watcher] = [await desk(), await desk()]
  const line = await listen(watcher)
  await hub.database.asOwner(`UPDATE device SET state = 'revoked' WHERE id = $1`, [watcher.device.id])
  const other = await listen(writer)
  await write(writer)
  expect(await other.next()).toMatchObject({ heldBy: { deviceId: writer.device.id } })
  await hub.database.asOwner(`UPDATE device SET state = 'active' WHERE id = $1`, [watcher.device.id])
  await write(writer, false)
  expect(await line.next(), 'the first that it hears').toMatchObject({ ticketId: 'ticket-mine', heldBy: null })
  for (const each of [line, other]) await each.close()
})

it('knows no ticket outside the desk’s territories, and none that is missing', async () => {
  const [here, there] = [await desk(), await desk('there')]
  await write(there, true, 'ticket-theirs')
  for (const [asker, ticketId] of [[here, 'ticket-theirs'], [there, 'ticket-mine'], [here, 'ticket-nobodys']] as const) {
    for (const hold of [true, false]) expect(await write(asker, hold, ticketId)).toEqual({ status: 404, body: { error: { code: 'not_found' } } })
  }
  expect(await held(here)).toEqual([])
  expect(await held(there)).toEqual([['ticket-theirs', there.device.id]])
})

it('asks for a session to write, and for a strict body', async () => {
  const one = await desk()
  expect(await one.device.call('/v1/leases', { method: 'POST', body: { ticketId: 'ticket-mine', hold: true } })).toMatchObject({ status: 401 })
  for (const body of [{ ticketId: 'ticket-mine' }, { ticketId: '', hold: true }, { ticketId: 'x'.repeat(65), hold: true }, { ticketId: 'ticket-mine', hold: true, person: 'x' }]) {
    expect(await one.device.call('/v1/leases', { method: 'POST', session: one.session, body })).toMatchObject({ status: 400 })
  }
})

it('ends with the session, with the desk, and with the person', async () => {
  const watcher = await desk()
  for (const end of [
    ({ device, session }: Desk) => device.call('/v1/session', { method: 'DELETE', session }),
    ({ device }: Desk) => hub.database.asOwner(`UPDATE device SET state = 'revoked' WHERE id = $1`, [device.id]),
    ({ person }: Desk) => hub.database.asOwner('UPDATE session SET ended_at = now() WHERE person_id = $1', [person]),
  ]) {
    const writer = await desk()
    await write(writer)
    expect(await held(watcher)).toEqual([['ticket-mine', writer.device.id]])
    await end(writer)
    expect(await held(watcher)).toEqual([])
    expect(await write(watcher)).toMatchObject({ body: byDesk(watcher) })
    await write(watcher, false)
  }
})

it('is told at once to the desks that hold the ticket, and to no other', async () => {
  const [writer, watcher, stranger] = [await desk(), await desk(), await desk('there')]
  const [near, far] = [await listen(watcher), await listen(stranger)]
  await write(writer)
  expect(await near.next()).toMatchObject({ ticketId: 'ticket-mine', heldBy: { deviceId: writer.device.id, person: `Prova agente${numbers - 2}` } })
  await write(writer)
  await write(watcher)
  await write(writer, false)
  expect(await near.next(), 'neither a renewal nor who comes second is news').toMatchObject({ ticketId: 'ticket-mine', heldBy: null })
  await write(stranger, true, 'ticket-theirs')
  expect(await far.next(), 'the first that it hears is of its own territory').toMatchObject({ ticketId: 'ticket-theirs' })
  await write(writer)
  await near.next()
  await writer.device.call('/v1/session', { method: 'DELETE', session: writer.session })
  expect(await near.next(), 'a session that has ended').toMatchObject({ ticketId: 'ticket-mine', heldBy: null })
  await write(watcher)
  await near.next()
  hub.clock.advance(120_000)
  await dropLapsed(hub.hub.parts.pool, hub.clock.now())
  const told = [await near.next(), await far.next()]
  expect(told, 'what has lapsed').toMatchObject([{ ticketId: 'ticket-mine', heldBy: null }, { ticketId: 'ticket-theirs', heldBy: null }])
  for (const line of [near, far]) await line.close()
})

it('is not told to a desk whose office has lost the territory since it began to listen', async () => {
  const [writer, watcher] = [await desk(), await desk('there')]
  await hub.database.asOwner(`INSERT INTO office_territory (office_id, territory_id) SELECT office_id, 'nord' FROM device WHERE id = $1`, [watcher.device.id])
  const line = await listen(watcher)
  await write(writer)
  expect(await line.next()).toMatchObject({ ticketId: 'ticket-mine' })
  await hub.database.asOwner(`DELETE FROM office_territory WHERE territory_id = 'nord' AND office_id = (SELECT office_id FROM device WHERE id = $1)`, [watcher.device.id])
  await write(writer, false)
  await write(watcher, true, 'ticket-theirs')
  expect(await line.next()).toMatchObject({ ticketId: 'ticket-theirs' })
  expect(await held(watcher)).toEqual([['ticket-theirs', watcher.device.id]])
  await line.close()
})

it('has one holder when many come at once', async () => {
  const desks = await Promise.all([desk(), desk(), desk(), desk()])
  const answers = await Promise.all([...desks, ...desks].map((one) => write(one)))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  const [holder] = await held(desks[0])
  expect(desks.map(({ device }) => device.id)).toContain(holder?.[1])
  expect(new Set(answers.map(({ body }) => (body as { heldBy: { deviceId: string } }).heldBy.deviceId))).toEqual(new Set([holder?.[1]]))
})
