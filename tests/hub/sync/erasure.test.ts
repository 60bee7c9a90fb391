import { afterAll, beforeAll, expect, it } from 'vitest'
import { conflictsModule } from '../../../hub/conflicts/conflicts-module.ts'
import { identityModule } from '../../../hub/identity/identity-module.ts'
import { syncModule } from '../../../hub/sync/sync-module.ts'
import { changesAnswer } from '../../../shared/sync/wire.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, addPeople, bianchi, loadRecords, outcomes, rossi, south, water } from './records.ts'
import type { Desk } from './records.ts'

let hub: TestHub
let people: Awaited<ReturnType<typeof addPeople>>
let anna: Desk
beforeAll(async () => {
  hub = await startTestHub({ modules: [identityModule, syncModule, conflictsModule] })
  await loadRecords(hub.database)
  people = await addPeople(hub)
  anna = await addDesk(hub, { actor: people.agent })
})
afterAll(() => hub.stop())

const rowsOf = (sql: string, ...values: readonly unknown[]) => hub.database.asOwner(sql, values)
const administration = async (desk: Desk, username: string, call: string, body: unknown) => desk.call(`/v1/administration/${call}`, { method: 'POST', body, session: await desk.signIn(username) })

/** Every text of every table of the hub, for looking for what must be nowhere. */
async function everything(): Promise<string> {
  const tables = await rowsOf(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('erased', 'erased_record', 'audit', 'receipt')`)
  const texts = await Promise.all(tables.map(async ({ name }) => JSON.stringify(await rowsOf(`SELECT * FROM ${String(name)}`))))
  return texts.join('\n')
}

it('takes everything of a customer away, refuses what comes later, and brings nothing back', async () => {
  const secret = 'Zecchinetta'
  const open = anna.openTicket(rossi.id, `Signora ${secret}`)
  const note = anna.write('ticket.note', { ticketId: open.opId, text: secret }, { basis: { state: 'new' } })
  const refused = [anna.write('ticket.note', { ticketId: open.opId, text: '', words: secret }), anna.write('ticket.open', { customerId: rossi.id, subject: secret })]
  const shared = anna.openTicket(bianchi.id)
  await anna.send(open, note, ...refused, shared, anna.reading(1_250_000))
  const { head } = await anna.send(anna.openTicket(bianchi.id))
  expect(await everything()).toContain(secret)

  expect((await administration(anna, 'sara', 'eraseCustomer', { customerId: rossi.id, reason: 'Richiesta scritta' })).status).toBe(403)
  expect(await administration(anna, 'ada', 'eraseCustomer', { customerId: 'etra:none', reason: 'Richiesta scritta' })).toMatchObject({ status: 404 })
  expect(await administration(anna, 'ada', 'eraseCustomer', { customerId: rossi.id, reason: 'Richiesta scritta' })).toEqual({ status: 200, body: null })

  const left = await everything()
  for (const trace of [secret, 'Rossi', 'RSSMRA80A01H501U', '040 123456 ', '18-204417"}']) expect([trace, left.includes(trace)]).toEqual([trace, false])
  // The feed names the rows that went by their keys; the address is also Bianchi's.
  expect(await rowsOf(`SELECT 1 FROM address WHERE id = 'etra:A1'`)).toHaveLength(1)
  expect(await rowsOf('SELECT 1 FROM reading WHERE meter_id = $1', water.meter)).toHaveLength(0)
  expect(await rowsOf('SELECT 1 FROM ticket WHERE id = $1', shared.opId)).toHaveLength(1)

  const { changes } = changesAnswer.parse((await anna.call(`/v1/changes?feedId=${anna.state.feedId}&after=${head}&limit=500&protocol=1`)).body)
  expect(changes.every(({ kind, row }) => kind === 'delete' && row === null)).toBe(true)
  expect(new Set(changes.map(({ table }) => table))).toEqual(new Set(['ticketEvent', 'ticket', 'reading', 'meter', 'supplyPoint', 'contract', 'customer']))
  // A desk that comes from far back meets no old row either.
  const all = changesAnswer.parse((await anna.call(`/v1/changes?feedId=${anna.state.feedId}&after=0&limit=2000&protocol=1`)).body)
  expect(all.changes.filter(({ row }) => row !== null).every(({ row }) => JSON.stringify(row).includes(bianchi.id) || row?.['ticketId'] !== open.opId)).toBe(true)
  expect(JSON.stringify(all)).not.toContain(secret)

  const later = anna.openTicket(rossi.id, secret)
  const answers = await anna.send(later, anna.write('ticket.note', { ticketId: later.opId, text: secret }, { basis: { state: 'new' } }), anna.write('ticket.note', { ticketId: open.opId, text: secret }, { basis: { state: 'new' } }), anna.reading(1_260_000), anna.openTicket(bianchi.id))
  expect(outcomes(answers)).toEqual(['rejected erased', 'rejected erased', 'rejected erased', 'rejected erased', 'applied'])
  expect(await everything()).not.toContain(secret)
  // A desk that never had the customer is told nothing.
  const bruno = await addDesk(hub, { actor: people.agent, office: 'Sud', territories: [south] })
  expect(outcomes(await bruno.send(bruno.openTicket(rossi.id)))).toEqual(['rejected outside_territory'])
  expect(await rowsOf(`SELECT actor, subject FROM audit WHERE kind = 'erased'`)).toEqual([{ actor: people.administrator, subject: rossi.id }])
})

it('shows supervisors what was refused, without its contents', async () => {
  const refused = anna.openTicket('etra:none')
  await anna.send(refused)
  expect((await administration(anna, 'anna', 'refused', {})).status).toBe(403)
  const { body } = await administration(anna, 'sara', 'refused', {})
  const shown = (body as readonly Record<string, unknown>[]).find(({ opId }) => opId === refused.opId)
  expect(shown).toEqual({ opId: refused.opId, deviceId: anna.id, customerId: null, deviceName: expect.stringContaining('desk') as string, kind: 'ticket.open', actorName: 'Prova anna', writtenAt: refused.at, refusedAt: expect.any(String) as string, code: 'outside_territory' })
})

it('goes through although somebody writes to the same rows the other way round in that moment', async () => {
  const open = anna.openTicket(bianchi.id)
  await anna.send(open)
  const other = await hub.database.pool.connect()
  await other.query('BEGIN')
  await other.query('SELECT 1 FROM ticket WHERE id = $1 FOR UPDATE', [open.opId])
  const erased = administration(anna, 'ada', 'eraseCustomer', { customerId: bianchi.id, reason: 'Richiesta scritta' })
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`
  while ((await hub.database.pool.query(waiting)).rows.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  // One of the two is ended by the database: the one that has waited for a second.
  const mine = await other.query('SELECT 1 FROM customer WHERE id = $1 FOR UPDATE', [bianchi.id]).then(() => 'went through', () => 'was ended')
  await other.query('ROLLBACK')
  other.release()
  expect([mine, (await erased).status]).toEqual(['went through', 200])
  expect(await rowsOf('SELECT 1 FROM customer WHERE id = $1', bianchi.id)).toHaveLength(0)
})
