import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { syncModule } from '../../../hub/sync/sync-module.ts'
import type { PushAnswer, WireOperation } from '../../../shared/sync/wire.ts'
import { startTestHub, testDevice } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, addPeople, loadRecords, rossi } from './records.ts'
import type { Desk } from './records.ts'

let hub: TestHub
let people: Awaited<ReturnType<typeof addPeople>>
beforeAll(async () => {
  hub = await startTestHub({ now: new Date().toISOString(), modules: [syncModule] })
  await loadRecords(hub.database)
  people = await addPeople(hub)
})
afterAll(() => hub.stop())

const rowsOf = (sql: string, ...values: readonly unknown[]) => hub.database.asOwner(sql, values)

async function startChild(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('child-hub.ts', import.meta.url)), hub.database.url], { stdio: ['ignore', 'ignore', 'pipe'] })
  for await (const chunk of child.stderr as AsyncIterable<Buffer>) {
    const port = /port (\d+)/.exec(chunk.toString())?.[1]
    if (port !== undefined) return { child, url: `http://127.0.0.1:${port}` }
  }
  throw new Error('the hub did not start')
}

type Sender = { readonly desk: Desk; readonly operations: readonly WireOperation[]; readonly acknowledged: Map<string, number> }

/** Sends everything in small pushes, at any hub that answers, and repeats what it got no answer for, as a desk does. */
async function deliverAll({ desk, operations, acknowledged }: Sender, urls: () => readonly string[]): Promise<void> {
  let turn = 0
  for (let at = 0; at < operations.length; ) {
    const url = urls()[(turn += 1) % urls().length] ?? hub.url
    const batch = operations.slice(at, at + 5)
    const answer = await testDevice({ url, clock: { ...hub.clock, now: () => new Date() } }, desk.id, desk.privateKey)
      .call('/v1/push', { method: 'POST', body: desk.request(batch) })
      .catch(() => null)
    if (answer?.status === 200) {
      for (const { opId, pos } of (answer.body as PushAnswer).receipts) {
        // Whoever asks again is told the same.
        expect(acknowledged.get(opId) ?? pos).toBe(pos)
        acknowledged.set(opId, pos)
      }
      at += batch.length
    } else if (answer !== null) expect([503, 500]).toContain(answer.status)
  }
}

async function check(senders: readonly Sender[]): Promise<void> {
  const wanted = senders.flatMap(({ operations }) => operations)
  const tickets = await rowsOf('SELECT id, number FROM ticket WHERE id = ANY($1)', wanted.map(({ opId }) => opId))
  expect(tickets).toHaveLength(wanted.length)
  expect(new Set(tickets.map(({ number }) => number)).size).toBe(wanted.length)
  for (const { desk, operations, acknowledged } of senders) {
    const receipts = await rowsOf('SELECT seq, op_id, outcome, pos FROM receipt WHERE device_id = $1 ORDER BY seq', desk.id)
    expect(receipts.map(({ seq, op_id: id, outcome, pos }) => [seq, id, outcome, pos])).toEqual(operations.map(({ seq, opId }) => [seq, opId, 'applied', acknowledged.get(opId)]))
  }
  const [{ dense } = {}] = await rowsOf('SELECT (SELECT count(*) FROM change) = (SELECT pos FROM feed_head) AND (SELECT count(DISTINCT pos) FROM change) = (SELECT max(pos) FROM change) AS dense')
  expect(dense).toBe(true)
  const doubled = await rowsOf('SELECT ticket_id FROM ticket_event GROUP BY ticket_id HAVING count(*) > 1')
  expect(doubled).toEqual([])
}

async function senders(count: number, each: number): Promise<Sender[]> {
  const desks = await Promise.all(Array.from({ length: count }, () => addDesk(hub, { actor: people.agent })))
  const now = new Date().toISOString()
  return desks.map((desk) => ({ desk, operations: Array.from({ length: each }, () => desk.write('ticket.open', { customerId: rossi.id, supplyPointId: null, area: 'water', type: 'report', channel: 'phone', receivedDay: '2026-01-01', subject: 'Perdita', text: '', priority: 'normal' }, { at: now })), acknowledged: new Map() }))
}

it('loses and doubles nothing when one of two hubs on a database is killed again and again', async () => {
  let child = await startChild()
  let finished = false
  const killer = (async () => {
    for (let turn = 0; turn < 3 && !finished; turn += 1) {
      const before = Number((await rowsOf('SELECT count(*) AS n FROM receipt'))[0]?.['n'])
      // In the middle of the work, wherever that is.
      while (!finished && Number((await rowsOf('SELECT count(*) AS n FROM receipt'))[0]?.['n']) < before + 20) await new Promise((resolve) => setImmediate(resolve))
      child.child.kill('SIGKILL')
      await once(child.child, 'exit')
      child = await startChild()
    }
  })()
  const all = await senders(6, 40)
  await Promise.all(all.map((sender) => deliverAll(sender, () => [hub.url, child.url])))
  finished = true
  await killer
  child.child.kill('SIGKILL')
  await check(all)
})

it('loses and doubles nothing when the database ends connections in the middle of the work', async () => {
  let finished = false
  const cutter = (async () => {
    const count = async () => Number((await rowsOf('SELECT count(*) AS n FROM receipt'))[0]?.['n'])
    for (let before = await count(); !finished; ) {
      // Whenever a few more have been delivered, so that the work gets on.
      if ((await count()) < before + 10) continue
      before = await count()
      await hub.database.pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user AND state <> 'idle'`).catch(() => undefined)
    }
  })()
  const all = await senders(4, 30)
  await Promise.all(all.map((sender) => deliverAll(sender, () => [hub.url])))
  finished = true
  await cutter
  const [{ dense } = {}] = await rowsOf('SELECT count(*) = max(pos) AS dense FROM change')
  expect(dense).toBe(true)
  await check(all)
})
