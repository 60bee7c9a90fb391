import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acquireReadings } from '../../../hub/exports/acquisition.ts'
import { identityModule } from '../../../hub/identity/identity-module.ts'
import { createJobsModule } from '../../../hub/jobs/jobs-module.ts'
import { addPerson, enrolDevice, startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'

let hub: TestHub
beforeEach(async () => {
  hub = await startTestHub({ modules: [identityModule, (parts) => createJobsModule(parts, { pollSeconds: 0.5 })] })
  const own = hub.database.asOwner
  await own(`INSERT INTO customer (id, brand_id, code, kind, updated_at) VALUES ('etra:1', 'etra', '1', 'person', '')`)
  await own(`INSERT INTO customer_territory VALUES ('etra:1', 'all')`)
  await own(`INSERT INTO supply_point (id, brand_id, commodity, code) VALUES ('etra:W:1', 'etra', 'water', 'W1')`)
  await own(`INSERT INTO contract (id, brand_id, service_code, customer_id, supply_point_id, domestic, start_day, state, direct_debit, bill_delivery) VALUES ('etra:1', 'etra', '1', 'etra:1', 'etra:W:1', true, '2020-01-01', 'active', false, 'paper')`)
  await own(`INSERT INTO meter (id, supply_point_id, serial, kind, digits, decimals, corrector) VALUES ('etra:W:M1', 'etra:W:1', 'M1', 'direct', 5, 0, false)`)
})
afterEach(() => hub.stop())

const reading = (day: string, entry: string, state = 'pending', value = 1_234_500) =>
  hub.database.asOwner(`INSERT INTO reading (meter_id, day, entry, source, state, value, taken_at) VALUES ('etra:W:M1', $1, $2, 'desk', $3, $4, '2026-11-19T08:00:00.000Z')`, [day, entry, state, value])
const states = async () => Object.fromEntries((await hub.database.pool.query<{ entry: string; state: string }>('SELECT entry, state FROM reading')).rows.map(({ entry, state }) => [entry, state]))
const changes = async () => (await hub.database.pool.query<{ pos: number; key: string[]; scopes: string[]; state: string }>(`SELECT pos, key, scopes, row ->> 'state' AS state FROM change ORDER BY pos`)).rows

describe('readings for the billing system', () => {
  it('go into numbered files without gaps and are acquired with them, told to the desks', async () => {
    await reading('2026-11-18', 'op-1')
    await reading('2026-11-19', 'op-2', 'pending', 7_000_000)
    expect(await acquireReadings(hub.hub.parts)).toBe(2)
    expect(await acquireReadings(hub.hub.parts)).toBe(0)
    await reading('2026-11-20', 'op-3')
    expect(await acquireReadings(hub.hub.parts)).toBe(1)
    const { rows } = await hub.database.pool.query<{ number: number; rows: number; sha256: string; file: Buffer }>('SELECT number, rows, sha256, file FROM reading_export ORDER BY number')
    expect(rows.map(({ number, rows: count }) => [number, count])).toEqual([[1, 2], [2, 1]])
    expect(rows[0]!.file.toString()).toBe(
      'export;line;brand;commodity;serial;supply_point_code;day;value;value_2;value_3;corrector_value;taken_at;entry\r\n' +
        '1;1;etra;water;M1;W1;2026-11-18;1234,5;;;;2026-11-19T08:00:00.000Z;op-1\r\n1;2;etra;water;M1;W1;2026-11-19;7000;;;;2026-11-19T08:00:00.000Z;op-2\r\n',
    )
    expect(rows[0]!.sha256).toBe(createHash('sha256').update(rows[0]!.file).digest('hex'))
    expect(await states()).toEqual({ 'op-1': 'acquired', 'op-2': 'acquired', 'op-3': 'acquired' })
    expect(await changes()).toMatchObject([
      { pos: 1, key: ['etra:W:M1', '2026-11-18', 'op-1'], scopes: ['all'], state: 'acquired' }, { pos: 2, state: 'acquired' }, { pos: 3, state: 'acquired' },
    ])
  })

  it('wait while another desk contests the day, and leave out what was deleted', async () => {
    await reading('2026-11-18', 'op-1')
    await reading('2026-11-18', 'op-2', 'contested', 9_000)
    await reading('2026-11-19', 'op-3', 'deleted')
    expect(await acquireReadings(hub.hub.parts)).toBe(0)
    await hub.database.asOwner(`UPDATE reading SET state = 'overruled' WHERE entry = 'op-2'`)
    expect(await acquireReadings(hub.hub.parts)).toBe(1)
    expect(await states()).toEqual({ 'op-1': 'acquired', 'op-2': 'overruled', 'op-3': 'deleted' })
  })

  it('are in one file only, however many hubs write at once', async () => {
    for (let i = 10; i < 30; i++) await reading(`2026-10-${i}`, `op-${i}`)
    const taken = await Promise.all(Array.from({ length: 6 }, () => acquireReadings(hub.hub.parts, 7)))
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(20)
    const { rows } = await hub.database.pool.query<{ number: number }>('SELECT number FROM reading_export ORDER BY number')
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3])
    expect((await changes()).map(({ pos }) => pos)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  })

  it('are taken by the job on the half hour', async () => {
    await reading('2026-11-18', 'op-1')
    const { rows } = await hub.database.pool.query<{ cron: string; timezone: string }>(`SELECT cron, timezone FROM pgboss.schedule WHERE name = 'acquisition'`)
    expect(rows).toEqual([{ cron: '0,30 * * * *', timezone: 'Europe/Rome' }])
    await hub.database.asOwner(`INSERT INTO pgboss.job (name) VALUES ('acquisition')`)
    await expect.poll(states, { timeout: 30_000 }).toEqual({ 'op-1': 'acquired' })
  })

  it('are listed for supervisors, who may take the file', async () => {
    await reading('2026-11-18', 'op-1')
    await acquireReadings(hub.hub.parts)
    await addPerson(hub, { username: 'capo', role: 'supervisor' })
    await addPerson(hub, { username: 'agente', role: 'agent' })
    const desk = await enrolDevice(hub)
    const session = await desk.signIn('capo')
    expect(await desk.call('/v1/administration/exports', { method: 'POST', body: {}, session })).toEqual({ status: 200, body: [{ number: 1, madeAt: hub.clock.now().toISOString(), rows: 1, acknowledgedAt: null }] })
    const file = await desk.signedFetch('/v1/exports/1', { session })
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
    expect(await file.text()).toContain('op-1')
    expect((await desk.call('/v1/exports/2', { session })).status).toBe(404)
    expect((await desk.call('/v1/exports/1', { session: await desk.signIn('agente') })).status).toBe(403)
    const { rows } = await hub.database.pool.query(`SELECT kind, subject, actor = 'hub' AS own FROM audit WHERE kind LIKE '%export%' ORDER BY seq`)
    expect(rows).toEqual([{ kind: 'readings_exported', subject: '1', own: true }, { kind: 'export_downloaded', subject: '1', own: false }])
  })
})
