import { afterAll, beforeAll, expect, it } from 'vitest'
import { recordPlans, tableNames } from '../../../shared/model/record-plan.ts'
import type { TableName } from '../../../shared/domain/records/tables.ts'
import { copyLine, createRowSum } from '../../../shared/sync/row-digest.ts'
import { checksumsAnswer, snapshotPageHead, snapshotPlan } from '../../../shared/sync/wire.ts'
import type { SnapshotPlan } from '../../../shared/sync/wire.ts'
import { addUpApart, createChecksums } from '../../../hub/sync/checksums.ts'
import { selectList } from '../../../hub/sync/record-sql.ts'
import { createHints } from '../../../hub/sync/hints.ts'
import { createPages } from '../../../hub/sync/snapshot-page.ts'
import { syncModule } from '../../../hub/sync/sync-module.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, addPeople, bianchi, furlan, loadRecords, north, rossi, south } from './records.ts'
import type { Desk } from './records.ts'

let hub: TestHub
let people: Awaited<ReturnType<typeof addPeople>>
const many = 700
beforeAll(async () => {
  hub = await startTestHub({ modules: [syncModule] })
  await loadRecords(hub.database)
  people = await addPeople(hub)
  // Enough for more than one page, with values that COPY has to write otherwise.
  await hub.database.asOwner(
    `INSERT INTO customer (id, brand_id, code, kind, last_name, vulnerable, address_id, updated_at)
     SELECT 'etra:9' || lpad(i::text, 5, '0'), 'etra', '9' || i, 'company', E'Tab\tulazione \\\\ riga\n' || i || ' è', i % 2 = 0, 'etra:A1', 'x' FROM generate_series(1, ${many}) AS i`,
  )
  await hub.database.asOwner(`INSERT INTO customer_territory (customer_id, territory_id) SELECT id, CASE WHEN vulnerable THEN '${north}' ELSE '${south}' END FROM customer WHERE code LIKE '9%'`)
  const anna = await addDesk(hub, { actor: people.agent })
  await anna.send(anna.openTicket(), anna.openTicket(bianchi.id), anna.write('portal.link', {}))
  await hub.database.asOwner(`INSERT INTO portal_profile (id, customer_id, brand_id, created_at) VALUES ('p1', $1, 'etra', 'x')`, [furlan.id])
  await hub.database.asOwner(
    `INSERT INTO contract_link (id, profile_id, contract_id, holder_customer_id, declared_as, declaration_version, declaration_text, linked_by, linked_at, state) VALUES ('l1', 'p1', 'etra:S-100', $1, 'authorised', '1', 'x', 'x', 'x', 'linked')`,
    [rossi.id],
  )
})
afterAll(() => hub.stop())

const both = () => addDesk(hub, { actor: people.agent, office: 'Tutti', territories: [north, south] })

async function plan(desk: Desk, scopes: readonly string[] | null = null): Promise<SnapshotPlan> {
  const { status, body } = await desk.call('/v1/snapshot', { method: 'POST', body: { protocol: 1, scopes } })
  expect(status).toBe(200)
  return snapshotPlan.parse(body)
}
const page = async (desk: Desk, token: string) => desk.signedFetch(`/v1/snapshot/page?token=${token}`)

/** Lines of each table, as a desk would keep them: a row that comes twice is one. */
async function load(desk: Desk, { token }: SnapshotPlan): Promise<{ lines: Map<string, Set<string>>; sizes: number[]; customers: number }> {
  const lines = new Map<string, Set<string>>()
  const sizes: number[] = []
  let customers = 0
  for (let next: string | null = token; next !== null; ) {
    const text = await (await page(desk, next)).text()
    const [first = '', ...rest] = text.split('\n')
    const head = snapshotPageHead.parse(JSON.parse(first))
    let table = ''
    for (const line of rest) {
      if (line.startsWith('#table\t')) table = line.split('\t')[1] ?? ''
      else if (line !== '') lines.set(table, (lines.get(table) ?? new Set()).add(line))
    }
    sizes.push(head.customersSoFar - customers)
    customers = head.customersSoFar
    next = head.next
  }
  return { lines, sizes, customers }
}

/** Rows that a desk of both territories holds, from the tables themselves. */
async function wholeTable(table: TableName): Promise<Set<string>> {
  const rows = await hub.database.asOwner(`SELECT ${selectList(table, 't')} FROM ${recordPlans[table].table} AS t`)
  return new Set(rows.map((row) => copyLine(recordPlans[table].columns.map(({ property }) => row[property] as string | number | boolean | null))))
}

it('brings everything of the desk, page by page, the first one small', async () => {
  const desk = await both()
  const planned = await plan(desk)
  expect(planned).toMatchObject({ scopes: ['*', north, south], scopeRevision: 1, customers: many + 3 })
  const { lines, sizes, customers } = await load(desk, planned)
  expect(customers).toBe(planned.customers)
  expect(sizes.length).toBeGreaterThan(2)
  expect(sizes[0]).toBe(300)
  for (const table of tableNames) expect([table, lines.get(table) ?? new Set()]).toEqual([table, await wholeTable(table)])
})

it('brings nothing of other territories, and of a link both sides', async () => {
  const anna = await addDesk(hub, { actor: people.agent })
  const { lines } = await load(anna, await plan(anna))
  expect([...(lines.get('customer') ?? [])].some((line) => line.startsWith(furlan.id))).toBe(false)
  expect(lines.get('portalProfile')).toBeUndefined()
  expect(lines.get('contractLink')?.size).toBe(1)
  expect(lines.get('customer')?.size).toBe(2 + many / 2)
  const readings = [...(lines.get('reading') ?? [])]
  expect(readings.every((line) => line.startsWith('etra:W:'))).toBe(true)
})

it('brings the territories that are missing, and no others, also not those of somebody else', async () => {
  const desk = await both()
  const planned = await plan(desk, [south, 'elsewhere'])
  expect(planned.scopes).toEqual(['*', south])
  const { lines } = await load(desk, planned)
  expect(lines.get('customer')?.size).toBe(1 + many / 2)
  expect(await plan(desk, ['elsewhere'])).toMatchObject({ scopes: ['*'], customers: 0 })
})

it('gives the same page again for the same token, and ends when territories or history have changed', async () => {
  const desk = await both()
  const { token } = await plan(desk)
  const first = await (await page(desk, token)).text()
  const again = await (await page(desk, token)).text()
  // The seal of the next token differs, what it says does not.
  expect(again.slice(again.indexOf('\n'))).toBe(first.slice(first.indexOf('\n')))
  const { next } = snapshotPageHead.parse(JSON.parse(first.slice(0, first.indexOf('\n'))))
  const stranger = await addDesk(hub, { actor: people.agent })
  expect((await page(stranger, next ?? '')).status).toBe(410)
  expect((await page(desk, 'AAAA')).status).toBe(400)
  expect((await page(desk, `${token.slice(0, -6)}AAAAAA`)).status).toBe(400)
  await hub.database.asOwner('UPDATE device SET scope_revision = 2 WHERE id = $1', [desk.id])
  expect((await page(desk, next ?? '')).status).toBe(410)
  await hub.database.asOwner('UPDATE device SET scope_revision = 1 WHERE id = $1', [desk.id])
  expect((await page(desk, next ?? '')).status).toBe(200)
  await hub.database.asOwner('UPDATE feed_head SET feed_id = $1', ['another'])
  expect((await page(desk, next ?? '')).status).toBe(410)
  await hub.database.asOwner('UPDATE feed_head SET feed_id = $1', [desk.state.feedId])
})

it('names no customer in an address', async () => {
  const desk = await both()
  const text = await (await page(desk, (await plan(desk)).token)).text()
  const { next } = snapshotPageHead.parse(JSON.parse(text.slice(0, text.indexOf('\n'))))
  expect(Buffer.from(next ?? '', 'base64url').toString('latin1')).not.toContain('etra')
})

it('brings parts of the customers alone, with everything that is theirs', async () => {
  const desk = await both()
  const part = rossi.id.slice(-2)
  const { status, body } = await desk.call('/v1/snapshot', { method: 'POST', body: { protocol: 1, scopes: null, parts: [part] } })
  expect(status).toBe(200)
  const { lines } = await load(desk, snapshotPlan.parse(body))
  const ids = [...(lines.get('customer') ?? [])].map((line) => line.split('\t')[0] ?? '')
  expect(ids).toContain(rossi.id)
  expect(ids.every((id) => id.endsWith(part))).toBe(true)
  expect(ids).toHaveLength((await hub.database.asOwner(`SELECT id FROM customer WHERE right(id, 2) = $1`, [part])).length)
  expect(lines.get('contract')?.size).toBe(1)
  expect(lines.get('person')).toEqual(await wholeTable('person'))
  const none = snapshotPlan.parse((await desk.call('/v1/snapshot', { method: 'POST', body: { protocol: 1, scopes: null, parts: [] } })).body)
  expect([...(await load(desk, none)).lines.keys()].toSorted()).toEqual(['brand', 'person', 'readingWindow'])
})

it('sums what the desk should hold by parts of the customers, and again after changes', async () => {
  const desk = await both()
  const sumOf = (lines: Iterable<string>) => {
    const own = createRowSum()
    for (const line of lines) {
      const bytes = Buffer.from(line)
      own.add(bytes, 0, bytes.length)
    }
    return { rows: own.rows(), sum: own.text() }
  }
  const compare = async () => {
    const { head, checksums } = checksumsAnswer.parse((await desk.call('/v1/checksums')).body)
    expect(await hub.database.asOwner('SELECT pos FROM feed_head')).toEqual([{ pos: head }])
    expect([...new Set(checksums.map(({ table }) => table))].toSorted()).toEqual([...tableNames].toSorted())
    const parts = Map.groupBy(await wholeTable('customer'), (line) => (line.split('\t')[0] ?? '').slice(-2))
    expect(parts.size).toBeGreaterThan(10)
    for (const [scope, lines] of parts) expect(checksums.find((each) => each.table === 'customer' && each.scope === scope)).toEqual({ table: 'customer', scope, ...sumOf(lines) })
    for (const table of ['brand', 'readingWindow', 'person'] as const) expect(checksums.filter((each) => each.table === table)).toEqual([{ table, scope: '*', ...sumOf(await wholeTable(table)) }])
    // The address is both Rossi's and Bianchi's: once in each part.
    expect(checksums.filter(({ table, scope, rows }) => table === 'address' && rows > 0 && [rossi.id, bianchi.id].some((id) => id.endsWith(scope))).length).toBeGreaterThan(1)
    return checksums
  }
  const before = await compare()
  const open = desk.openTicket()
  await desk.send(open, desk.reading(1_250_000), desk.write('customer.change-contact', { customerId: rossi.id, changes: [{ field: 'mobile', from: null, to: '338 421 9017' }] }, { entity: 'customer' }))
  const after = await compare()
  const changed = after.filter(({ table, scope, sum }) => before.find((each) => each.table === table && each.scope === scope)?.sum !== sum)
  expect([...new Set(changed.map(({ table }) => table))].toSorted()).toEqual(['customer', 'reading', 'ticket', 'ticketEvent'])
  expect([...new Set(changed.map(({ scope }) => scope))]).toEqual([rossi.id.slice(-2)])
})

it('adds up in a thread of its own, and only where the feed has moved', async () => {
  const asked: (number | null)[] = []
  const checksums = createChecksums(hub.database, (given) => {
    asked.push(given.before?.pos ?? null)
    return addUpApart(given)
  })
  const first = await checksums(['*', north])
  expect(await checksums(['*', north])).toEqual(first)
  expect(asked).toEqual([null])
  const desk = await both()
  await desk.send(desk.openTicket())
  expect((await checksums(['*', north])).head).toBeGreaterThan(first.head)
  expect(asked).toEqual([null, first.head])
})

it('takes no place for a desk that hung up while it waited, nor does a line of news', async () => {
  const pages = createPages(hub.hub.parts)
  const empty = () => Promise.resolve({ head: { next: null, customersSoFar: 0, head: 0 }, everybodys: false, customers: null })
  for (let time = 0; time < 30; time += 1) await pages.open(empty, AbortSignal.abort())
  expect(createHints(hub.hub.parts).open('gone', [], AbortSignal.abort()).destroyed).toBe(true)
})
