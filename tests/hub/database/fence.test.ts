/** Item 10 of the hardening list (reliability, section 7): a query that forgot its condition still gives nothing of another territory. */
import { createHash } from 'node:crypto'
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fence } from '../../../hub/database/fence.ts'
import { inTransaction } from '../../../hub/database/pool.ts'
import { recordPlans, tableNames } from '../../../shared/model/record-plan.ts'
import type { ChecksumsAnswer, SnapshotPlan } from '../../../shared/sync/wire.ts'
import { oldestProtocol } from '../../../shared/sync/wire.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, addPeople, furlan, loadRecords, north, rossi, south } from '../sync/records.ts'
import type { Desk } from '../sync/records.ts'

let hub: TestHub
let desk: Desk
const contents = { north: Buffer.from('del nord'), south: Buffer.from('del sud') }
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
beforeAll(async () => {
  hub = await startTestHub()
  await loadRecords(hub.database)
  const { agent } = await addPeople(hub)
  desk = await addDesk(hub, { actor: agent })
  const there = await addDesk(hub, { actor: agent, office: 'Sud', territories: [south] })
  const own = hub.database.asOwner
  for (const [id, territory] of [[rossi.id, 'north'], [furlan.id, 'south']] as const) {
    const writer = territory === 'north' ? desk : there
    const ticket = writer.openTicket(id)
    await writer.send(ticket)
    const sha256 = hashOf(contents[territory])
    await own(`INSERT INTO attachment (id, ticket_id, customer_id, name, media_type, size, sha256, added_by, added_at) VALUES ($1, $2, $3, 'a', 'text/plain', $4, $5, 'x', '')`, [`a-${territory}`, ticket.opId, id, contents[territory].length, sha256])
    await own(`INSERT INTO invoice (id, contract_id, customer_id, number, issue_day, due_day, amount_cents, paid_cents, estimated, has_pdf) VALUES ($1, $1, $2, '1', '', '', 1, 1, false, false)`, [`i-${territory}`, id])
    await own(`INSERT INTO portal_profile (id, customer_id, brand_id, created_at) VALUES ($1, $2, 'etra', '')`, [`p-${territory}`, id])
    await own(`INSERT INTO contract_link (id, profile_id, contract_id, holder_customer_id, declared_as, declaration_version, declaration_text, linked_by, linked_at, state) VALUES ($1, $2, 'etra:S-100', $3, 'holder', '1', '', 'x', '', 'linked')`, [`l-${territory}`, `p-${territory}`, id])
    await own(`INSERT INTO field_conflict (id, customer_id, field, kept_by, at, state) VALUES ($1, $2, 'phone', 'x', '', 'open')`, [`f-${territory}`, id])
    await own(`INSERT INTO decision (id, customer_id, about, subject_id, seq, choice, decided_by, decided_at) VALUES ($1, $2, 'conflict', 'f', 1, 'keep', 'x', '')`, [`d-${territory}`, id])
  }
  await own(`INSERT INTO reading (meter_id, day, entry, source, state, value) VALUES ('etra:G:m', '2026-07-01', 'b', 'company', 'acquired', 1)`)
})
afterAll(() => hub.stop())

const behind = <T>(territories: readonly string[] | null, work: (tx: PoolClient) => Promise<T>): Promise<T> =>
  inTransaction(hub.database.pool, async (tx) => {
    if (territories) await fence(tx, territories)
    else await tx.query(`SET LOCAL ROLE sportello_reader`)
    return work(tx)
  })
/** How many rows of each table of customers a query without any condition gives. */
const fenced = tableNames.filter((name) => !['brand', 'readingWindow', 'person'].includes(name)).map((name) => recordPlans[name].table)
const counts = async (query: (sql: string) => Promise<{ rows: unknown[] }>) => {
  const found: Record<string, number> = {}
  for (const table of [...fenced, 'customer_territory', 'change']) found[table] = (await query(`SELECT * FROM ${table}`)).rows.length
  return found
}

describe('a read that forgot its condition', () => {
  it('gives what belongs to the territories of the desk, in every table, and nothing more', async () => {
    const all = await counts((sql) => hub.database.pool.query(sql))
    const [inNorth, inSouth, inBoth, inNone, unset] = [
      await behind([north], (tx) => counts((sql) => tx.query(sql))), await behind([south], (tx) => counts((sql) => tx.query(sql))),
      await behind([north, south], (tx) => counts((sql) => tx.query(sql))), await behind([], (tx) => counts((sql) => tx.query(sql))), await behind(null, (tx) => counts((sql) => tx.query(sql))),
    ]
    for (const [table, count] of Object.entries(all)) {
      expect(inNorth[table], table).toBeGreaterThan(0)
      expect(inSouth[table], table).toBeGreaterThan(0)
      expect(inNorth[table], table).toBeLessThan(count)
      expect(inBoth[table], table).toBe(count)
      expect(inNone[table], table).toBe(0)
      expect(unset[table], table).toBe(0)
    }
    const { rows } = await behind([north], (tx) => tx.query<{ last_name: string }>('SELECT last_name FROM customer ORDER BY 1'))
    expect(rows.map(({ last_name: name }) => name)).toEqual(['Bianchi', 'Rossi'])
    expect(JSON.stringify((await behind([south], (tx) => tx.query('SELECT * FROM change'))).rows)).not.toContain(rossi.id)
  })

  it('gives nothing of people’s passwords, sessions, desks and the audit, and writes nothing', async () => {
    for (const sql of ['SELECT 1 FROM staff', 'SELECT 1 FROM session', 'SELECT 1 FROM device', 'SELECT 1 FROM audit', 'SELECT 1 FROM hub_setting', 'SELECT 1 FROM refused_op', `UPDATE customer SET phone = ''`, 'DELETE FROM ticket', `INSERT INTO team (id, name) VALUES ('x', 'x')`])
      await expect(behind([north], (tx) => tx.query(sql)), sql).rejects.toThrow(/permission denied/)
  })

  it('is fenced to the end of its transaction, and the connection is as before afterwards', async () => {
    const [connection] = [await hub.database.pool.connect()]
    try {
      const role = async () => (await connection.query<{ role: string; fence: string | null }>(`SELECT current_user AS role, nullif(current_setting('sportello.fence', true), '') AS fence`)).rows[0]
      await connection.query('BEGIN')
      await fence(connection, [north])
      expect(await role()).toEqual({ role: 'sportello_reader', fence: north })
      await connection.query('COMMIT')
      expect(await role()).toEqual({ role: 'sportello_hub', fence: null })
    } finally {
      connection.release()
    }
  })
})

it('what a desk reads of customers goes through the fence', async () => {
  const page = async () => {
    const plan = (await desk.call('/v1/snapshot', { method: 'POST', body: { protocol: oldestProtocol, scopes: null } })).body as SnapshotPlan
    return (await desk.signedFetch(`/v1/snapshot/page?token=${encodeURIComponent(plan.token)}`)).text()
  }
  const path = `/v1/blobs/${hashOf(contents.north)}`
  const put = await desk.call(`${path}?start=0&size=${contents.north.length}`, { method: 'PUT', bytes: contents.north })
  expect(put).toMatchObject({ status: 200, body: { complete: true } })
  const customers = async ({ call }: Pick<Desk, 'call'>) => ((await call('/v1/checksums')).body as ChecksumsAnswer).checksums.reduce((sum, { table, rows }) => sum + (table === 'customer' ? rows : 0), 0)
  expect(await page()).toContain('Rossi')
  expect(await page()).not.toContain('Furlan')
  expect(await customers(desk)).toBe(2)
  expect((await desk.signedFetch(path)).status).toBe(200)
  // A fence that lets nothing through: whatever gets round it would still be seen.
  for (const table of ['customer', 'attachment']) await hub.database.asOwner(`ALTER POLICY fence ON ${table} USING (false)`)
  await desk.send(desk.openTicket(rossi.id))
  expect(await page()).not.toContain('Rossi')
  expect((await desk.signedFetch(path)).status).toBe(404)
  const beside = await startTestHub({ database: hub.database })
  expect((await beside.hub.parts.pool.query('SELECT 1 FROM customer')).rowCount).toBe(3)
  const other = await addDesk(beside, { actor: 'x' })
  expect(await customers(other)).toBe(0)
  await beside.stop()
})
