import { createServer, connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { realHub } from '../../electron/core/sync/desk-hub.ts'
import type { TicketHolder } from '../../shared/contract/tickets.ts'
import { addOffice, startTestHub } from '../support/hub-app.ts'
import type { TestHub } from '../support/hub-app.ts'
import { exchange, inStore } from '../support/hub-desk.ts'
import { enrolmentCode, fillRealHub } from '../support/hub-fill.ts'
import { testPassword } from '../support/hash-cost.ts'
import { rossi } from '../support/master-data.ts'
import { createTestCore } from '../support/test-core.ts'
import type { TestCore } from '../support/test-core.ts'

let hub: TestHub
let office = ''
let numbers = 0
const closing: (() => unknown)[] = []

beforeAll(async () => {
  hub = await startTestHub()
  office = await addOffice(hub, 'Trieste', ['T1'])
  await fillRealHub(hub, 'T1')
})
beforeEach(() => hub.database.asOwner('DELETE FROM lease'))
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})
afterAll(() => hub.stop())

/** What lies between a desk and the hub, and can be cut. */
async function cable() {
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    const far = connect(Number(new URL(hub.url).port), '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
    }
    near.pipe(far).pipe(near)
    if (isCut) near.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  closing.push(() => {
    cut()
    server.close()
  })
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cut, mend: () => (isCut = false) }
}

/** A desk on the line, with its person signed in at the hub too; nothing else happens by itself. */
async function desk() {
  const line = await cable()
  const core = await createTestCore({ deskNumber: ++numbers, hub: { ...realHub, timer: { after: () => () => undefined, random: () => 0.5 } } })
  closing.push(() => core.close())
  expect(await core.call('hub', 'join', { address: line.address, code: await enrolmentCode(hub, office, numbers === 1) })).toMatchObject({ ok: true })
  expect(await exchange(core)).toBe(null)
  expect(await core.call('hub', 'openSession', { password: testPassword })).toMatchObject({ ok: true, value: { session: 'open' } })
  return { core, line }
}
async function holders(core: TestCore): Promise<readonly TicketHolder[]> {
  const reply = await core.call('tickets', 'holders', {})
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value
}
/** Waits until the desk knows it: each time that it says that something has changed, it is asked. */
function until(core: TestCore, is: (found: readonly TicketHolder[]) => boolean): Promise<readonly TicketHolder[]> {
  return new Promise((resolve, reject) => {
    const look = () => void holders(core).then((found) => {
      if (!is(found)) return
      leave()
      resolve(found)
    }, reject)
    const leave = core.core.subscribe((event) => event.kind === 'leases' && look())
    look()
  })
}
const oneOf = (ticketId: string) => (found: readonly TicketHolder[]) => found.some((each) => each.ticketId === ticketId)
const noneOf = (ticketId: string) => (found: readonly TicketHolder[]) => !oneOf(ticketId)(found)

async function twoDesks() {
  const [first, second] = [await desk(), await desk()]
  const reply = await first.core.call('tickets', 'open', { customerId: rossi.id, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject: 'chi risponde' })
  const ticketId = reply.ok ? reply.value.ticketId : ''
  for (const { core } of [first, second]) expect(await exchange(core)).toBe(null)
  return { first, second, ticketId }
}

it('is seen by the other desk, who goes on all the same, and is gone when it is given up', async () => {
  const { first: { core: first }, second: { core: second }, ticketId } = await twoDesks()
  expect(await first.call('tickets', 'hold', { ticketId, hold: true })).toEqual({ ok: true, value: { held: true } })
  expect(await until(second, oneOf(ticketId))).toEqual([{ ticketId, person: 'Anna Prova', desk: 'Prova 1', since: second.clock.now().toISOString() }])
  expect(await holders(first), 'nobody is told of oneself').toEqual([])
  expect(await second.call('tickets', 'hold', { ticketId, hold: true }), 'one holder is enough').toEqual({ ok: true, value: { held: false } })
  expect(await second.call('tickets', 'take', { ticketId, text: 'lo prendo io' }), 'nothing is refused because of it').toMatchObject({ ok: true })
  await first.call('tickets', 'hold', { ticketId, hold: false })
  await until(second, noneOf(ticketId))
  expect(await second.call('tickets', 'hold', { ticketId, hold: true })).toEqual({ ok: true, value: { held: true } })
  await until(first, oneOf(ticketId))
  await second.call('session', 'signOut', {})
  await until(first, noneOf(ticketId))
})

it('is not known without a line: nothing is claimed, until the hub says it again', async () => {
  const { first: { core: first }, second: { core: second, line }, ticketId } = await twoDesks()
  await first.call('tickets', 'hold', { ticketId, hold: true })
  await until(second, oneOf(ticketId))
  line.cut()
  await until(second, noneOf(ticketId))
  expect(await second.call('tickets', 'hold', { ticketId, hold: true }), 'writing needs no hub').toEqual({ ok: true, value: { held: false } })
  line.mend()
  expect(await exchange(second)).toBe(null)
  await until(second, oneOf(ticketId))
})

it('is nowhere on the disk', async () => {
  const { first: { core: first }, second: { core: second }, ticketId } = await twoDesks()
  await hub.database.asOwner(`UPDATE device SET name = 'Sportello Girasole' WHERE id = $1`, [first.core.desk.hub()!.link.deviceId])
  await first.call('tickets', 'hold', { ticketId, hold: true })
  expect(await until(second, oneOf(ticketId))).toMatchObject([{ desk: 'Sportello Girasole' }])
  const stored = inStore(second, (db) => {
    const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'`).pluck().all() as string[]
    return tables.map((table) => JSON.stringify(db.prepare(`SELECT * FROM "${table}"`).all()))
  })
  expect(stored.join('')).not.toContain('Girasole')
  for (const name of readdirSync(second.dataDir, { recursive: true, encoding: 'utf8' })) {
    const path = join(second.dataDir, name)
    if (statSync(path).isFile()) expect(readFileSync(path).includes('Girasole'), name).toBe(false)
  }
  expect(hub.logs.join(''), 'nor in the hub’s log').not.toMatch(new RegExp(`${ticketId}|Girasole`))
})

it('is nothing at a desk that stands alone, and no ticket is made up', async () => {
  const core = await createTestCore({ deskNumber: ++numbers })
  closing.push(() => core.close())
  expect(await core.call('tickets', 'holders', {})).toEqual({ ok: true, value: [] })
  expect(await core.call('tickets', 'hold', { ticketId: 'unknown', hold: true })).toMatchObject({ ok: false, error: { code: 'ticket_not_found' } })
})
