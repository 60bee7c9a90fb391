import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PoolClient } from 'pg'
import { inTransaction } from '../../../hub/database/pool.ts'
import { appendFeed, putChanges } from '../../../hub/sync/feed.ts'
import { checkFeedIdentity, rememberPosition, startNewFeed } from '../../../hub/sync/feed-identity.ts'
import { feedKeptDays, pruneFeed } from '../../../hub/sync/retention.ts'
import { scopesOf } from '../../../hub/sync/scopes.ts'
import { syncModule } from '../../../hub/sync/sync-module.ts'
import type { ChangesAnswer } from '../../../shared/sync/wire.ts'
import { changesAnswer } from '../../../shared/sync/wire.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, addPeople, bianchi, furlan, loadRecords, north, outcomes, rossi, south, water } from './records.ts'
import type { Desk } from './records.ts'

let hub: TestHub
let people: Awaited<ReturnType<typeof addPeople>>
beforeAll(async () => {
  hub = await startTestHub({ modules: [syncModule] })
  await loadRecords(hub.database)
  people = await addPeople(hub)
})
afterAll(() => hub.stop())

const north1 = () => addDesk(hub, { actor: people.agent })
const south1 = () => addDesk(hub, { actor: people.agent, office: 'Sud', territories: [south] })
const rowsOf = (sql: string, ...values: readonly unknown[]) => hub.database.asOwner(sql, values)
const pull = (desk: Desk, after: number, limit = 500) => desk.call(`/v1/changes?feedId=${desk.state.feedId}&after=${after}&limit=${limit}&protocol=1`)

async function follow(desk: Desk, from: number, limit = 500): Promise<ChangesAnswer['changes']> {
  const all: ChangesAnswer['changes'] = []
  for (let after = from; ; ) {
    const { status, body } = await pull(desk, after, limit)
    expect(status).toBe(200)
    const answer = changesAnswer.parse(body)
    expect(answer.from).toBe(after)
    expect(answer.changes.every(({ pos }) => pos > after && pos <= answer.to)).toBe(true)
    all.push(...answer.changes)
    after = answer.to
    if (!answer.more) return all
  }
}

it('gives positions without gaps and in the order of the commits, with eight writers at once', async () => {
  const [head] = await rowsOf('SELECT pos FROM feed_head')
  const start = Number(head?.['pos'])
  let cursor = start
  let writing = true
  const seen: number[] = []
  // A reader that only ever looks above its cursor must meet every row.
  const reader = (async () => {
    for (;;) {
      const last = !writing
      const rows = await rowsOf('SELECT pos FROM change WHERE pos > $1 ORDER BY pos', cursor)
      seen.push(...rows.map(({ pos }) => Number(pos)))
      cursor = seen.at(-1) ?? cursor
      if (last) return
    }
  })()
  const write = async (tx: PoolClient, by: number, turn: number) => {
    // The one that began first does not commit first.
    await tx.query('SELECT pg_sleep($1)', [((by * 7 + turn * 3) % 5) / 1_000])
    await appendFeed(tx, Array.from({ length: 1 + ((by + turn) % 3) }, (_, index) => ({ table: 'brand' as const, key: [`w${by}.${turn}.${index}`], kind: 'delete' as const, scopes: ['nobody'], row: null })))
    if ((by + turn) % 4 === 0) throw new Error('given up')
  }
  const desks = await Promise.all([north1(), south1()])
  await Promise.all([
    ...Array.from({ length: 6 }, async (_, by) => {
      for (let turn = 0; turn < 20; turn += 1) await inTransaction(hub.database.pool, (tx) => write(tx, by, turn)).catch(() => undefined)
    }),
    ...desks.map(async (desk, by) => {
      for (let turn = 0; turn < 10; turn += 1) await desk.send(desk.openTicket(by === 0 ? rossi.id : furlan.id))
    }),
  ])
  writing = false
  await reader
  expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => start + index + 1))
  expect(await rowsOf('SELECT 1 FROM feed_head WHERE pos = $1', start + seen.length)).toHaveLength(1)
})

it('knows the territories of a row of every table', async () => {
  await rowsOf(`INSERT INTO ticket (id, code, customer_id, area, type, channel, subject, received_day, state, priority, opened_at, updated_at, origin) VALUES ('t1', 't1', $1, 'water', 'report', 'phone', 'x', '2026-01-01', 'new', 'normal', 'x', 'x', 'desk')`, furlan.id)
  await rowsOf(`INSERT INTO portal_profile (id, customer_id, brand_id, created_at) VALUES ('p1', $1, 'etra', 'x')`, furlan.id)
  // A point with services of two customers in two territories.
  await rowsOf(`INSERT INTO contract (id, brand_id, service_code, customer_id, supply_point_id, domestic, start_day, state, direct_debit, bill_delivery) VALUES ('etra:S-9', 'etra', 'S-9', $1, 'etra:G:1', true, '2020-01-01', 'closed', false, 'paper')`, bianchi.id)
  const expected = [
    ['brand', { id: 'etra' }, ['*']],
    ['readingWindow', { id: 'w' }, ['*']],
    ['person', { id: 'p' }, ['*']],
    ['customer', { id: rossi.id }, [north]],
    ['customer', { id: 'nobody' }, ['none']],
    ['contract', { id: 'c', customerId: furlan.id }, [south]],
    ['invoice', { id: 'i', customerId: rossi.id }, [north]],
    ['ticket', { id: 't', customerId: rossi.id }, [north]],
    ['fieldConflict', { id: 'f', customerId: furlan.id }, [south]],
    ['attachment', { id: 'a', customerId: furlan.id }, [south]],
    ['decision', { id: 'd', customerId: rossi.id }, [north]],
    ['portalProfile', { id: 'q', customerId: furlan.id }, [south]],
    ['ticketEvent', { id: 'e', ticketId: 't1' }, [south]],
    ['contractLink', { id: 'l', profileId: 'p1', holderCustomerId: rossi.id }, [north, south]],
    ['supplyPoint', { id: 'etra:G:1' }, [north, south]],
    ['supplyPoint', { id: water.point }, [north]],
    ['meter', { id: 'etra:G:m', supplyPointId: 'etra:G:1' }, [north, south]],
    ['reading', { meterId: water.meter, day: 'd', entry: 'e' }, [north]],
    ['address', { id: 'etra:A2' }, [north, south]],
    ['address', { id: 'etra:A1' }, [north]],
  ] as const
  const found = await inTransaction(hub.database.pool, (tx) => scopesOf(tx, expected.map(([table, row]) => ({ table, row }))))
  expect(found).toEqual(expected.map(([, , scopes]) => scopes))
})

it('gives a desk the rows of its territories and moves it on past the others', async () => {
  const [anna, bruno] = [await north1(), await south1()]
  const { head } = await anna.send(anna.openTicket())
  const mine = anna.openTicket()
  const theirs = bruno.openTicket(furlan.id)
  await anna.send(mine)
  await bruno.send(theirs)
  const last = await bruno.send(bruno.openTicket(furlan.id))
  const { body } = await pull(anna, head)
  const answer = changesAnswer.parse(body)
  expect(answer).toMatchObject({ from: head, to: last.head, head: last.head, more: false, scopes: [north, '*'], scopeRevision: 1 })
  expect(answer.changes.map(({ table }) => table)).toEqual(['ticket', 'ticketEvent'])
  expect(answer.changes[0]?.row).toMatchObject({ id: mine.opId, customerId: rossi.id, number: expect.stringMatching(/^2026/) as string })
  expect((await follow(bruno, head)).map(({ row }) => row?.['id'])).not.toContain(mine.opId)
  // Whatever the size of the steps, the rows are the same.
  expect(await follow(anna, 0, 1)).toEqual(await follow(anna, 0))
})

it('tells a position it never gave out, another history, and one that is too long ago', async () => {
  const anna = await north1()
  const { head } = await anna.send(anna.openTicket())
  expect(await pull(anna, head + 1)).toMatchObject({ status: 409, body: { error: { code: 'feed_changed' } } })
  expect(await anna.call(`/v1/changes?feedId=other&after=0&protocol=1`)).toMatchObject({ status: 409, body: { error: { code: 'feed_changed', details: { feedId: anna.state.feedId } } } })
  expect((await anna.call(`/v1/changes?feedId=${anna.state.feedId}&after=0&protocol=0`)).status).toBe(400)
})

it('forgets what is old and what every live desk has, never more, and leaves a floor', async () => {
  const [anna, bruno] = [await north1(), await north1()]
  const { head } = await anna.send(anna.openTicket(), anna.openTicket())
  await rowsOf(`UPDATE change SET at = at - interval '200 days' WHERE pos <= $1`, head)
  await rowsOf(`UPDATE device SET cursor = 0, last_seen_at = now() - interval '300 days', enrolled_at = now() - interval '300 days'`)
  const now = hub.clock.now()
  await rowsOf('UPDATE device SET cursor = $2, last_seen_at = $3 WHERE id = $1', anna.id, head - 1, now)
  await rowsOf('UPDATE device SET cursor = $2, last_seen_at = $3 WHERE id = $1', bruno.id, head, now)
  await pruneFeed(hub.hub.parts, feedKeptDays)
  expect(await rowsOf('SELECT min_pos FROM feed_head')).toEqual([{ min_pos: head - 1 }])
  expect(await rowsOf('SELECT count(*) AS n FROM change WHERE pos < $1', head)).toEqual([{ n: 0 }])
  expect((await pull(anna, head - 1)).status).toBe(200)
  expect(await pull(anna, head - 2)).toEqual({ status: 410, body: { error: { code: 'snapshot_required' } } })
  // What is young stays, though everybody has it.
  await anna.send(anna.openTicket())
  await rowsOf('UPDATE device SET cursor = 1000000')
  await pruneFeed(hub.hub.parts, feedKeptDays)
  expect(await rowsOf('SELECT min_pos FROM feed_head')).toEqual([{ min_pos: head }])
})

it('tells those who listen, and only of their territories', async () => {
  const [anna, bruno] = [await north1(), await south1()]
  const answer = await anna.signedFetch('/v1/events')
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  const reader = answer.body!.getReader()
  const heads: number[] = []
  const until = async (head: number) => {
    while (!heads.includes(head)) {
      const { value, done } = await reader.read()
      if (done) throw new Error('the stream ended')
      for (const line of new TextDecoder().decode(value).split('\n')) if (line.startsWith('data:')) heads.push((JSON.parse(line.slice(5)) as { head: number }).head)
    }
  }
  // Whatever was on its way before has been told with this one.
  await until((await anna.send(anna.openTicket())).head)
  const theirs = await bruno.send(bruno.openTicket(furlan.id))
  const mine = await anna.send(anna.openTicket())
  await until(mine.head)
  expect(heads).not.toContain(theirs.head)
  await reader.cancel()
})

it('listens again after its connection was lost, and tells what was missed', async () => {
  const anna = await north1()
  const answer = await anna.signedFetch('/v1/events')
  const reader = answer.body!.getReader()
  await reader.read()
  await hub.database.pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sportello-hub-hints' AND datname = current_database()`)
  const { head } = await anna.send(anna.openTicket())
  let text = ''
  while (!text.includes(`{"head":${head}}`)) text += new TextDecoder().decode((await reader.read()).value)
  await reader.cancel()
})

it('begins a new history when the database has gone back, and only then', async () => {
  const { parts, config } = { parts: hub.hub.parts, config: hub.config }
  await rememberPosition(parts, config.dataDir)
  expect(await checkFeedIdentity(parts, config.dataDir)).toBe('same')
  const anna = await north1()
  const open = anna.openTicket()
  await anna.send(open)
  await rememberPosition(parts, config.dataDir)
  // As after a restore: the last positions are gone, and with them what was acknowledged.
  await rowsOf('ALTER TABLE receipt DISABLE TRIGGER ALL')
  await rowsOf('DELETE FROM receipt WHERE device_id = $1', anna.id)
  await rowsOf('ALTER TABLE receipt ENABLE TRIGGER ALL')
  await rowsOf('DELETE FROM ticket_event WHERE ticket_id = $1', open.opId)
  await rowsOf('DELETE FROM ticket WHERE id = $1', open.opId)
  await rowsOf('UPDATE device SET last_seq = 0 WHERE id = $1', anna.id)
  await rowsOf('DELETE FROM change WHERE pos = (SELECT max(pos) FROM change)')
  await rowsOf('UPDATE feed_head SET pos = pos - 1')
  expect(await checkFeedIdentity(parts, config.dataDir)).toBe('new_feed')
  expect(await anna.push(open)).toMatchObject({ status: 409, body: { error: { code: 'feed_changed' } } })
  const [head] = await rowsOf('SELECT feed_id FROM feed_head')
  anna.state.feedId = String(head?.['feed_id'])
  expect(outcomes(await anna.send(open))).toEqual(['applied'])
  // A new history that was begun on purpose is no reason for another one.
  await startNewFeed(parts, 'restored')
  expect(await checkFeedIdentity(parts, config.dataDir)).toBe('same')
})

it('notices a database that has gone back although its feed has not: a refusal that was told, a desk that was let go', async () => {
  const { parts, config } = { parts: hub.hub.parts, config: hub.config }
  await inTransaction(hub.database.pool, (tx) => parts.audit(tx, { at: parts.clock.now().toISOString(), actor: 'hub', deviceId: null, kind: 'device_revoked', subject: 'a desk', details: {} }))
  await rememberPosition(parts, config.dataDir)
  expect(await checkFeedIdentity(parts, config.dataDir)).toBe('same')
  await rowsOf('ALTER TABLE audit DISABLE TRIGGER ALL')
  await rowsOf('DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)')
  await rowsOf('ALTER TABLE audit ENABLE TRIGGER ALL')
  expect(await checkFeedIdentity(parts, config.dataDir)).toBe('new_feed')
  expect(await checkFeedIdentity(parts, config.dataDir)).toBe('same')
})

it('writes rows for all who hold them', async () => {
  const row = { id: 'etra', name: 'Adria', portal: 'S4' }
  const [change] = await inTransaction(hub.database.pool, (tx) => putChanges(tx, [{ table: 'brand', row }]))
  expect(change).toEqual({ table: 'brand', key: ['etra'], kind: 'put', scopes: ['*'], row })
})
